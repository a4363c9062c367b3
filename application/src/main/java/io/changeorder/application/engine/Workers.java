package io.changeorder.application.engine;

import java.time.Duration;
import java.util.Optional;

/** Those who do the runner's work. Safe from any thread. */
interface Workers extends AutoCloseable {
    /** Has it done as soon as somebody is free; false when nothing is begun any more. */
    boolean run(Runnable task);

    /** Has it done after this time, which passes whatever clocks say; empty when nothing is begun any more. */
    Optional<Alarm> runAfter(Duration delay, Runnable task);

    /** Begins nothing any more, and lets what was begun finish. Used once. */
    @Override
    void close();

    /** Something that is to be done later. */
    interface Alarm {
        /** It need not be done any more; without effect when it was begun. */
        void cancel();
    }
}
