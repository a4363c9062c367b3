package io.changeorder.application.engine;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.Maintenance;
import io.changeorder.application.engine.ApplicationDriver.Driven;
import io.changeorder.application.fake.CountingIdSource;
import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.ForwardingRuntime;
import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver without a runner: it goes as far as it can, and says how it waits. Another engine takes the commands. */
class ApplicationDriverTest {
    private static final NodeId NODE = new NodeId("node");

    private final SettableClock clock = new SettableClock();
    private final InMemoryChangeOrderStore store = new InMemoryChangeOrderStore();
    private final SimulatedRuntime world = new SimulatedRuntime(clock);
    private final LateRuntime runtime = new LateRuntime(world);
    private final CountingIdSource ids = new CountingIdSource();
    private final ChangeOrderEngine engine = ChangeOrderEngine.builder()
            .store(store)
            .runtime(world)
            .clock(clock)
            .ids(ids)
            .node(NODE)
            .build();
    private final Caller alice = new Caller(engine::commands, EngineWorld.ALICE);
    private final ApplicationDriver driver = new ApplicationDriver(
            store,
            new Committer(store, new EventFeed(ChangeOrderListener.NONE, Metrics.NONE), new Identities(ids, NODE)),
            new Effects(store, runtime, EngineOptions.DEFAULT, Metrics.NONE),
            new Identities(ids, NODE),
            clock,
            Metrics.NONE);
    private final Revision v1 = aRevision("1");
    private final Revision v2 = aRevision("2");
    private ApplicationId app = new ApplicationId("none");

    /** A runtime whose scales fail while it is told so, and arrive when they are let. */
    private static final class LateRuntime extends ForwardingRuntime {
        private final List<Supplier<ScaleResult>> late = new ArrayList<>();
        private boolean failing;

        LateRuntime(SimulatedRuntime inner) {
            super(inner);
        }

        @Override
        public ScaleResult scale(ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
            if (failing) {
                late.add(() -> super.scale(application, entry, revision, count, fence));
                throw new RuntimeUnavailableException("no answer");
            }
            return super.scale(application, entry, revision, count, fence);
        }

        List<ScaleResult> arrive() {
            return late.stream().map(Supplier::get).toList();
        }
    }

    @BeforeEach
    void anApplicationRuns() {
        app = accepted(alice.create("hello", v1, swift(2))).application();
        drive();
        assertThat(application().liveOrder()).isEmpty();
    }

    @AfterEach
    void endOfTheWorld() {
        engine.close();
    }

    @Test
    void anOrderThatWaitsForAPersonWaitsForNoMoment() {
        orderOf(alice.deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.manual(2))));
        assertThat(drive()).isEqualTo(new Driven.Waits(Optional.empty()));
    }

    @Test
    void anOrderThatIsFrozenByMaintenanceWakesUpAtItsEndWhicheverNodeSwitchedIt() {
        ChangeOrderId order = orderOf(alice.deploy(
                app, v2, settings -> settings.withStrategy(UpdateStrategy.automatic(2, Duration.ofSeconds(5)))));
        drive();
        assertThat(status(order)).isEqualTo(Status.AWAITING_NEXT_BATCH);
        Instant end = clock.instant().plusSeconds(60);
        store.setMaintenance(new Maintenance(Optional.of(end), new Actor("somebody-elsewhere")), Optional.empty());
        clock.advance(Duration.ofSeconds(30));
        assertThat(drive()).isEqualTo(new Driven.Waits(Optional.of(end)));
        clock.set(end);
        assertThat(drive()).isEqualTo(new Driven.Done());
        assertThat(status(order)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void anEffectThatFailedIsAskedForAgainUnderTheSameFence() {
        ChangeOrderId order = orderOf(alice.rescale(app, 3));
        runtime.failing = true;
        assertThat(drive()).isEqualTo(inASecond());
        assertThat(drive()).isEqualTo(inASecond());
        runtime.failing = false;
        assertThat(drive()).isEqualTo(new Driven.Done());
        assertThat(status(order)).isEqualTo(Status.SUCCEEDED);
        assertThat(application().fence()).isEqualTo(Fence.ZERO);
    }

    @Test
    void anEffectThatFailedIsTooOldBeforeAnythingElseIsDecided() {
        ChangeOrderId order = orderOf(alice.rescale(app, 3));
        runtime.failing = true;
        drive();
        runtime.failing = false;
        clock.advance(Timing.DEFAULT.batch());
        assertThat(drive()).isEqualTo(new Driven.Done());
        assertThat(store.history(app, 1, Integer.MAX_VALUE).stream()
                        .map(Event::what)
                        .filter(Happening.OrderMoved.class::isInstance)
                        .map(what -> ((Happening.OrderMoved) what).input()))
                .as("it was decided that a person is needed")
                .contains(Input.HOLD);
        assertThat(status(order)).isEqualTo(Status.SUCCEEDED);
        assertThat(application().fence()).isEqualTo(new Fence(1));
        assertThat(runtime.arrive()).containsOnly(ScaleResult.STALE_FENCE);
    }

    private Driven drive() {
        return driver.drive(app, () -> true);
    }

    private Driven.Waits inASecond() {
        return new Driven.Waits(Optional.of(clock.instant().plusSeconds(1)));
    }

    private Application application() {
        return store.findApplication(app).orElseThrow().application();
    }

    private Status status(ChangeOrderId order) {
        return store.findOrder(order).orElseThrow().status();
    }
}
