package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.impatient;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.api.Receipt;
import io.changeorder.application.fake.Behaviour;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.InstanceFailure;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances and runtimes that misbehave, and what becomes of the orders that have to do with them. */
class FaultsTest {
    private final EngineWorld world = new EngineWorld();
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    @Test
    void anOrderWaitsOutARuntimeThatCanNotBeReachedForAWhile() {
        ApplicationId app = world.running("hello", v1, swift(2));
        ChangeOrderId order = orderOf(world.alice().deploy(app, v2, settings -> settings));
        world.runtime().setUnreachable(true);
        pass(Duration.ofMinutes(5));
        assertThat(world.order(order).isLive() || world.order(order).status() == Status.SUCCEEDED)
                .isTrue();
        world.runtime().setUnreachable(false);
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void aRuntimeThatIsAwayForLongerThanABatchMayTakeNeedsAPersonUntilItIsBack() {
        ApplicationId app = world.running("hello", v1, swift(2));
        world.runtime().behave(v2, Behaviour.readyAfter(Duration.ofMinutes(2)));
        ChangeOrderId order = orderOf(world.alice().deploy(app, v2, settings -> settings));
        world.awaitStatus(order, Status.RUNNING);
        world.runtime().setUnreachable(true);
        pass(Duration.ofMinutes(31));
        assertThat(world.awaitAttention(order).attention()).contains(new Attention.DeadlinePassed());
        world.runtime().setUnreachable(false);
        assertThat(world.awaitStatus(order, Status.SUCCEEDED).attention()).isEmpty();
    }

    @Test
    void anAbortIsAcceptedWhileTheRuntimeIsAwayAndCarriedOutWhenItIsBack() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        world.runtime().setUnreachable(true);
        Receipt receipt = accepted(world.alice().abortAndRollBack(order));
        assertThat(receipt.fenceConfirmed()).isFalse();
        assertThat(world.order(order).status()).isEqualTo(Status.ABORTED);
        world.runtime().setUnreachable(false);
        world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
        assertThat(world.instances(app, v1)).hasSize(4);
    }

    @Test
    void aFenceThatIsNotConfirmedIsRaisedOnAndNothingIsTouchedBefore() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        world.runtime().setRaisesHeld(true);
        Receipt receipt = accepted(world.alice().abortAndRollBack(order));
        assertThat(receipt.fenceConfirmed()).isFalse();
        int effects = world.runtime().effects().size();
        pass(Duration.ofMinutes(2));
        assertThat(world.runtime().effects()).hasSize(effects);
        assertThat(world.order(receipt.rollback().orElseThrow()).status()).isEqualTo(Status.PREPARING);
        world.runtime().setRaisesHeld(false);
        world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
    }

    @Test
    void aFenceThatIsNotConfirmedIsRaisedOnThoughTheOrderNeverTouchedAnything() {
        ApplicationId app = world.running("hello", v1, swift(2));
        world.runtime().setUnreachable(true);
        ChangeOrderId order = orderOf(world.alice().rescale(app, 3));
        assertThat(accepted(world.alice().abort(order)).fenceConfirmed()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(world.application(app).growth().isHalted()).isTrue();
        world.runtime().setUnreachable(false);
        world.awaitRest(app);
        assertThat(world.runtime().fence(app)).isEqualTo(world.application(app).fence());
        world.runtime().kill(app, world.instances(app, v1).iterator().next());
        world.awaitThat(() -> allReady(app, 2));
    }

    @Test
    void aConfirmationThrowsWhenNobodyCanLookAndDoesNothing() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        ChangeOrder before = world.order(order);
        world.runtime().setUnreachable(true);
        assertThatThrownBy(() -> world.alice().confirm(world.batch(order), true))
                .isInstanceOf(RuntimeUnavailableException.class);
        assertThat(world.order(order)).isEqualTo(before);
        world.runtime().setUnreachable(false);
        accepted(world.alice().confirm(world.batch(order), true));
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void anInstanceThatDiesWithNoOrderRunningIsReplaced() {
        ApplicationId app = world.running("hello", v1, swift(3));
        long events = world.application(app).events();
        world.runtime().kill(app, world.instances(app, v1).iterator().next());
        assertThat(allReady(app, 3)).isFalse();
        world.awaitThat(() -> allReady(app, 3));
        assertThat(world.application(app).events()).isEqualTo(events);
    }

    @Test
    void anInstanceThatDiesDuringAWaitForConfirmationIsReplacedAndTheWaitGoesOn() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        world.runtime().kill(app, world.instances(app, v2).iterator().next());
        world.awaitThat(() -> allReady(app, 4));
        assertThat(world.order(order).status()).isEqualTo(Status.AWAITING_CONFIRMATION);
        accepted(world.alice().confirm(world.batch(order), true));
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void anInstanceThatIsNeverReadyFailsASingleBatchAndNothingIsRolledBack() {
        ApplicationId app = world.running("hello", v1, impatient(4));
        world.runtime().behave(v2, Behaviour.neverReady());
        ChangeOrderId order = orderOf(world.alice().deploy(app, v2, settings -> settings));
        ChangeOrder failed = world.awaitStatus(order, Status.FAILED);
        assertThat(failed.ending().flatMap(ending -> ending.failure()).map(InstanceFailure::kind))
                .contains(InstanceFailure.Kind.NOT_READY_IN_TIME);
        assertThat(failed.undoneBy()).isEmpty();
        assertThat(world.application(app).settled().revisionIfAny()).contains(v1.id());
    }

    @Test
    void anInstanceThatExitsAtOnceFailsAPhasedReleaseWhichRollsBackByItself() {
        ApplicationId app = world.running("hello", v1, impatient(4));
        Set<InstanceId> before = world.instances(app, v1);
        world.runtime().behave(v2, Behaviour.exitsAtOnce());
        ChangeOrderId order =
                orderOf(world.alice().deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.manual(4))));
        ChangeOrder failed = world.awaitStatus(order, Status.FAILED);
        assertThat(failed.ending().flatMap(ending -> ending.failure()).map(InstanceFailure::kind))
                .contains(InstanceFailure.Kind.EXITED_TOO_OFTEN);
        world.awaitStatus(failed.undoneBy().orElseThrow(), Status.SUCCEEDED);
        assertThat(world.instances(app, v1)).hasSize(4);
        assertThat(before)
                .as("three were never touched")
                .filteredOn(world.instances(app, v1)::contains)
                .hasSize(3);
        assertThat(world.store().findVersion(app, v2.id()).orElseThrow().rolledBackBy())
                .as("no person ordered it")
                .isEmpty();
    }

    @Test
    void anInstanceThatFlapsNowAndThenDoesNotFailTheOrder() {
        ApplicationId app = world.running("hello", v1, Settings.of(4));
        world.runtime().behave(v2, Behaviour.exits(Duration.ofSeconds(2), 3));
        ChangeOrderId order = orderOf(world.alice().deploy(app, v2, settings -> settings));
        world.awaitStatus(order, Status.SUCCEEDED);
        assertThat(allReady(app, 4)).isTrue();
    }

    @Test
    void anInstanceThatIgnoresItsStopNeedsAPersonAndTheOrderCanStillBeAborted() {
        world.runtime().behave(v1, Behaviour.USUAL.ignoringStop());
        ApplicationId app = world.running("hello", v1, swift(2));
        ChangeOrderId order = orderOf(world.alice().stop(app));
        world.awaitThat(() -> world.runtime().observe(app).instances().stream().anyMatch(Instance::isStopping));
        pass(Duration.ofMinutes(31));
        assertThat(world.awaitAttention(order).attention()).contains(new Attention.DeadlinePassed());
        accepted(world.alice().abort(order));
        world.awaitRest(app);
        assertThat(world.application(app).settled().isRunning()).isTrue();
    }

    @Test
    void aSlowStopNeedsAPersonAtTheDeadlineAndClearsByItself() {
        world.runtime().behave(v1, Behaviour.USUAL.stoppingFor(Duration.ofMinutes(40)));
        ApplicationId app = world.running("hello", v1, swift(2));
        ChangeOrderId order = orderOf(world.alice().stop(app));
        world.awaitStatus(order, Status.RUNNING);
        world.awaitThat(() -> world.runtime().observe(app).instances().stream().allMatch(Instance::isStopping));
        pass(Duration.ofMinutes(31));
        assertThat(world.awaitAttention(order).attention()).contains(new Attention.DeadlinePassed());
        assertThat(world.order(order).status()).isEqualTo(Status.RUNNING);
        pass(Duration.ofMinutes(10));
        assertThat(world.awaitStatus(order, Status.SUCCEEDED).attention()).isEmpty();
    }

    @Test
    void aRogueInstanceMakesARestorationIncompleteUntilARetryMendsIt() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        InstanceId rogue = world.runtime().addRogue(app);
        ChangeOrderId rollback =
                accepted(world.alice().abortAndRollBack(order)).rollback().orElseThrow();
        Attention.RestoreIncomplete found = incomplete(rollback);
        assertThat(found.differences()).extracting(Difference::kind).containsExactly(Difference.Kind.ROGUE);
        assertThat(found.differences()).extracting(Difference::instance).containsExactly(Optional.of(rogue));
        accepted(world.alice().retry(rollback));
        assertThat(world.awaitStatus(rollback, Status.SUCCEEDED).proof())
                .hasValueSatisfying(proof -> assertThat(proof.holds()).isTrue());
    }

    @Test
    void anInstanceThatWasChangedBehindOurBackIsNamedAndARetryReplacesIt() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        InstanceId changed = world.instances(app, v1).iterator().next();
        world.runtime().change(app, changed, Difference.Kind.ENVIRONMENT, "LANG=xx");
        ChangeOrderId rollback =
                accepted(world.alice().abortAndRollBack(order)).rollback().orElseThrow();
        Attention.RestoreIncomplete found = incomplete(rollback);
        assertThat(found.differences()).extracting(Difference::kind).containsExactly(Difference.Kind.ENVIRONMENT);
        assertThat(found.differences()).extracting(Difference::instance).containsExactly(Optional.of(changed));
        accepted(world.alice().abortAndRollBack(order));
        world.awaitStatus(rollback, Status.SUCCEEDED);
        assertThat(world.instances(app, v1)).hasSize(4).doesNotContain(changed);
    }

    @Test
    void anIncompleteRestorationClearsByItselfWhenTheWorldIsMended() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        InstanceId changed = world.instances(app, v1).iterator().next();
        world.runtime().change(app, changed, Difference.Kind.ARTIFACT, "other bytes");
        ChangeOrderId rollback =
                accepted(world.alice().abortAndRollBack(order)).rollback().orElseThrow();
        incomplete(rollback);
        world.runtime().startAfresh(app, Set.of(changed), world.application(app).fence());
        world.awaitStatus(rollback, Status.SUCCEEDED);
    }

    @Test
    void aRetryBringsOtherLimitsUnderWhichTheOrderGetsOn() {
        ChangeOrderId order = deploymentThatNothingStopsFor();
        ApplicationId app = world.order(order).application();
        int started = world.instances(app, v2).size();
        accepted(world.alice().retry(order, Optional.of(ReadyFloor.of(0)), Optional.of(Surge.of(4))));
        assertThat(world.order(order).attention()).isEmpty();
        assertThat(world.order(order).change().limits().floor()).isZero();
        assertThat(world.order(order).change().limits().ceiling()).isEqualTo(8);
        world.awaitThat(() -> world.instances(app, v2).size() == 4);
        assertThat(started).isLessThan(4);
    }

    @Test
    void aRetryThatBringsOnlyAFloorLeavesTheCeilingAsItWas() {
        ChangeOrderId order = deploymentThatNothingStopsFor();
        Limits before = world.order(order).change().limits();
        accepted(world.alice().retry(order, Optional.of(ReadyFloor.of(0)), Optional.empty()));
        assertThat(before.floor()).isPositive();
        assertThat(world.order(order).change().limits()).isEqualTo(new Limits(0, before.ceiling(), before.timing()));
    }

    @Test
    void aRetryThatBringsOnlyASurgeLeavesTheFloorAsItWas() {
        ChangeOrderId order = deploymentThatNothingStopsFor();
        Limits before = world.order(order).change().limits();
        accepted(world.alice().retry(order, Optional.empty(), Optional.of(Surge.of(4))));
        assertThat(before.ceiling()).isLessThan(8);
        assertThat(world.order(order).change().limits()).isEqualTo(new Limits(before.floor(), 8, before.timing()));
    }

    @Test
    void aRetryOfARollbackMayAddAnInstanceWhateverSurgeItBrings() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        world.runtime().addRogue(app);
        ChangeOrderId rollback =
                accepted(world.alice().abortAndRollBack(order)).rollback().orElseThrow();
        incomplete(rollback);
        accepted(world.alice().retry(rollback, Optional.empty(), Optional.of(Surge.of(0))));
        assertThat(world.order(rollback).change().limits().ceiling()).isEqualTo(5);
        world.awaitStatus(rollback, Status.SUCCEEDED);
    }

    /** To {@code v2}, with four of {@code v1} that do not stop: it takes too long and needs a person. */
    private ChangeOrderId deploymentThatNothingStopsFor() {
        world.runtime().behave(v1, Behaviour.USUAL.ignoringStop());
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = orderOf(world.alice().deploy(app, v2, settings -> settings));
        world.awaitThat(() -> world.runtime().observe(app).instances().stream().anyMatch(Instance::isStopping));
        pass(Duration.ofMinutes(31));
        world.awaitAttention(order);
        return order;
    }

    @Test
    void aClockThatJumpsDelaysOrHastensButLosesNothing() {
        ApplicationId app = world.running("hello", v1, Settings.of(4));
        world.runtime().behave(v2, Behaviour.readyAfter(Duration.ofSeconds(20)));
        ChangeOrderId order = orderOf(world.alice()
                .deploy(
                        app,
                        v2,
                        settings -> settings.withStrategy(UpdateStrategy.automatic(4, Duration.ofSeconds(30)))));
        List<Duration> jumps = List.of(
                Duration.ofSeconds(-40), Duration.ofMinutes(3), Duration.ofSeconds(-90), Duration.ofSeconds(45));
        for (Duration jump : jumps) {
            world.awaitOrder(order, now -> now.status() != Status.PREPARING);
            pass(jump);
        }
        world.awaitStatus(order, Status.SUCCEEDED);
        assertThat(world.world(app).count(v2.id())).isEqualTo(4);
        assertThat(world.world(app).total()).isEqualTo(4);
    }

    @Test
    void aRetryOfAnOrderThatNeedsNobodyIsRefused() {
        ApplicationId app = world.running("hello", v1, swift(2));
        ChangeOrderId order = world.halfDeployed(app, v2);
        assertThat(EngineWorld.reasonOf(world.alice().retry(order))).isEqualTo(Reason.ORDER_IS_RUNNING);
    }

    private Attention.RestoreIncomplete incomplete(ChangeOrderId rollback) {
        return world.awaitAttention(rollback)
                .attention()
                .filter(Attention.RestoreIncomplete.class::isInstance)
                .map(Attention.RestoreIncomplete.class::cast)
                .orElseThrow();
    }

    /** Time passes at once, and the engine hears of it. */
    private void pass(Duration time) {
        world.clock().advance(time);
        world.wakeAll();
    }

    private boolean allReady(ApplicationId app, int count) {
        List<Instance> instances = world.runtime().observe(app).instances();
        return instances.size() == count
                && instances.stream().allMatch(instance -> instance.readySince().isPresent());
    }
}
