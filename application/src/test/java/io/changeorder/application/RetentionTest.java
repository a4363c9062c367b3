package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.ALICE;
import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.changeorder.application.api.Receipt;
import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.fake.InMemoryDatabase;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Orders that ended long ago are purged by the engine itself. */
class RetentionTest {
    private static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withLease(Duration.ofSeconds(1));

    private final InMemoryDatabase database = new InMemoryDatabase();

    @Test
    void whatEndedLongerAgoThanItIsKeptIsPurgedAndTheRestIsNot() {
        try (InMemoryChangeOrderStore store = new InMemoryChangeOrderStore(database);
                SimulatedRuntime runtime = new SimulatedRuntime(InstantSource.system())) {
            ChangeOrderId first;
            ChangeOrderId last;
            try (ChangeOrderEngine engine = engine(store, runtime)) {
                Caller alice = new Caller(engine::commands, ALICE);
                Receipt created = accepted(alice.create("hello", aRevision("1"), swift(1)));
                ApplicationId app = created.application();
                first = created.order().orElseThrow();
                awaitEnd(store, first);
                last = orderOf(alice.restart(app));
                awaitEnd(store, last);
            }
            SettableClock later = new SettableClock();
            later.advance(
                    Duration.between(later.instant(), InstantSource.system().instant()));
            try (InMemoryChangeOrderStore old = new InMemoryChangeOrderStore(database, later)) {
                later.advance(OPTIONS.retention().minusHours(1));
                assertThat(old.purgeOrders(OPTIONS.retention(), 10)).isZero();
                later.advance(Duration.ofHours(2));
                ChangeOrderEngine engine = engine(old, runtime);
                await().until(() -> old.findOrder(first).isEmpty());
                engine.close();
                assertThat(old.findOrder(last)).isPresent();
            }
        }
    }

    private static ChangeOrderEngine engine(InMemoryChangeOrderStore store, SimulatedRuntime runtime) {
        return ChangeOrderEngine.builder()
                .store(store)
                .runtime(runtime)
                .options(OPTIONS)
                .build()
                .start();
    }

    private static void awaitEnd(InMemoryChangeOrderStore store, ChangeOrderId order) {
        await().until(() -> store.findOrder(order).map(ChangeOrder::status).equals(Optional.of(Status.SUCCEEDED)));
    }
}
