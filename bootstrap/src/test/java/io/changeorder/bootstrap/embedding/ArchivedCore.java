package io.changeorder.bootstrap.embedding;

import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.Revisions;
import io.changeorder.domain.order.Status;
import java.time.InstantSource;

/** A program that has the core do something; run in a JVM of its own. */
final class ArchivedCore {
    private ArchivedCore() {}

    public static void main(String[] arguments) {
        try (InMemoryChangeOrderStore store = new InMemoryChangeOrderStore();
                SimulatedRuntime runtime = new SimulatedRuntime(InstantSource.system());
                ChangeOrderEngine engine = ChangeOrderEngine.builder()
                        .store(store)
                        .runtime(runtime)
                        .build()
                        .start()) {
            Caller caller = new Caller(engine::commands, EngineWorld.ALICE);
            Receipt created = caller.create("hello", Revisions.aRevision("1"), EngineWorld.swift(2))
                    .orElseThrow();
            EngineWorld.awaitNow(() ->
                    store.findOrder(created.order().orElseThrow()).orElseThrow().status() == Status.SUCCEEDED);
        }
        System.out.println("done");
    }
}
