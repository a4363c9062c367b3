package io.changeorder.domain.story;

import static io.changeorder.domain.story.Story.R1;
import static io.changeorder.domain.story.Story.R2;
import static io.changeorder.domain.story.Story.R3;
import static io.changeorder.domain.story.Story.entry;
import static io.changeorder.domain.story.Story.mix;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Driving;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.decision.Move;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.Retrying;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.InstanceFailure;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.story.TinyWorld.Nature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whole stories, from a command to the end or a wait for a person. */
class DrivingTest {
    private static final Settings FOUR = Settings.of(4);
    private static final Settings FOUR_IN_TWO = FOUR.withStrategy(UpdateStrategy.manual(2));

    // ---- going forward

    @Test
    void theFirstDeploymentStartsWhatItWasAskedFor() {
        Story story = Story.ofANewApplication().deploy(R1, FOUR).run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.last().ending().orElseThrow().by()).isEqualTo(Actor.ENGINE);
        assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        assertThat(story.application().settled()).isEqualTo(new Snapshot.Running(R1, FOUR));
        assertThat(story.application().touched()).isFalse();
        assertThat(story.application().intended()).isEqualTo(mix(4, 0, 0));
    }

    @Test
    void aSingleBatchReplacesAllWithoutGoingBelowTheFloor() {
        Story story = Story.of(4).deploy(R2, FOUR).run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.composition()).isEqualTo(mix(0, 4, 0));
        assertThat(story.last().progress().batches()).hasSize(1);
        assertThat(story.last().progress().batches().get(0).outcome()).hasSize(4);
    }

    @Test
    void aManualReleaseWaitsForAPersonBetweenItsBatches() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
        assertThat(story.last().progress().current()).isEqualTo(1);
        assertThat(story.composition()).isEqualTo(mix(2, 2, 0));
        Batch done = story.last().progress().batches().get(0);
        assertThat(done.outcome())
                .hasSize(4)
                .allSatisfy(one -> assertThat(one.readySince()).isPresent());
        assertThat(done.updatedAt()).contains(story.now());
        story.confirm().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.composition()).isEqualTo(mix(0, 4, 0));
    }

    @Test
    void thePlanIsInTheHistory() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO);
        story.step();
        assertThat(story.history().stream().map(Event::what))
                .contains(new Happening.BatchesPlanned(story.last().id(), List.of(mix(2, 2, 0), mix(0, 4, 0))));
    }

    @Test
    void whatIsIntendedAlreadyIsIntendedOnceMoreByAnOrderThatIsTheFirstToTouchAnything() {
        Story story = Story.of(4).deploy(R1, FOUR.withDescription("other settings"));
        story.step();
        Observation missing = new Observation(story.now(), story.instances().subList(0, 3));
        Move move = Driving.next(story.state(), missing, false, story.ids(), story.now());
        assertThat(((Move.Commit) move).change().application().touched()).isTrue();
    }

    @Test
    void anAutomaticReleaseWaitsForItsTimer() {
        Duration pause = Duration.ofMinutes(7);
        Story story = Story.of(4)
                .deploy(R2, FOUR.withStrategy(UpdateStrategy.automatic(2, pause)))
                .runUntil(Status.AWAITING_NEXT_BATCH);
        Instant waitsSince = story.now();
        assertThat(story.last().progress().nextBatchAt()).contains(waitsSince.plus(pause));
        assertThat(story.step()).contains(new Move.Sleep(Optional.of(waitsSince.plus(pause))));
        story.runUntil(Status.RUNNING);
        assertThat(story.now()).isEqualTo(waitsSince.plus(pause));
        assertThat(story.last().progress().nextBatchAt()).isEmpty();
        story.run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aCanaryGoesFirst() {
        Settings ten = Settings.of(10);
        Story story = Story.of(10)
                .deploy(R2, ten.withStrategy(UpdateStrategy.canary(1, 3, UpdateStrategy.Release.MANUAL, Duration.ZERO)))
                .run();
        assertThat(story.composition()).isEqualTo(mix(9, 1, 0));
        story.confirm().run();
        assertThat(story.composition()).isEqualTo(mix(6, 4, 0));
        story.confirm().run().confirm().run();
        assertThat(story.composition()).isEqualTo(mix(0, 10, 0));
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRescaleGrowsAndShrinks() {
        Story story = Story.of(4).rescale(6).run();
        assertThat(story.composition()).isEqualTo(mix(6, 0, 0));
        story.rescale(2).run();
        assertThat(story.composition()).isEqualTo(mix(2, 0, 0));
        assertThat(story.settings().replicas()).isEqualTo(2);
    }

    @Test
    void aRestartReplacesEveryInstanceByTheNextGeneration() {
        Story story = Story.of(4).restart().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.composition()).isEqualTo(Composition.of(entry(R1, 1), 4));
        story.restart().run();
        assertThat(story.composition()).isEqualTo(Composition.of(entry(R1, 2), 4));
    }

    @Test
    void anApplicationIsStoppedStartedAndDeleted() {
        Story story = Story.of(4).stop().run();
        assertThat(story.composition()).isEqualTo(Composition.EMPTY);
        assertThat(story.application().settled()).isEqualTo(new Snapshot.Stopped(R1, FOUR));
        story.start().run();
        assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        story.delete().run();
        assertThat(story.composition()).isEqualTo(Composition.EMPTY);
        assertThat(story.application().isDeleted()).isTrue();
        assertThat(story.refuse(story.opened(story.deployment(R2, FOUR), Optional.empty()))
                        .reason())
                .isEqualTo(Refusal.Reason.APPLICATION_NOT_FOUND);
    }

    @Test
    void anOrderIsRefusedWhileAnotherIsLive() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        Refusal refusal = story.refuse(story.opened(story.deployment(R3, FOUR), Optional.empty()));
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.ORDER_IS_RUNNING);
        assertThat(refusal.order().orElseThrow().id()).isEqualTo(story.last().id());
    }

    // ---- failing

    @Test
    void aFailureOfASingleBatchRollsNothingBack() {
        Story story = Story.of(4);
        story.world.nature(R2, Nature.EXITS_AT_ONCE);
        story.deploy(R2, FOUR).run();
        assertThat(story.last().change().type()).isEqualTo(ChangeOrderType.DEPLOY);
        assertThat(story.last().status()).isEqualTo(Status.FAILED);
        assertThat(story.last().ending().orElseThrow().failure().orElseThrow().kind())
                .isEqualTo(InstanceFailure.Kind.EXITED_TOO_OFTEN);
        assertThat(story.application().settled()).isEqualTo(new Snapshot.Running(R1, FOUR));
        assertThat(story.application().touched()).isTrue();
        assertThat(story.composition().count(R2)).isPositive();
    }

    @Test
    void whatAFailedOrderDidNotGetToIsNotDoneByAnybodyLater() {
        Story story = Story.of(4).deploy(R2, FOUR).runUntil(s -> s.composition().count(R2) == 3);
        story.world.refusesGrowth(true);
        story.runUntil(s -> s.application().intended().count(R2) == 4);
        while (story.last().status() != Status.FAILED) {
            story.world.exit(entry(R2));
            story.step();
            story.pass(Duration.ofMinutes(2));
        }
        assertThat(story.application().intended()).isEqualTo(story.composition());
        story.deploy(R3, FOUR).abort();
        story.world.refusesGrowth(false);
        assertThat(story.run().composition().count(R2)).isEqualTo(3);
    }

    @Test
    void whatAFailedOrderWasToTakeAwayButDidNotIsStillIntended() {
        Story story = Story.of(2)
                .deploy(R2, Settings.of(2))
                .runUntil(s -> s.move() instanceof Move.Commit commit
                        && commit.change().application().intended().equals(mix(0, 1, 0)))
                .killedBeforeEffects();
        assertThat(story.application().intended()).isEqualTo(mix(0, 1, 0));
        for (int i = 0; i <= InstanceFailure.TOLERATED_EXITS; i++) {
            story.world.exit(entry(R2));
            story.pass(Duration.ofMinutes(2));
        }
        story.run();
        assertThat(story.last().status()).isEqualTo(Status.FAILED);
        assertThat(story.composition()).isEqualTo(mix(1, 1, 0));
        assertThat(story.application().intended()).isEqualTo(mix(1, 1, 0));
    }

    @Test
    void aFailureOfAPhasedReleaseIsRolledBackInTheSameCommit() {
        Story story = Story.of(4);
        story.world.nature(R2, Nature.NEVER_READY);
        story.deploy(R2, FOUR_IN_TWO).runUntil(s -> s.last().isRollback());
        assertThat(story.orders()).anySatisfy(order -> {
            assertThat(order.status()).isEqualTo(Status.FAILED);
            assertThat(order.undoneBy()).contains(story.last().id());
            assertThat(order.ending().orElseThrow().failure().orElseThrow().kind())
                    .isEqualTo(InstanceFailure.Kind.NOT_READY_IN_TIME);
            assertThat(story.last().undoes()).contains(order.id());
            assertThat(story.last().createdAt())
                    .isEqualTo(order.ending().orElseThrow().at());
        });
        assertThat(story.last().createdBy()).isEqualTo(Actor.ENGINE);
        assertThat(story.application().fence()).isEqualTo(Fence.ZERO.next());
        assertThat(story.last().fence()).isEqualTo(story.application().fence());
        assertThat(story.application().growth()).isEqualTo(Growth.HALTED);
        assertThat(story.application().intended().count(R2))
                .as("nothing more of it is started")
                .isZero();
        assertThat(story.history())
                .as("the instance that failed it is told")
                .anyMatch(event -> event.what() instanceof Happening.OrderMoved moved
                        && moved.input() == Input.FAIL
                        && moved.failure().isPresent());
        story.run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        assertThat(story.marks()).as("no person rolled it back").isEmpty();
    }

    @Test
    void aFailureOfTheSecondBatchIsRolledBackToo() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        story.world.nature(R2, Nature.EXITS_AT_ONCE);
        story.confirm().run();
        assertThat(story.last().isRollback()).isTrue();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
    }

    @Test
    void anInstanceThatExitsAFewTimesHasNotFailed() {
        Story story = Story.of(4)
                .deploy(R2, FOUR_IN_TWO)
                .runUntil(s -> s.composition().count(R2) > 0);
        for (int exits = 0; exits < InstanceFailure.TOLERATED_EXITS; exits++) {
            story.world.exit(entry(R2));
            story.pass(Duration.ofSeconds(60));
        }
        story.run();
        assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
    }

    @Test
    void anInstanceThatDiesDuringAWaitIsReplacedByTheWorld() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        story.world.exit(entry(R2));
        story.pass(Duration.ofSeconds(10));
        assertThat(story.confirm().run().last().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aBatchThatDoesNotHoldAnyMoreRunsAgainBeforeTheTimerStartsTheNext() {
        Story story = Story.of(4)
                .deploy(R2, FOUR.withStrategy(UpdateStrategy.automatic(2, Duration.ofMinutes(1))))
                .runUntil(Status.AWAITING_NEXT_BATCH);
        story.pass(Duration.ofSeconds(59));
        story.world.becomesUnready(entry(R2));
        story.runUntil(Status.RUNNING);
        assertThat(story.last().progress().current()).isZero();
        story.world.becomesReady();
        story.run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void limitsThatForbidEveryStepNeedAPersonAtOnceAndARetryBringsOthers() {
        Story story = Story.of(4);
        story.open(story.deployment(R2, FOUR_IN_TWO).withLimits(new Limits(4, 4, Timing.DEFAULT)))
                .run();
        assertThat(story.last().attention()).contains(new Attention.LimitsBlock());
        assertThat(story.last().status()).isEqualTo(Status.RUNNING);
        assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        assertThat(story.step()).as("and it waits, and looks again").contains(looksAgain(story));
        story.retry(limits -> new Limits(3, 4, limits.timing())).run();
        assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
        assertThat(story.last().attention()).isEmpty();
        assertThat(story.last().change().limits().floor()).isEqualTo(3);
    }

    @Test
    void limitsThatStillForbidEveryStepNeedAPersonAgain() {
        Story story = Story.of(4);
        story.open(story.deployment(R2, FOUR).withLimits(new Limits(4, 4, Timing.DEFAULT)))
                .run();
        story.retry().run();
        assertThat(story.last().attention()).contains(new Attention.LimitsBlock());
    }

    @Test
    void anOrderThatIsNotHeldIsNotRetried() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        assertThat(story.refuse(Retrying.retry(story.state(), story.last(), limits -> limits, story.occasion()))
                        .reason())
                .isEqualTo(Refusal.Reason.ORDER_IS_RUNNING);
        story.abort().run();
        assertThat(story.refuse(Retrying.retry(story.state(), story.last(), limits -> limits, story.occasion()))
                        .reason())
                .isEqualTo(Refusal.Reason.ORDER_IS_NOT_LIVE);
    }

    @Test
    void aSlowStopNeedsAPersonAfterTheDeadlineAndClearsByItself() {
        Story story = Story.of(4);
        story.world.stopsTake(Duration.ofMinutes(31));
        story.deploy(R2, FOUR).runUntil(s -> s.last().attention().isPresent());
        assertThat(story.last().attention()).contains(new Attention.DeadlinePassed());
        assertThat(story.now()).isEqualTo(Story.START.plusSeconds(5).plus(Timing.DEFAULT.batch()));
        assertThat(story.step()).as("it looks again, too").contains(looksAgain(story));
        story.run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.last().attention()).isEmpty();
    }

    @Test
    void aWorldThatAcceptsAScaleButDoesNotFollowNeedsAPersonAfterTheDeadline() {
        Story story = Story.of(4);
        story.deploy(R2, FOUR_IN_TWO);
        story.world.refusesGrowth(true);
        while (story.step().isEmpty() && story.last().attention().isEmpty() && story.steps() < 40) {
            story.pass(Duration.ofMinutes(2));
        }
        assertThat(story.last().attention()).contains(new Attention.DeadlinePassed());
        story.world.refusesGrowth(false);
        story.run();
        assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
    }

    @Test
    void anUnreachableWorldNeedsAPersonAfterTheDeadlineAndEndsNoOrder() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).reachable(false).run();
        assertThat(story.last().status()).isEqualTo(Status.PREPARING);
        assertThat(story.last().attention()).contains(new Attention.DeadlinePassed());
        assertThat(story.step()).as("it looks again").contains(looksAgain(story));
        story.reachable(true).run();
        assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
    }

    @Test
    void aRetryStartsTheDeadlineAnew() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).reachable(false).run().retry();
        assertThat(story.last().attention()).isEmpty();
        Instant retried = story.now();
        story.run();
        assertThat(story.last().attention()).contains(new Attention.DeadlinePassed());
        assertThat(story.now()).isEqualTo(retried.plus(Timing.DEFAULT.batch()));
    }

    @Test
    void waitingForAConfirmationHasNoDeadline() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().pass(Duration.ofDays(90));
        assertThat(story.step()).contains(new Move.Sleep(Optional.empty()));
        assertThat(story.reachable(false).step()).contains(new Move.Sleep(Optional.empty()));
        assertThat(story.reachable(true).confirm().run().last().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void anApplicationThatDoesNothingButExitIsRepairedByAPhasedDeployment() {
        Story story = Story.of(4);
        story.world.nature(R1, Nature.EXITS_AT_ONCE);
        for (int i = 0; i < 4; i++) {
            story.world.exit(entry(R1));
        }
        story.pass(Duration.ofMinutes(5));
        assertThat(story.instances())
                .allSatisfy(one -> assertThat(one.exits()).isGreaterThan(InstanceFailure.TOLERATED_EXITS));
        story.deploy(R2, FOUR_IN_TWO).run();
        assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
        assertThat(story.composition()).isEqualTo(mix(2, 2, 0));
        story.confirm().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.composition()).isEqualTo(mix(0, 4, 0));
    }

    @Test
    void whatFailsOfTheOldVersionDuringADeploymentFailsNothing() {
        Story story = Story.of(4)
                .deploy(R2, FOUR_IN_TWO)
                .runUntil(s -> s.composition().equals(mix(2, 2, 0)));
        story.world.nature(R1, Nature.EXITS_AT_ONCE);
        story.world.exit(entry(R1));
        story.run();
        assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
        assertThat(story.composition()).isEqualTo(mix(2, 2, 0));
        assertThat(story.confirm().run().last().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void anApplicationThatNeverAnswersIsRepairedByAPhasedDeployment() {
        Story story = Story.of(4);
        for (int i = 0; i < 4; i++) {
            story.world.becomesUnready(entry(R1));
        }
        story.pass(Timing.DEFAULT.instanceReady()).deploy(R2, FOUR_IN_TWO).run();
        assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
        assertThat(story.confirm().run().last().status()).isEqualTo(Status.SUCCEEDED);
    }

    // ---- going back

    @Test
    void anAbortWithRollbackTouchesNoInstanceThatAlreadyMatches() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        List<InstanceId> matching = ids(story, entry(R1));
        story.abortAndRollBack().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        assertThat(ids(story, entry(R1))).containsAll(matching);
        assertThat(story.last().proof().orElseThrow().holds()).isTrue();
        assertThat(story.application().touched()).isFalse();
    }

    @Test
    void aScaleDownThatWasOnlyIntendedIsNotCarriedOutAfterTheAbort() {
        Story story = Story.of(4).deploy(R2, FOUR);
        story.step();
        List<InstanceId> matching = ids(story, entry(R1));
        // The intention is committed, and the engine dies before it does anything.
        story.crashingBeforeEffects(step -> true);
        story.step();
        assertThat(story.application().intended().count(entry(R1))).isLessThan(4);
        story.crashingBeforeEffects(step -> false);
        story.abortAndRollBack().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(ids(story, entry(R1))).isEqualTo(matching);
    }

    @Test
    void nothingOfWhatWasAbortedStartsAfterTheAbort() {
        for (int steps = 0; steps < 12; steps++) {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO);
            for (int i = 0; i < steps; i++) {
                story.step();
                story.pass(Duration.ofSeconds(1));
            }
            int before = story.starts().size();
            story.abortAndRollBack().run();
            assertThat(story.starts().subList(before, story.starts().size()))
                    .as("after %s steps", steps)
                    .noneMatch(started -> started.entry().revision().equals(R2));
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        }
    }

    @Test
    void aRolledBackRestartKeepsTheRestartedAndCompletesTheMissing() {
        Story story = Story.of(4).restart(UpdateStrategy.manual(2)).run();
        assertThat(story.composition()).isEqualTo(new Composition(Map.of(entry(R1, 0), 2, entry(R1, 1), 2)));
        List<InstanceId> all = story.instances().stream().map(Instance::id).toList();
        story.abortAndRollBack().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.instances()).extracting(Instance::id).containsExactlyElementsOf(all);

        Story missing = Story.of(4).restart(UpdateStrategy.SINGLE_BATCH);
        missing.runUntil(s -> s.composition().total() < 4);
        Composition there = missing.composition();
        missing.abortAndRollBack().run();
        assertThat(missing.composition().total()).isEqualTo(4);
        assertThat(missing.composition().count(entry(R1, 0))).isGreaterThanOrEqualTo(there.count(entry(R1, 0)));
    }

    @Test
    void aPlainAbortLeavesTheMixtureAndTheNextOrderStartsFromIt() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abort().run();
        assertThat(story.last().status()).isEqualTo(Status.ABORTED);
        assertThat(story.composition()).isEqualTo(mix(2, 2, 0));
        assertThat(story.application().growth()).isEqualTo(Growth.FREE);
        assertThat(story.application().touched()).isTrue();
        story.deploy(R3, FOUR_IN_TWO).run();
        assertThat(story.last().change().before()).isEqualTo(new Snapshot.Running(R1, FOUR));
        assertThat(story.composition()).isEqualTo(mix(1, 0, 2));
        story.abortAndRollBack().run();
        assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
    }

    @Test
    void aStoppedGrowthIsSortedOutBeforeTheNextOrderDoesAnything() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abort().deploy(R3, FOUR);
        assertThat(story.application().growth().isHalted()).isTrue();
        story.runUntil(s -> s.application().growth() == Growth.FREE);
        assertThat(story.last().status()).isEqualTo(Status.PREPARING);
        story.run();
        assertThat(story.composition()).isEqualTo(mix(0, 0, 4));
        assertThat(story.application().touched()).isFalse();
    }

    @Test
    void whoHaltedGrowthLosesItToTheDriverOfTheOrderThatOpensNext() {
        for (Consumer<Story> next : List.<Consumer<Story>>of(
                story -> story.deploy(R3, FOUR), Story::restore, story -> story.rescale(5), Story::stop)) {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abort();
            Fence halted = story.application().fence();
            next.accept(story);
            assertThat(halted.isOlderThan(story.application().fence())).isTrue();
            assertThat(story.last().fence()).isEqualTo(story.application().fence());
            assertThat(story.application().growth().isHalted()).isTrue();
            story.run();
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        }
    }

    @Test
    void anOrderThatOpensWhileGrowthIsFreeTakesNobodysRight() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abort().run();
        Fence before = story.application().fence();
        story.deploy(R3, FOUR);
        assertThat(story.application().fence()).isEqualTo(before);
    }

    @Test
    void whatExistsIsCommittedAsIntendedBeforeItIsWishedForAgain() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abort();
        assertThat(story.application().intended().count(R2)).isZero();
        story.step();
        assertThat(story.application().intended()).isEqualTo(mix(2, 2, 0));
        assertThat(story.application().growth().isHalted()).isTrue();
        story.world.exit(entry(R2));
        story.run();
        assertThat(story.composition()).as("a wish that may be under way").isEqualTo(mix(2, 2, 0));
    }

    @Test
    void theWorldGoesOnReplacingInstancesAfterAnAbortThatTouchedNothing() {
        Story story = Story.of(4).deploy(R2, FOUR).abort().run();
        assertThat(story.application().touched()).isFalse();
        story.world.exit(entry(R1));
        story.pass(Duration.ofMinutes(1));
        assertThat(story.instances())
                .hasSize(4)
                .allSatisfy(one -> assertThat(one.readySince()).isPresent());
    }

    @Test
    void aRescaleOfAMixtureOfGenerationsKeepsWhatItCan() {
        Story story =
                Story.of(4).restart(UpdateStrategy.manual(2)).run().abort().run();
        story.rescale(6).run();
        assertThat(story.composition()).isEqualTo(new Composition(Map.of(entry(R1, 0), 2, entry(R1, 1), 4)));
        story.rescale(3).run();
        assertThat(story.composition()).as("the oldest go first").isEqualTo(Composition.of(entry(R1, 1), 3));
    }

    @Test
    void aRollbackThatDoesNotRestoreNamesEachDifferenceAndARetryMendsIt() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        InstanceId first = story.world.tamperWith(entry(R1));
        InstanceId second = story.world.tamperWith(entry(R1));
        story.abortAndRollBack().run();
        assertThat(story.last().status()).isEqualTo(Status.RUNNING);
        List<Difference> differences = story.last()
                .attention()
                .orElseThrow()
                .match(
                        List::of,
                        List::of,
                        failed -> List.of(),
                        Attention.RestoreIncomplete::differences,
                        broken -> List.of());
        assertThat(differences)
                .extracting(difference -> difference.instance().orElseThrow())
                .containsExactlyInAnyOrder(first, second);
        assertThat(story.last().proof().orElseThrow().holds()).isFalse();
        assertThat(story.step())
                .as("proved again later, in other words")
                .contains(new Move.Sleep(Optional.of(story.now().plus(Driving.LOOK_AGAIN))));
        story.retry().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.instances()).extracting(Instance::id).doesNotContain(first, second);
        assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
    }

    @Test
    void aRetryReplacesServingInstancesInTurnsSoThatTheFloorHolds() {
        Settings strict = FOUR_IN_TWO.withFloor(ReadyFloor.of(3));
        Story story = Story.of(strict)
                .deploy(R2, strict)
                .run()
                .abortAndRollBack()
                .runUntil(s -> s.composition().equals(mix(4, 0, 0)));
        for (int i = 0; i < 4; i++) {
            story.world.tamperWith(entry(R1));
        }
        story.run().retry().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.history())
                .filteredOn(event -> event.what() instanceof Happening.StartedAfresh)
                .hasSizeGreaterThan(1);
    }

    @Test
    void aSecondRetryDoesNotForgetWhatTheFirstWasToReplace() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        InstanceId tampered = story.world.tamperWith(entry(R1));
        story.abortAndRollBack().run().reachable(false).retry().run();
        assertThat(story.last().attention()).contains(new Attention.DeadlinePassed());
        story.retry();
        assertThat(story.last().progress().freshStart().orElseThrow()).containsExactly(tampered);
        story.reachable(true).run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aFailedInstanceOfARollbackNeedsAPersonOnceHoweverItIsDescribed() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        story.world.nature(R1, Nature.EXITS_AT_ONCE);
        story.abortAndRollBack().run();
        assertThat(story.last().isRollback()).isTrue();
        assertThat(story.last().attention().orElseThrow()).isInstanceOf(Attention.InstanceFailed.class);
        story.pass(Duration.ofMinutes(5));
        assertThat(story.step()).as("it looks again").contains(looksAgain(story));
        story.world.nature(R1, Nature.READY_AT_ONCE);
        story.retry().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRollbackGoesOnByItselfOnceTheInstanceThatFailedHasRunForLong() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        story.world.nature(R1, Nature.EXITS_AT_ONCE);
        story.abortAndRollBack().run();
        assertThat(story.last().attention().orElseThrow()).isInstanceOf(Attention.InstanceFailed.class);
        story.world.nature(R1, Nature.READY_AT_ONCE);
        story.pass(Duration.ofMinutes(1));
        assertThat(story.step()).as("it runs, and has exited too often").contains(looksAgain(story));
        story.pass(Duration.ofMinutes(10)).step();
        assertThat(story.last().attention()).isEmpty();
        assertThat(story.run().last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.history())
                .as("no person did anything about it")
                .filteredOn(event -> event.what() instanceof Happening.OrderMoved moved && moved.input() == Input.RETRY)
                .isEmpty();
    }

    @Test
    void aRollbackNeedsNobodyAnyMoreAsSoonAsTheInstanceThatFailedAnswers() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abortAndRollBack();
        story.world.becomesUnready(entry(R1));
        story.run();
        assertThat(story.last().attention().orElseThrow()).isInstanceOf(Attention.InstanceFailed.class);
        story.world.becomesReady();
        story.step();
        assertThat(story.last().attention()).isEmpty();
        assertThat(story.run().last().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRollbackThatDidNotRestoreGoesOnAsSoonAsThereIsSomethingToDo() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        story.world.tamperWith(entry(R1));
        story.abortAndRollBack().run();
        assertThat(story.last().attention().orElseThrow()).isInstanceOf(Attention.RestoreIncomplete.class);
        story.world.exit(entry(R1));
        story.step();
        assertThat(story.last().attention()).isEmpty();
    }

    @Test
    void whatTookTooLongStillNeedsAPersonWhileThereIsSomethingToDo() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).reachable(false).run().reachable(true);
        assertThat(story.last().attention()).contains(new Attention.DeadlinePassed());
        story.step();
        assertThat(story.last().status()).isEqualTo(Status.RUNNING);
        story.reachable(false).run().reachable(true).step();
        assertThat(story.last().attention()).contains(new Attention.DeadlinePassed());
        assertThat(story.run().last().attention()).isEmpty();
    }

    @Test
    void aRollbackThatNeedsAPersonIsGivenUpByAnAbort() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        story.world.nature(R1, Nature.EXITS_AT_ONCE);
        story.abortAndRollBack().run().abort().run();
        assertThat(story.last().status()).isEqualTo(Status.ABORTED);
        assertThat(story.application().settled()).isEqualTo(new Snapshot.Running(R1, FOUR));
        story.deploy(R3, FOUR).run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.composition()).isEqualTo(mix(0, 0, 4));
    }

    @Test
    void aRollbackWorksWhileOthersAreFrozenByMaintenance() {
        Story story = Story.of(4)
                .deploy(R2, FOUR_IN_TWO)
                .run()
                .abortAndRollBack()
                .maintenance(true)
                .run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
    }

    // ---- maintenance

    @Test
    void aBatchFreezesInMaintenanceAndItsTimeDoesNotCount() {
        Story story = Story.of(4);
        story.world.stopsTake(Duration.ofMinutes(20));
        story.deploy(R2, FOUR_IN_TWO).runUntil(s -> s.composition().count(R1) < 4);
        Composition frozen = story.composition();
        story.maintenance(true).run();
        assertThat(story.last().isFrozen()).isTrue();
        story.pass(Duration.ofHours(3));
        assertThat(story.step()).contains(new Move.Sleep(Optional.empty()));
        assertThat(story.composition()).isEqualTo(frozen);
        story.maintenance(false).run();
        assertThat(story.last().attention()).isEmpty();
        assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
        assertThat(story.history())
                .filteredOn(event -> event.what() instanceof Happening.OrderFrozen)
                .hasSize(2);
    }

    @Test
    void aWorldOutOfReachInMaintenanceUsesUpNoTime() {
        Story story = Story.of(4)
                .deploy(R2, FOUR_IN_TWO)
                .maintenance(true)
                .reachable(false)
                .run();
        story.pass(Duration.ofHours(3)).run();
        assertThat(story.last().attention()).isEmpty();
        story.maintenance(false).run();
        assertThat(story.last().attention()).as("the time runs again").contains(new Attention.DeadlinePassed());
    }

    @Test
    void theNextBatchDoesNotStartInMaintenance() {
        Story story = Story.of(4)
                .deploy(R2, FOUR.withStrategy(UpdateStrategy.automatic(2, Duration.ofMinutes(1))))
                .runUntil(Status.AWAITING_NEXT_BATCH)
                .maintenance(true)
                .pass(Duration.ofMinutes(5));
        assertThat(story.step()).contains(new Move.Sleep(Optional.empty()));
        story.maintenance(false).run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
    }

    // ---- crashes

    @Test
    void anOrderThatIsTakenOverAtAnyStepGetsToItsEnd() {
        int steps = deployed(Story.of(4)).steps();
        for (int crash = 1; crash <= steps; crash++) {
            int at = crash;
            Story story = deployed(Story.of(4).crashingBeforeEffects(step -> step == at));
            assertThat(story.last().status()).as("killed at step %s", at).isEqualTo(Status.SUCCEEDED);
            assertThat(story.composition()).isEqualTo(mix(0, 4, 0));
            assertThat(story.world.wish()).isEqualTo(mix(0, 4, 0));
            assertThat(story.world.isHalted()).isFalse();
        }
    }

    @Test
    void aRollbackThatIsTakenOverAtAnyStepGetsToItsEnd() {
        int steps = rolledBack(Story.of(4)).steps();
        for (int crash = 1; crash <= steps; crash++) {
            int at = crash;
            Story story = rolledBack(Story.of(4).crashingBeforeEffects(step -> step == at));
            assertThat(story.last().status()).as("killed at step %s", at).isEqualTo(Status.SUCCEEDED);
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
            assertThat(story.world.wish()).isEqualTo(mix(4, 0, 0));
            assertThat(story.world.isHalted()).isFalse();
        }
    }

    @Test
    void aTakeOverIsInTheHistory() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).takeOver();
        assertThat(story.history().get(story.history().size() - 1).what())
                .isEqualTo(
                        new Happening.TakenOver(story.last().id(), story.last().lease()));
    }

    @Test
    void whereNothingIsOrderedARuntimeThatIsOutOfReachIsNobodysConcern() {
        assertThat(Story.of(1).reachable(false).move()).isEqualTo(new Move.Sleep(Optional.empty()));
    }

    @Test
    void anOrderThatIsTakenOverAtEveryStepGetsToItsEnd() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO);
        for (int i = 0; i < 200 && story.last().status() != Status.AWAITING_CONFIRMATION; i++) {
            story.takeOver();
            story.step();
            story.step();
            story.pass(Duration.ofSeconds(2));
        }
        assertThat(story.composition()).isEqualTo(mix(2, 2, 0));
    }

    @Test
    void anInstanceThatDiedBeforeATakeOverDuringAWaitIsStillReplaced() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        story.world.exit(entry(R2));
        story.takeOver().run();
        assertThat(story.composition()).isEqualTo(mix(2, 2, 0));
        assertThat(story.pass(Duration.ofSeconds(10)).confirm().run().last().status())
                .isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRetryThatWasNotCarriedOutBeforeACrashIsCarriedOutAfterIt() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        InstanceId tampered = story.world.tamperWith(entry(R1));
        story.abortAndRollBack().run().retry().takeOver().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.instances()).extracting(Instance::id).doesNotContain(tampered);
    }

    @Test
    void whoWasTakenOverFromCanTouchNothing() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO);
        story.step();
        Move.Commit before = (Move.Commit) story.move();
        story.takeOver();
        assertThat(before.change().effects())
                .isNotEmpty()
                .noneMatch(effect -> effect.match(
                        scale -> story.world.scale(scale.entry(), scale.count(), scale.fence()),
                        raise -> true,
                        fresh -> story.world.startAfresh(fresh.replaced(), fresh.fence()),
                        release -> true))
                .allSatisfy(effect -> assertThat(
                                effect.fence().isOlderThan(story.application().fence()))
                        .isTrue());
        assertThat(before.change().application().version())
                .as("nor commit")
                .isNotEqualTo(story.application().version() + 1);
    }

    @Test
    void askedTwiceItMakesTheSameMove() {
        Story story = Story.of(4).deploy(R2, FOUR);
        while (story.last().isLive()) {
            Move move = story.move();
            if (story.last().status() != Status.PREPARING) {
                assertThat(story.move()).isEqualTo(move);
            }
            story.step().ifPresent(sleep -> story.pass(Duration.ofSeconds(1)));
        }
    }

    @Test
    void anEffectIsFencedByTheOrdersOwnFence() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO);
        story.step();
        Move.Commit commit = (Move.Commit) story.move();
        assertThat(commit.change().effects())
                .isNotEmpty()
                .allSatisfy(effect ->
                        assertThat(effect.fence()).isEqualTo(story.last().fence()))
                .hasOnlyElementsOfType(Effect.Scale.class);
    }

    private static Move.Sleep looksAgain(Story story) {
        return new Move.Sleep(Optional.of(story.now().plus(Driving.LOOK_AGAIN)));
    }

    private static Story deployed(Story story) {
        return story.deploy(R2, FOUR_IN_TWO.withStrategy(UpdateStrategy.automatic(2, Duration.ofSeconds(1))))
                .run();
    }

    private static Story rolledBack(Story story) {
        return story.deploy(R2, FOUR_IN_TWO)
                .runUntil(s -> s.composition().count(R2) > 0)
                .abortAndRollBack()
                .run();
    }

    private static List<InstanceId> ids(Story story, Entry entry) {
        return story.instances().stream()
                .filter(one -> one.entry().equals(entry))
                .map(Instance::id)
                .toList();
    }
}
