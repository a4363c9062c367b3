package io.changeorder.bootstrap.command;

import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderStatus;
import java.util.Optional;
import java.util.function.Consumer;

/** What became of an order that was waited for. */
public final class Outcome {
    private Outcome() {}

    /** Remarks what a person has to know or to do next, and gives the exit code. */
    public static int report(Optional<OrderFacts> end, Consumer<String> remark) {
        if (end.isEmpty()) {
            remark.accept("The time is up; the order goes on.");
            return ExitCode.TIME_IS_UP;
        }
        OrderFacts order = end.get();
        order.error().ifPresent(remark);
        if (order.isLive() && order.needsPerson()) {
            remark.accept("Next: \"changeorder retry " + order.id() + "\" or \"changeorder "
                    + (order.undoes().isPresent() ? "abort" : "abort-and-rollback") + " " + order.id() + "\".");
        }
        if (order.status() == OrderStatus.ABORTED && order.rollback().isEmpty()) {
            remark.accept("The order was aborted and nothing was rolled back.");
        }
        return ExitCode.of(order);
    }
}
