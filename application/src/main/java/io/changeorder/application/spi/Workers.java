package io.changeorder.application.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * Those who do the engine's work, for whoever wants it done in an order and a time of their own, as a simulation does;
 * any other host leaves it to the engine's own threads. Tasks of several applications may be done side by side or one
 * after the other, those of one application wait for each other. A task catches what it can; what it throws all the same
 * is a bug, or comes from the workers. Belongs to one engine, which closes it. Safe from any thread.
 */
public interface Workers extends AutoCloseable {
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
