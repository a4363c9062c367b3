package io.changeorder.domain.decision;

import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Limits;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Has an order that needs a person try again. */
public final class Retrying {
    /** A retry that brings no other limits. */
    public static final UnaryOperator<Limits> SAME_LIMITS = UnaryOperator.identity();

    /** The rules of a retry, in their order. */
    public static final RuleBook<ChangeOrder> RULES = new RuleBook<>(List.of(
            RuleBook.Rule.refuse(
                    "it is not live",
                    order -> !order.isLive(),
                    order -> Refusal.of(Refusal.Reason.ORDER_IS_NOT_LIVE, order)),
            RuleBook.Rule.refuse(
                    "nothing is wrong with it",
                    order -> order.attention().isEmpty(),
                    order -> Refusal.of(Refusal.Reason.ORDER_IS_RUNNING, order))));

    private Retrying() {}

    /** Counts, back-off and deadline start anew; instances that differ from what they should be are replaced. */
    public static Decision retry(
            ApplicationState state, ChangeOrder named, UnaryOperator<Limits> limits, Occasion occasion) {
        return RULES.judge(named).map(Decision::refused).orElseGet(() -> again(state, named, limits, occasion));
    }

    static Decision again(ApplicationState state, ChangeOrder order, UnaryOperator<Limits> limits, Occasion occasion) {
        Draft draft = new Draft(state.application(), occasion);
        Set<InstanceId> replaced = order.attention().map(Retrying::differing).orElse(Set.of());
        draft.move(Input.RETRY, order, order.retried(limits.apply(order.change().limits()), replaced, occasion.at()));
        return draft.accepted();
    }

    private static Set<InstanceId> differing(Attention attention) {
        List<Difference> differences = attention.match(
                List::of, List::of, failed -> List.of(), Attention.RestoreIncomplete::differences, broken -> List.of());
        return differences.stream()
                .flatMap(difference -> difference.instance().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
