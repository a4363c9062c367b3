package io.changeorder.adapter.rest.view;

import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.InstanceFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is wrong with an order, and what to do next, in sentences. */
final class Prose {
    private static final int SHOWN_DIFFERENCES = 10;

    private Prose() {}

    /** What is wrong with it, if anything is. */
    static Optional<String> of(ChangeOrder order) {
        Optional<String> failure =
                order.ending().flatMap(Ending::failure).map(failed -> of(failed) + " " + afterFailure(order));
        return order.attention()
                .map(attention -> of(attention) + " " + afterAttention(order))
                .or(() -> failure)
                .or(() -> unreadable(order));
    }

    /** The typed name of an attention. */
    static String name(Attention attention) {
        return attention.match(
                () -> "LIMITS_BLOCK",
                () -> "DEADLINE_PASSED",
                failed -> "INSTANCE_FAILED",
                left -> "RESTORE_INCOMPLETE",
                broken -> "RUNTIME_BROKEN");
    }

    static String of(InstanceFailure failure) {
        String what = switch (failure.kind()) {
            case EXITED_TOO_OFTEN -> "exited more than " + InstanceFailure.TOLERATED_EXITS + " times";
            case NOT_READY_IN_TIME -> "was not ready in time";
        };
        return "Instance " + failure.instance() + " " + what
                + (failure.detail().isEmpty() ? "." : ": " + failure.detail() + ".");
    }

    static String of(Difference difference) {
        String whose = difference.instance().map(instance -> " of " + instance).orElse("");
        return difference.kind() + whose + ": expected " + difference.expected() + ", found " + difference.found();
    }

    private static String of(Attention attention) {
        return attention.match(
                () -> "The limits forbid every step.",
                () -> "The batch takes longer than it may.",
                failed -> of(failed.failure()),
                left -> "The world is not what it was: " + list(left.differences()) + ".",
                broken -> "The runtime does what no runtime may: " + broken.how() + ".");
    }

    private static String list(List<Difference> differences) {
        String shown =
                differences.stream().limit(SHOWN_DIFFERENCES).map(Prose::of).collect(Collectors.joining("; "));
        int more = differences.size() - SHOWN_DIFFERENCES;
        return more > 0 ? shown + "; and " + more + " more" : shown;
    }

    private static String afterAttention(ChangeOrder order) {
        return order.isRollback()
                ? "Mend it and call RetryChangeOrder, or give up the rollback with AbortChangeOrder."
                : "Call RetryChangeOrder, with other limits if need be, or AbortAndRollbackChangeOrder.";
    }

    private static String afterFailure(ChangeOrder order) {
        return order.undoneBy()
                .map(rollback -> "It is taken back by change order " + rollback + ".")
                .orElse("Nothing was rolled back: deploy again, or call RollbackApplication with the settled version.");
    }

    private static Optional<String> unreadable(ChangeOrder order) {
        return order.status() == Status.SYSTEM_FAILED
                ? Optional.of("The stored order can't be read. Look into the server's log.")
                : Optional.empty();
    }
}
