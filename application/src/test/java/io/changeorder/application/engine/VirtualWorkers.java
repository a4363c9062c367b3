package io.changeorder.application.engine;

import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Workers without a thread: whoever simulates them says when each task is done. */
public final class VirtualWorkers implements Workers {
    private final Agenda agenda;

    public VirtualWorkers(Agenda agenda) {
        this.agenda = agenda;
    }

    /** Where the tasks go. */
    public interface Agenda {
        /** Whether anything is begun at all. */
        boolean isOpen();

        /** Begins the task as soon as somebody would be free. */
        void soon(Runnable task);

        /** Begins the task after this time; the answer cancels it. */
        Runnable after(Duration delay, Runnable task);

        /** Begins nothing any more. */
        void close();
    }

    /** A runner whose work these workers do. */
    public ChangeOrderRunner runner(
            ChangeOrderStore store,
            ApplicationRuntime runtime,
            ApplicationDriver driver,
            Identities ids,
            EngineOptions options,
            InstantSource clock,
            Metrics metrics) {
        return new ChangeOrderRunner(store, runtime, driver, ids, options, clock, metrics, this);
    }

    /** Has a runner take over what the store says is nobody's. */
    public static void claim(ChangeOrderRunner runner) {
        runner.claim();
    }

    @Override
    public boolean run(Runnable task) {
        if (agenda.isOpen()) {
            agenda.soon(task);
            return true;
        }
        return false;
    }

    @Override
    public Optional<Alarm> runAfter(Duration delay, Runnable task) {
        return agenda.isOpen() ? Optional.of(agenda.after(delay, task)::run) : Optional.empty();
    }

    @Override
    public void close() {
        agenda.close();
    }
}
