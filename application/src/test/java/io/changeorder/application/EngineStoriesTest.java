package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.impatient;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.refused;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Receipt;
import io.changeorder.application.fake.Behaviour;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The main job from end to end through the ports, over fakes. */
class EngineStoriesTest {
    private static final Settings FOUR = Settings.of(4);

    private final EngineWorld world = new EngineWorld();
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    @Test
    void aDeploymentInTwoManualBatchesIsAbortedAndTakenBack() {
        ApplicationId app = world.running("hello", v1, FOUR);
        ChangeOrderId order = halfDeployed(app);
        Set<InstanceId> untouched = world.instances(app, v1);

        Receipt receipt = accepted(world.alice().abortAndRollBack(order));

        assertThat(receipt.order()).contains(order);
        assertThat(receipt.fenceConfirmed()).isTrue();
        assertThat(world.order(order).status()).isEqualTo(Status.ABORTED);
        ChangeOrder rollback = world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
        assertThat(rollback.undoes()).contains(order);
        assertThat(rollback.proof())
                .hasValueSatisfying(proof -> assertThat(proof.holds()).isTrue());
        assertThat(world.world(app).count(v1.id())).isEqualTo(4);
        assertThat(world.world(app).total()).isEqualTo(4);
        assertThat(world.instances(app, v1)).containsAll(untouched);
    }

    @Test
    void aConfirmedDeploymentSucceedsAndSettles() {
        ApplicationId app = world.running("hello", v1, FOUR);
        ChangeOrderId order = halfDeployed(app);

        accepted(world.alice().confirm(world.batch(order), true));

        world.awaitStatus(order, Status.SUCCEEDED);
        assertThat(world.world(app).count(v2.id())).isEqualTo(4);
        assertThat(world.application(app).settled().revisionIfAny()).contains(v2.id());
        assertThat(world.application(app).touched()).isFalse();
    }

    @Test
    void aPhasedReleaseThatNeverBecomesReadyRollsBackByItself() {
        ApplicationId app = world.running("hello", v1, impatient(4));
        world.runtime().behave(v2, Behaviour.neverReady());

        ChangeOrderId order = accepted(
                        world.alice().deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.manual(2))))
                .order()
                .orElseThrow();

        ChangeOrder failed = world.awaitStatus(order, Status.FAILED);
        ChangeOrder rollback = world.awaitStatus(failed.undoneBy().orElseThrow(), Status.SUCCEEDED);
        assertThat(rollback.isRollback()).isTrue();
        assertThat(world.world(app).count(v1.id())).isEqualTo(4);
        assertThat(world.world(app).total()).isEqualTo(4);
    }

    @Test
    void aPlainAbortLeavesTheMixtureAndTheNextOrderStartsFromIt() {
        ApplicationId app = world.running("hello", v1, FOUR);
        ChangeOrderId order = halfDeployed(app);

        accepted(world.alice().abort(order));
        world.awaitThat(() -> !world.application(app).growth().isHalted());

        assertThat(world.world(app).count(v2.id())).isEqualTo(2);
        assertThat(world.world(app).count(v1.id())).isEqualTo(2);
        assertThat(world.application(app).settled().revisionIfAny()).contains(v1.id());
        ChangeOrderId again = accepted(world.alice().deploy(app, v2, settings -> settings))
                .order()
                .orElseThrow();
        world.awaitStatus(again, Status.SUCCEEDED);
        assertThat(world.world(app).count(v2.id())).isEqualTo(4);
    }

    @Test
    void anAbortBeforeAnythingWasTouchedOpensNoRollback() {
        ApplicationId app = world.running("hello", v1, FOUR);
        accepted(world.alice().maintenance(Optional.of(Duration.ofHours(1))));
        Caller operator = world.alice().evenDuringMaintenance();
        ChangeOrderId order = orderOf(operator.deploy(app, v2, settings -> settings));
        Receipt receipt = accepted(operator.abortAndRollBack(order));

        assertThat(world.order(order).status()).isEqualTo(Status.ABORTED);
        assertThat(receipt.rollback()).isEmpty();
        assertThat(world.application(app).touched()).isFalse();
        world.awaitThat(() -> !world.application(app).growth().isHalted());
        InstanceId killed = world.instances(app, v1).iterator().next();
        world.runtime().kill(app, killed);
        world.awaitThat(() -> world.instances(app, v1).size() == 4
                && world.runtime().observe(app).instances().stream()
                        .allMatch(instance -> instance.readySince().isPresent()));
    }

    @Test
    void aSecondAbortIsToldThatTheFirstOneWon() {
        ApplicationId app = world.running("hello", v1, FOUR);
        ChangeOrderId order = halfDeployed(app);
        Receipt receipt = accepted(world.alice().abortAndRollBack(order));
        world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);

        Refusal refusal = refused(world.alice().abortAndRollBack(order));

        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.ORDER_IS_NOT_LIVE);
        assertThat(refusal.order().flatMap(Refusal.OrderFacts::rollback)).isEqualTo(receipt.rollback());
    }

    @Test
    void anOrderGoesOnByItselfAfterTheEngineWasRestartedAtAnyWait() {
        ApplicationId app = world.running("hello", v1, FOUR);
        world.runtime().behave(v2, Behaviour.readyAfter(Duration.ofSeconds(30)));
        ChangeOrderId order = accepted(world.alice()
                        .deploy(
                                app,
                                v2,
                                settings -> settings.withStrategy(UpdateStrategy.automatic(2, Duration.ofSeconds(20)))))
                .order()
                .orElseThrow();
        for (int round = 0; round < 5; round++) {
            world.restart();
            world.clock().advance(Duration.ofSeconds(7));
        }
        world.awaitStatus(order, Status.SUCCEEDED);
        assertThat(world.world(app).count(v2.id())).isEqualTo(4);
        assertThat(world.world(app).total()).isEqualTo(4);
    }

    private ChangeOrderId halfDeployed(ApplicationId app) {
        ChangeOrderId order = accepted(
                        world.alice().deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.manual(2))))
                .order()
                .orElseThrow();
        world.awaitStatus(order, Status.AWAITING_CONFIRMATION);
        assertThat(world.world(app).count(v2.id())).isEqualTo(2);
        assertThat(world.world(app).count(v1.id())).isEqualTo(2);
        return order;
    }
}
