package io.changeorder.application.spi;

import io.changeorder.application.api.Operation;
import java.time.Duration;

/** Is told figures. Safe from any thread; must return at once. */
public interface Metrics {
    /** Counts nothing. */
    Metrics NONE = new Metrics() {};

    /** A command or query was answered. */
    default void answered(Operation operation, boolean accepted, Duration took) {}

    /** A commit had to be decided anew because somebody else was faster. */
    default void conflicted(Operation operation) {}

    /** The runner made a move for an application. */
    default void moved(Duration took) {}

    /** Something of the host's threw: a listener, or a runtime. */
    default void threw(String what) {}
}
