package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.ALICE;
import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.refused;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.SetMaintenance;
import io.changeorder.application.fake.Behaviour;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The main job from end to end through the ports, over fakes. */
class EngineStoriesTest {
    private static final Settings FOUR = Settings.of(4);

    private final EngineWorld world = new EngineWorld();
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void historyFoldsToThePresent() {
        world.store()
                .listApplications(new ApplicationQuery("", "", 0, 100))
                .items()
                .forEach(application -> assertFolds(application.id()));
        world.close();
    }

    @Test
    void aDeploymentInTwoManualBatchesIsAbortedAndTakenBack() {
        ApplicationId app = world.running("hello", v1, FOUR);
        ChangeOrderId order = halfDeployed(app);
        Set<InstanceId> untouched = instancesOf(app, v1);

        Receipt receipt = accepted(world.abortAndRollBack(order));

        assertThat(receipt.order()).contains(order);
        assertThat(receipt.fenceConfirmed()).isTrue();
        assertThat(world.order(order).status()).isEqualTo(Status.ABORTED);
        ChangeOrder rollback = world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
        assertThat(rollback.undoes()).contains(order);
        assertThat(rollback.proof())
                .hasValueSatisfying(proof -> assertThat(proof.holds()).isTrue());
        assertThat(world.world(app).count(v1.id())).isEqualTo(4);
        assertThat(world.world(app).total()).isEqualTo(4);
        assertThat(instancesOf(app, v1)).containsAll(untouched);
    }

    @Test
    void aConfirmedDeploymentSucceedsAndSettles() {
        ApplicationId app = world.running("hello", v1, FOUR);
        ChangeOrderId order = halfDeployed(app);

        accepted(world.confirm(order));

        world.awaitStatus(order, Status.SUCCEEDED);
        assertThat(world.world(app).count(v2.id())).isEqualTo(4);
        assertThat(world.application(app).settled().revisionIfAny()).contains(v2.id());
        assertThat(world.application(app).touched()).isFalse();
    }

    @Test
    void aPhasedReleaseThatNeverBecomesReadyRollsBackByItself() {
        ApplicationId app = world.running("hello", v1, FOUR);
        world.runtime().behave(v2, Behaviour.neverReady());

        ChangeOrderId order = accepted(
                        world.deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.manual(2))))
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

        accepted(world.abort(order));
        world.awaitThat(() -> !world.application(app).growth().isHalted());

        assertThat(world.world(app).count(v2.id())).isEqualTo(2);
        assertThat(world.world(app).count(v1.id())).isEqualTo(2);
        assertThat(world.application(app).settled().revisionIfAny()).contains(v1.id());
        ChangeOrderId again =
                accepted(world.deploy(app, v2, settings -> settings)).order().orElseThrow();
        world.awaitStatus(again, Status.SUCCEEDED);
        assertThat(world.world(app).count(v2.id())).isEqualTo(4);
    }

    @Test
    void anAbortBeforeAnythingWasTouchedOpensNoRollback() {
        ApplicationId app = world.running("hello", v1, FOUR);
        accepted(world.commands()
                .setMaintenance()
                .handle(ALICE, new SetMaintenance.Command(Optional.of(Duration.ofHours(1)))));
        Request operator = ALICE.evenDuringMaintenance();
        ChangeOrderId order = accepted(world.as(operator).deploy(app, v2, settings -> settings))
                .order()
                .orElseThrow();
        Receipt receipt = accepted(world.as(operator).abortAndRollBack(order));

        assertThat(world.order(order).status()).isEqualTo(Status.ABORTED);
        assertThat(receipt.rollback()).isEmpty();
        assertThat(world.application(app).touched()).isFalse();
        world.awaitThat(() -> !world.application(app).growth().isHalted());
        InstanceId killed = instancesOf(app, v1).iterator().next();
        world.runtime().kill(app, killed);
        world.awaitThat(() -> instancesOf(app, v1).size() == 4
                && world.runtime().observe(app).instances().stream()
                        .allMatch(instance -> instance.readySince().isPresent()));
    }

    @Test
    void aSecondAbortIsToldThatTheFirstOneWon() {
        ApplicationId app = world.running("hello", v1, FOUR);
        ChangeOrderId order = halfDeployed(app);
        Receipt receipt = accepted(world.abortAndRollBack(order));
        world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);

        Refusal refusal = refused(world.abortAndRollBack(order));

        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.ORDER_IS_NOT_LIVE);
        assertThat(refusal.order().flatMap(Refusal.OrderFacts::rollback)).isEqualTo(receipt.rollback());
    }

    @Test
    void anOrderGoesOnByItselfAfterTheEngineWasRestartedAtAnyWait() {
        ApplicationId app = world.running("hello", v1, FOUR);
        world.runtime().behave(v2, Behaviour.readyAfter(Duration.ofSeconds(30)));
        ChangeOrderId order = accepted(world.deploy(
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
                        world.deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.manual(2))))
                .order()
                .orElseThrow();
        world.awaitStatus(order, Status.AWAITING_CONFIRMATION);
        assertThat(world.world(app).count(v2.id())).isEqualTo(2);
        assertThat(world.world(app).count(v1.id())).isEqualTo(2);
        return order;
    }

    private Set<InstanceId> instancesOf(ApplicationId app, Revision revision) {
        return world.runtime().observe(app).instances().stream()
                .filter(instance -> instance.entry().revision().equals(revision.id()))
                .map(Instance::id)
                .collect(Collectors.toSet());
    }

    private void assertFolds(ApplicationId app) {
        TreeMap<ChangeOrderId, HistoryFold.OrderPresent> orders = new TreeMap<>();
        world.store()
                .listOrders(new OrderQuery(app, List.of(), List.of(), "", true, 0, 1000))
                .items()
                .forEach(order -> orders.put(
                        order.id(),
                        new HistoryFold.OrderPresent(
                                order.status(), order.progress().current(), order.attention())));
        assertThat(HistoryFold.fold(world.store().history(app, 1, 10_000)))
                .isEqualTo(HistoryFold.Present.of(world.application(app), orders));
        assertThat(Optional.of(world.application(app).events()))
                .contains((long) world.store().history(app, 1, 10_000).size());
    }
}
