package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.ALICE;
import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.awaitNow;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.fake.Behaviour;
import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.Interceptor;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An engine is built, started once and closed. */
class LifecycleTest {
    private final EngineWorld world = new EngineWorld();
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    @Test
    void anEngineNeedsAStoreAndARuntime() {
        assertThatThrownBy(() -> ChangeOrderEngine.builder()
                        .runtime(new SimulatedRuntime(new SettableClock()))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("store");
        assertThatThrownBy(() -> ChangeOrderEngine.builder()
                        .store(new InMemoryChangeOrderStore())
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runtime");
    }

    @Test
    void optionsGuardThemselves() {
        assertThatThrownBy(() -> EngineOptions.DEFAULT.withMaxReplicas(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EngineOptions.DEFAULT.withRaiseLimit(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EngineOptions.DEFAULT.withLease(Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
        for (int days : new int[] {0, 100_001}) {
            assertThatThrownBy(() -> EngineOptions.DEFAULT.withRetention(Duration.ofDays(days)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anEngineIsStartedOnce() {
        assertThatThrownBy(() -> world.engine().start()).isInstanceOf(IllegalStateException.class);
        world.engine().close();
        assertThatThrownBy(() -> world.engine().start()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void commandsThatAreAcceptedBeforeTheStartAreCarriedOutFromThere() {
        world.engine().close();
        ChangeOrderEngine second = world.build(Interceptor.NONE);
        Caller early = new Caller(second::commands, ALICE);
        ChangeOrderId order = orderOf(early.create("hello", v1, swift(2)));
        assertThat(world.runtime().effects()).isEmpty();
        second.start();
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void aClosedEngineRefusesCommandsAndStillAnswersQueries() {
        ApplicationId app = world.running("hello", v1, swift(2));
        ChangeOrderId order = world.application(app).lastOrder().orElseThrow();
        world.engine().close();
        assertThatThrownBy(() -> world.alice().rescale(app, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> world.alice().maintenance(Optional.empty())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> world.alice().abortAndRollBack(Optional.empty()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(accepted(world.queries().describeOrder().handle(ALICE, new DescribeChangeOrder.Query(order)))
                        .order()
                        .id())
                .isEqualTo(order);
        world.engine().close();
    }

    @Test
    void anEngineThatIsClosedWhileItDrivesLeavesTheRestToTheNext() {
        world.runtime().behave(v2, Behaviour.readyAfter(Duration.ofSeconds(20)));
        List<ApplicationId> apps = IntStream.range(0, 20)
                .mapToObj(number -> world.running("hello-" + number, v1, swift(3)))
                .toList();
        List<ChangeOrderId> orders = apps.stream()
                .map(app -> orderOf(world.alice().deploy(app, v2, settings -> settings)))
                .toList();
        world.engine().close();
        List<ChangeOrder> left = orders.stream().map(world::order).toList();
        world.clock().advance(Duration.ofMinutes(1));
        world.wakeAll();
        assertThat(orders.stream().map(world::order)).isEqualTo(left);
        world.restart();
        orders.forEach(order -> world.awaitStatus(order, Status.SUCCEEDED));
    }

    @Test
    void noThreadIsLeftAfterTheClose() {
        ApplicationId app = world.running("hello", v1, swift(2));
        world.halfDeployed(app, v2);
        accepted(world.alice().maintenance(Optional.of(Duration.ofHours(1))));
        world.engine().close();
        awaitNow(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("changeorder-")));
    }

    @Test
    void manyUnattendedOrdersAreAllTakenOver() {
        int many = 600;
        List<ApplicationId> apps = IntStream.range(0, many)
                .mapToObj(number -> {
                    var created = accepted(world.alice().create("hello-" + number, v1, swift(1)));
                    return created.application();
                })
                .toList();
        apps.forEach(world::awaitRest);
        apps.forEach(app -> accepted(world.alice().restart(app)));
        world.restart();
        apps.forEach(world::awaitRest);
        assertThat(apps)
                .allSatisfy(app -> assertThat(
                                world.order(world.application(app).lastOrder().orElseThrow())
                                        .status())
                        .isEqualTo(Status.SUCCEEDED));
    }

    @Test
    void theMomentAtWhichInstancesCountAsReadyNeedsNobodyToTellOfIt() {
        try (InMemoryChangeOrderStore store = new InMemoryChangeOrderStore();
                SimulatedRuntime runtime = new SimulatedRuntime(InstantSource.system());
                ChangeOrderEngine engine = ChangeOrderEngine.builder()
                        .store(store)
                        .runtime(runtime)
                        .build()
                        .start()) {
            Caller caller = new Caller(engine::commands, ALICE);
            Settings settings = Settings.of(2)
                    .withTiming(new Timing(Duration.ofMillis(50), Duration.ofSeconds(30), Duration.ofMinutes(1)));
            ChangeOrderId order = orderOf(caller.create("hello", v1, settings));
            awaitNow(() -> store.findOrder(order).orElseThrow().status() == Status.SUCCEEDED);
            assertThat(runtime.observe(store.findOrder(order).orElseThrow().application())
                            .instances())
                    .hasSize(2);
        }
    }

    @Test
    void theEndOfAMaintenanceWakesFrozenOrdersThoughNobodyTellsAnything() {
        try (InMemoryChangeOrderStore store = new InMemoryChangeOrderStore();
                SimulatedRuntime runtime = new SimulatedRuntime(InstantSource.system());
                ChangeOrderEngine engine = ChangeOrderEngine.builder()
                        .store(store)
                        .runtime(runtime)
                        .build()
                        .start()) {
            Caller caller = new Caller(engine::commands, ALICE);
            accepted(caller.maintenance(Optional.of(Duration.ofMillis(300))));
            ChangeOrderId order = orderOf(caller.evenDuringMaintenance().create("hello", v1, swift(1)));
            awaitNow(() -> store.findOrder(order).orElseThrow().status() == Status.SUCCEEDED);
            assertThat(store.maintenance().isOn(Instant.now())).isFalse();
        }
    }

    @Test
    void theEndOfAMaintenanceThatAPersonSaysLetsABatchGoOnAtOnce() {
        Duration pause = Duration.ofMinutes(10);
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = orderOf(
                world.alice().deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.automatic(2, pause))));
        world.awaitStatus(order, Status.AWAITING_NEXT_BATCH);
        accepted(world.alice().maintenance(Optional.of(Duration.ofHours(1))));
        world.clock().advance(pause.plusMinutes(1));
        int before = world.runtime().effects().size();

        accepted(world.alice().maintenance(Optional.empty()));
        awaitNow(() -> world.runtime().effects().size() > before);
    }

    @Test
    void aMaintenanceThatBeganBeforeTheStartEndsAsWell() {
        try (InMemoryChangeOrderStore store = new InMemoryChangeOrderStore();
                SimulatedRuntime runtime = new SimulatedRuntime(InstantSource.system())) {
            ChangeOrderEngine first = ChangeOrderEngine.builder()
                    .store(store)
                    .runtime(runtime)
                    .build()
                    .start();
            Caller caller = new Caller(first::commands, ALICE);
            accepted(caller.maintenance(Optional.of(Duration.ofMillis(500))));
            ChangeOrderId order = orderOf(caller.evenDuringMaintenance().create("hello", v1, swift(1)));
            first.close();
            try (ChangeOrderEngine second = ChangeOrderEngine.builder()
                    .store(store)
                    .runtime(runtime)
                    .build()
                    .start()) {
                assertThat(second.queries()).isNotNull();
                awaitNow(() -> store.findOrder(order).orElseThrow().status() == Status.SUCCEEDED);
            }
        }
    }
}
