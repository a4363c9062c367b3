package io.changeorder.bootstrap.command;

import io.changeorder.bootstrap.watch.OrderFacts;

/** What the process ends with. Documented in the help of every command. */
public final class ExitCode {
    public static final int DONE = 0;
    /** The order failed or was aborted; or a server or the demo could not do its work. */
    public static final int FAILED = 1;

    public static final int USAGE = 2;
    public static final int REFUSED = 3;
    public static final int UNREACHABLE = 4;
    public static final int NEEDS_PERSON = 5;
    public static final int TIME_IS_UP = 6;

    private ExitCode() {}

    /** By what became of an order. */
    public static int of(OrderFacts order) {
        if (order.isLive()) {
            return order.needsPerson() ? NEEDS_PERSON : DONE;
        }
        return order.hasSucceeded() ? DONE : FAILED;
    }
}
