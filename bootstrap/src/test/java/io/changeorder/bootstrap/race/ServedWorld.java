package io.changeorder.bootstrap.race;

import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.jetty.RestServer;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.Request;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.bootstrap.client.Credentials;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Instance;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A REST server over an engine over SQLite. The instances are simulated, on a clock that only passes when a test says so;
 * the store can be looked into past the engine.
 */
final class ServedWorld implements AutoCloseable {
    private static final Duration TICK = Duration.ofMinutes(10);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final SettableClock clock = new SettableClock();
    private final SimulatedRuntime runtime = new SimulatedRuntime(clock);
    private final Hearsay heard = new Hearsay();
    private final ChangeOrderStore store;
    private final ChangeOrderEngine engine;
    private final RestServer server;

    ServedWorld(Path folder) {
        store = SqliteChangeOrderStore.open(folder, new NodeId("node"));
        engine = ChangeOrderEngine.builder()
                .store(store)
                .runtime(runtime)
                .clock(clock)
                .listener(heard)
                // By the clock of the store everything here happened long ago.
                .options(EngineOptions.DEFAULT.withRetention(Duration.ofDays(100_000)))
                .build()
                .start();
        server = RestServer.builder(RestApi.builder(engine.commands(), engine.queries())
                        .clock(clock)
                        .build())
                .build()
                .start();
    }

    SettableClock clock() {
        return clock;
    }

    SimulatedRuntime runtime() {
        return runtime;
    }

    /** Whoever prepares things; past the wire. */
    Caller alice() {
        return new Caller(engine::commands, Request.by(new Actor("alice")));
    }

    /** Somebody with an access key of their own. */
    WireClient client(String name) {
        return new WireClient(URI.create("http://127.0.0.1:" + server.port()), new Credentials(name, "secret"));
    }

    /** Where an order is, as far as it was heard. */
    Status status(ChangeOrderId order) {
        return heard.status(order);
    }

    // ---- what is stored, and what there is

    Application application(ApplicationId id) {
        return store.findApplication(id).orElseThrow().application();
    }

    ChangeOrder order(ChangeOrderId id) {
        return store.findOrder(id).orElseThrow();
    }

    /** Oldest first. */
    List<ChangeOrder> orders(ApplicationId id) {
        return store.listOrders(new OrderQuery(id, List.of(), List.of(), "", true, 0, 1_000))
                .items();
    }

    List<Event> history(ApplicationId id) {
        return store.history(id, 1, Integer.MAX_VALUE);
    }

    List<Instance> instances(ApplicationId id) {
        return runtime.observe(id).instances();
    }

    // ---- waiting

    /** Waits while time stands. */
    void await(String what, BooleanSupplier holds) {
        await(what, holds, () -> {});
    }

    /** Lets time pass until nothing is left to do: no order works, and growth is free. */
    void awaitRest(ApplicationId id) {
        await("rest", () -> heard.isAtRest(id), () -> {
            clock.advance(TICK);
            runtime.notifyChange(id);
        });
    }

    private void await(String what, BooleanSupplier holds, Runnable meanwhile) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it never came to this: " + what);
            }
            meanwhile.run();
            heard.await();
        }
    }

    @Override
    public void close() {
        server.close();
        engine.close();
        runtime.close();
        store.close();
    }
}
