package io.changeorder.application;

import io.changeorder.application.engine.ChangeOrderRunner;
import io.changeorder.application.engine.VirtualWorkers;
import io.changeorder.domain.id.ApplicationId;
import java.util.concurrent.atomic.AtomicReference;

/** A whole engine whose work is done by virtual workers, and what nodes of a cluster tell its runner. */
public final class VirtualEngine {
    private final ChangeOrderEngine engine;
    private final ChangeOrderRunner runner;

    private VirtualEngine(ChangeOrderEngine engine, ChangeOrderRunner runner) {
        this.engine = engine;
        this.runner = runner;
    }

    public static VirtualEngine build(ChangeOrderEngine.Builder builder, VirtualWorkers workers) {
        AtomicReference<ChangeOrderRunner> made = new AtomicReference<>();
        ChangeOrderEngine engine = builder.build((store, runtime, driver, ids, options, clock, metrics) -> {
            made.set(workers.runner(store, runtime, driver, ids, options, clock, metrics));
            return made.get();
        });
        return new VirtualEngine(engine, made.get());
    }

    public ChangeOrderEngine engine() {
        return engine;
    }

    /** Another node has changed the application. */
    public void wake(ApplicationId application) {
        runner.wake(application);
    }

    /** Takes over what the store says is nobody's. */
    public void claim() {
        VirtualWorkers.claim(runner);
    }
}
