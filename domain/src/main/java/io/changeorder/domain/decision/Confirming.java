package io.changeorder.domain.decision;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Convergence;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Step;
import java.util.List;
import java.util.Optional;

/** Starts the batch that waits. */
public final class Confirming {
    /**
     * A confirmation.
     *
     * @param order the order of the batch
     * @param batch the batch that was named
     */
    public record Case(ChangeOrder order, BatchId batch) {
        boolean isWaiting() {
            return waits(order.status())
                    && order.progress()
                            .currentBatch()
                            .map(Batch::id)
                            .filter(batch::equals)
                            .isPresent();
        }
    }

    /** Only the id of a waiting batch can be confirmed, so each batch exactly once. */
    public static final RuleBook<Case> RULES = new RuleBook<>(List.of(RuleBook.Rule.refuse(
            "the batch does not wait",
            named -> !named.isWaiting(),
            named -> Refusal.of(Refusal.Reason.BATCH_NOT_WAITING, named.order()))));

    private Confirming() {}

    /** If the batch before does not hold any more it runs again, and the confirmation is refused. */
    public static Decision confirm(ApplicationState state, Case named, Observation observed, Occasion occasion) {
        Optional<Refusal> refusal = RULES.judge(named);
        if (refusal.isPresent()) {
            return Decision.refused(refusal.get());
        }
        if (holds(named.order(), observed)) {
            return next(state, named.order(), occasion);
        }
        ChangeOrder lost = named.order().batchLost(occasion.at());
        Draft draft = new Draft(state.application(), occasion);
        draft.move(Input.BATCH_LOST, named.order(), lost);
        return new Decision.Refused(Refusal.of(Refusal.Reason.BATCH_NOT_WAITING, lost), Optional.of(draft.accepted()));
    }

    static Decision.Accepted next(ApplicationState state, ChangeOrder order, Occasion occasion) {
        Draft draft = new Draft(state.application(), occasion);
        draft.move(Input.NEXT_BATCH, order, order.nextBatch(occasion.at()));
        return draft.accepted();
    }

    static boolean holds(ChangeOrder order, Observation observed) {
        Composition holding = order.progress().holding().orElseThrow();
        return Convergence.next(
                        observed,
                        holding,
                        order.change().target(),
                        order.change().limits())
                instanceof Step.Converged;
    }

    static boolean waits(Status status) {
        return switch (status) {
            case AWAITING_CONFIRMATION, AWAITING_NEXT_BATCH -> true;
            case PREPARING, RUNNING, AWAITING_APPROVAL, APPROVED, SUCCEEDED, FAILED, ABORTED, SYSTEM_FAILED -> false;
        };
    }
}
