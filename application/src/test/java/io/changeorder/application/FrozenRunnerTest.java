package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Receipt;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.fake.RuntimeEffect;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.Interceptor;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A runner freezes between its commit and its effect, and wakes up when somebody else has decided otherwise. */
class FrozenRunnerTest {
    private final EngineWorld world = new EngineWorld();
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    @Test
    void anEffectThatFrozeBeforeAnAbortWasAcknowledgedNeverComes() {
        ApplicationId app = world.running("hello", v1, swift(4));
        Set<InstanceId> before = world.instances(app, v1);
        ParkedCall frozen = world.runtime().parkNextScale();
        ChangeOrderId order = orderOf(world.alice().deploy(app, v2, settings -> settings));
        frozen.awaitArrival();

        Receipt receipt = accepted(world.alice().abortAndRollBack(order));
        assertThat(receipt.fenceConfirmed()).isTrue();
        int acknowledged = world.runtime().effects().size();
        frozen.release();

        world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
        assertThat(world.instances(app, v1)).isEqualTo(before);
        assertThat(effectsFrom(acknowledged)).isEmpty();
    }

    @Test
    void anEffectThatFrozeBeforeAPlainAbortNeverComes() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        ParkedCall frozen = world.runtime().parkNextScale();
        accepted(world.alice().confirm(world.batch(order), true));
        frozen.awaitArrival();

        accepted(world.alice().abort(order));
        int acknowledged = world.runtime().effects().size();
        frozen.release();

        world.awaitRest(app);
        assertThat(effectsFrom(acknowledged)).isEmpty();
        assertThat(world.world(app).count(v1.id())).isEqualTo(2);
        assertThat(world.world(app).count(v2.id())).isEqualTo(2);
    }

    @Test
    void aFrozenEngineThatWakesUpAfterATakeOverDoesNothing() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ParkedCall frozen = world.runtime().parkNextScale();
        ChangeOrderId order = orderOf(world.alice().deploy(app, v2, settings -> settings));
        frozen.awaitArrival();

        world.abandon(Interceptor.NONE);
        world.awaitStatus(order, Status.SUCCEEDED);
        world.awaitRest(app);
        ChangeOrderId next = orderOf(world.alice().rescale(app, 2));
        world.awaitStatus(next, Status.SUCCEEDED);
        int finished = world.runtime().effects().size();
        frozen.release();

        world.restart();
        world.awaitRest(app);
        assertThat(effectsFrom(finished)).isEmpty();
        assertThat(world.world(app).count(v2.id())).isEqualTo(2);
    }

    @Test
    void anEngineThatDidNotHaltGrowthLeavesItToTheOneThatDid() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        AtomicBoolean away = new AtomicBoolean();
        world.abandon(new Interceptor() {
            @Override
            public <T> T around(Call call, Supplier<T> proceed) {
                if (call == Call.SCALE && away.get()) {
                    throw new RuntimeUnavailableException("away");
                }
                return proceed.get();
            }
        });
        world.awaitThat(() -> world.application(app).fence().value() > 0
                && !world.application(app).growth().isHalted());
        away.set(true);
        accepted(world.alice().abort(order));
        for (int wakeUps = 0; wakeUps < 20; wakeUps++) {
            world.wakeAll();
        }
        assertThat(world.application(app).growth().isHalted()).isTrue();
        away.set(false);
        world.awaitRest(app);
    }

    @Test
    void whoHaltedGrowthAndFrozeBringsNothingBackOnceAnotherNodeWentOn() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderEngine other = world.build(Interceptor.NONE).start();
        ChangeOrderId order = world.halfDeployed(app, v2);
        ParkedCall frozen = world.runtime().parkNextScale();
        accepted(world.alice().abort(order));
        frozen.awaitArrival();

        ChangeOrderId stop = orderOf(new Caller(other::commands, EngineWorld.ALICE).stop(app));
        world.awaitStatus(stop, Status.SUCCEEDED);
        world.awaitRest(app);
        int finished = world.runtime().effects().size();
        frozen.release();

        world.restart();
        assertThat(effectsFrom(finished)).isEmpty();
        assertThat(world.world(app).isEmpty()).isTrue();
    }

    @Test
    void aRunnerWhoseEngineIsOnlySlowGoesOnWhereItWas() {
        ApplicationId app = world.running("hello", v1, swift(2));
        ParkedCall frozen = world.runtime().parkNextScale();
        ChangeOrderId order = orderOf(world.alice().deploy(app, v2, settings -> settings));
        frozen.awaitArrival();
        frozen.release();
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    private List<RuntimeEffect> effectsFrom(int first) {
        List<RuntimeEffect> all = world.runtime().effects();
        return all.subList(first, all.size());
    }
}
