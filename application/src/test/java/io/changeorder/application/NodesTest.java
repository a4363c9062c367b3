package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.ALICE;
import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.awaitNow;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.Interceptor;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes over one database. */
class NodesTest {
    private final EngineWorld world =
            new EngineWorld(builder -> builder.options(EngineOptions.DEFAULT.withLease(Duration.ofSeconds(1))));
    private final ChangeOrderEngine first = world.engine();
    private final ChangeOrderEngine second = world.build(Interceptor.NONE).start();
    private final Caller atTheSecond = new Caller(second::commands, ALICE);
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    @Test
    void whatANodeDroveThatIsGoneIsTakenOver() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        NodeId driver = world.order(order).lease();
        long fence = world.application(app).fence().value();
        world.leave(first);

        world.awaitThat(() -> !world.order(order).lease().equals(driver));
        assertThat(world.application(app).fence().value()).isGreaterThan(fence);
        accepted(atTheSecond.confirm(world.batch(order), true));
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void whatANodeHaltedThatIsGoneGoesOn() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        world.runtime().setUnreachable(true);
        accepted(world.alice().abort(order));
        assertThat(world.application(app).growth().isHalted()).isTrue();
        world.leave(first);
        world.runtime().setUnreachable(false);

        world.awaitRest(app);
    }

    @Test
    void whatANodeDroveThatIsClosedIsTakenOver() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        NodeId driver = world.order(order).lease();
        first.close();

        world.awaitThat(() -> !world.order(order).lease().equals(driver));
    }

    @Test
    void whatANodeDrivesThatIsAliveStaysItsOwn() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        NodeId driver = world.order(order).lease();
        long version = world.application(app).version();
        ChangeOrderEngine third = world.build(Interceptor.NONE).start();

        ApplicationId other = accepted(new Caller(third::commands, ALICE).create("other", v1, swift(1)))
                .application();
        ChangeOrderId left = world.application(other).liveOrder().orElseThrow();
        NodeId gone = world.order(left).lease();
        world.runtime().setUnreachable(true);
        world.leave(third);
        world.awaitThat(() -> !world.order(left).lease().equals(gone));
        world.runtime().setUnreachable(false);
        assertThat(world.order(order).lease()).isEqualTo(driver);
        assertThat(world.application(app).version()).isEqualTo(version);
    }

    @Test
    void whatIsConfirmedAtAnotherNodeGoesOnAtOnceAtTheOneThatDrives() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        NodeId driver = world.order(order).lease();
        int before = world.runtime().effects().size();

        accepted(atTheSecond.confirm(world.batch(order), true));
        awaitNow(() -> world.runtime().effects().size() > before);
        assertThat(world.awaitStatus(order, Status.SUCCEEDED).lease()).isEqualTo(driver);
    }

    @Test
    void whatIsAbortedAtAnotherNodeIsTakenBackByThatOne() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        ChangeOrderId rollback =
                accepted(atTheSecond.abortAndRollBack(order)).rollback().orElseThrow();

        assertThat(world.awaitStatus(rollback, Status.SUCCEEDED).lease())
                .isNotEqualTo(world.order(order).lease());
        assertThat(world.instances(app, v1)).hasSize(4);
    }

    @Test
    void maintenanceThatEndsAtAnotherNodeLetsABatchGoOnAtOnce() {
        ApplicationId app = world.running("hello", v1, swift(4));
        Duration pause = Duration.ofMinutes(10);
        ChangeOrderId order = orderOf(
                world.alice().deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.automatic(2, pause))));
        world.awaitStatus(order, Status.AWAITING_NEXT_BATCH);
        accepted(atTheSecond.maintenance(Optional.of(Duration.ofHours(1))));
        world.clock().advance(pause.plusMinutes(1));
        world.wakeAll();
        int before = world.runtime().effects().size();

        accepted(atTheSecond.maintenance(Optional.empty()));
        awaitNow(() -> world.runtime().effects().size() > before);
        world.awaitStatus(order, Status.SUCCEEDED);
    }
}
