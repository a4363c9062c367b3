package io.changeorder.domain.decision;

import static io.changeorder.domain.story.Story.R1;
import static io.changeorder.domain.story.Story.R2;
import static io.changeorder.domain.story.Story.R3;
import static io.changeorder.domain.story.Story.entry;
import static io.changeorder.domain.story.Story.mix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Target;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import io.changeorder.domain.story.Story;
import io.changeorder.domain.story.TinyWorld.Nature;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The corners that SAE's documents leave open, as the design decides them: one group a row, as far as the domain
 * decides it.
 */
class CornerTableTest {
    private static final Settings FOUR = Settings.of(4);
    private static final Settings FOUR_IN_TWO = FOUR.withStrategy(UpdateStrategy.manual(2));

    @Nested
    @DisplayName("id in the answer")
    class IdInTheAnswer {
        @Test
        void anAbortedOrderAndItsRollbackLinkEachOther() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abortAndRollBack();
            ChangeOrder rollback = story.last();
            ChangeOrder aborted = story.order(rollback.undoes().orElseThrow());
            assertThat(aborted.status()).isEqualTo(Status.ABORTED);
            assertThat(aborted.undoneBy()).contains(rollback.id());
            assertThat(rollback.id()).isNotEqualTo(aborted.id());
            assertThat(rollback.change().description()).isEqualTo("as ordered");
        }

        @Test
        void theNamedOrderIsAmongWhatTheDecisionChanges() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
            ChangeOrder named = story.last();
            Decision.Accepted accepted = (Decision.Accepted) story.abortedAndRolledBack(named);
            assertThat(accepted.order(named.id()).orElseThrow().status()).isEqualTo(Status.ABORTED);
            assertThat(accepted.orders()).hasSize(2);
            assertThat(accepted.order(new ChangeOrderId("another"))).isEmpty();
        }
    }

    @Nested
    @DisplayName("what counts as running")
    class WhatCountsAsRunning {
        @Test
        void everyLiveStatusDoes() {
            assertAborted(Story.of(4).deploy(R2, FOUR), Status.PREPARING);
            Story running = Story.of(4).deploy(R2, FOUR);
            running.step();
            assertAborted(running, Status.RUNNING);
            assertAborted(Story.of(4).deploy(R2, FOUR_IN_TWO).run(), Status.AWAITING_CONFIRMATION);
            assertAborted(
                    Story.of(4)
                            .deploy(R2, FOUR.withStrategy(UpdateStrategy.automatic(2, Duration.ofMinutes(1))))
                            .runUntil(Status.AWAITING_NEXT_BATCH),
                    Status.AWAITING_NEXT_BATCH);
        }

        private void assertAborted(Story story, Status from) {
            ChangeOrder order = story.last();
            assertThat(order.status()).isEqualTo(from);
            story.abortAndRollBack();
            assertThat(story.order(order.id()).status()).isEqualTo(Status.ABORTED);
        }
    }

    @Nested
    @DisplayName("never touched")
    class NeverTouched {
        @Test
        void theOrderIsAbortedAndNoRollbackIsOpened() {
            Story story = Story.of(4).deploy(R2, FOUR).abortAndRollBack().run();
            assertThat(story.last().status()).isEqualTo(Status.ABORTED);
            assertThat(story.last().undoneBy()).isEmpty();
            assertThat(story.application().liveOrder()).isEmpty();
            assertThat(story.marks()).isEmpty();
        }

        @Test
        void touchedIsWhatAnEffectWasIntendedForWhateverIsObserved() {
            Story story = Story.of(4).deploy(R2, FOUR);
            story.step();
            story.crashingBeforeEffects(step -> true).step();
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
            assertThat(story.application().touched()).isTrue();
            story.crashingBeforeEffects(step -> false).abortAndRollBack();
            assertThat(story.last().isRollback()).isTrue();
        }

        @Test
        void touchedByAnEarlierOrderIsTouchedToo() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abort().run();
            story.deploy(R3, FOUR).abortAndRollBack().run();
            assertThat(story.last().isRollback()).isTrue();
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        }
    }

    @Nested
    @DisplayName("first deployment")
    class FirstDeployment {
        @Test
        void itIsRolledBackToNotDeployedAndTheApplicationStays() {
            Story story = Story.ofANewApplication()
                    .deploy(R1, FOUR_IN_TWO)
                    .run()
                    .abortAndRollBack()
                    .run();
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(story.composition()).isEqualTo(Composition.EMPTY);
            assertThat(story.application().settled()).isEqualTo(new Snapshot.NotDeployed());
            assertThat(story.application().isDeleted()).isFalse();
            story.deploy(R1, FOUR).run();
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        }

        @Test
        void itMayBeOrderedInTheCommitThatCreatesTheApplication() {
            Story other = Story.ofANewApplication();
            Application fresh = Application.fresh(new ApplicationId("app-2"), "hello", "", Story.START);
            Decision.Accepted created = (Decision.Accepted) Opening.create(
                    fresh, Optional.of(other.deployment(R1, FOUR)), other.assignment(), other.occasion());
            assertThat(created.orders()).hasSize(1);
            assertThat(created.application().liveOrder())
                    .contains(created.orders().get(0).id());
            assertThat(created.events())
                    .extracting(Event::what)
                    .hasOnlyElementsOfTypes(Happening.ApplicationCreated.class, Happening.OrderOpened.class)
                    .hasSize(2);
        }

        @Test
        void itsFailureIsRolledBackWhenItIsPhased() {
            Story story = Story.ofANewApplication();
            story.world.nature(R1, Nature.EXITS_AT_ONCE);
            story.deploy(R1, FOUR_IN_TWO).run();
            assertThat(story.last().isRollback()).isTrue();
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(story.instances()).isEmpty();
        }
    }

    @Nested
    @DisplayName("plain abort")
    class PlainAbort {
        @Test
        void growthStopsWhereItIsAndTheMixtureStays() {
            Story story = Story.of(4)
                    .deploy(R2, FOUR_IN_TWO)
                    .runUntil(s -> s.composition().count(R2) > 0);
            Composition mixture = story.composition();
            story.abort().run();
            assertThat(story.composition()).isEqualTo(mixture);
            assertThat(story.application().intended()).isEqualTo(mixture);
            assertThat(story.world.wish()).isEqualTo(mixture);
            assertThat(story.application().growth()).isEqualTo(Growth.FREE);
            assertThat(story.application().liveOrder()).isEmpty();
        }

        @Test
        void whatWasIntendedButDoesNotExistIsNotStarted() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO);
            story.world.refusesGrowth(true);
            story.runUntil(s -> s.application().intended().count(R2) > 0);
            assertThat(story.composition().count(R2)).isZero();
            story.abort();
            story.world.refusesGrowth(false);
            story.run().pass(Duration.ofMinutes(10));
            assertThat(story.composition().count(R2)).isZero();
            assertThat(story.application().intended().count(R2)).isZero();
        }

        @Test
        void theNextOrderStartsFromTheMixtureAndIsRolledBackToTheSettledSnapshot() {
            Story story = Story.of(4)
                    .deploy(R2, FOUR_IN_TWO)
                    .run()
                    .abort()
                    .deploy(R3, FOUR_IN_TWO)
                    .run();
            assertThat(story.last().change().before()).isEqualTo(new Snapshot.Running(R1, FOUR));
            assertThat(story.last().progress().batches().get(0).target().count(R2))
                    .as("leftovers go first")
                    .isZero();
            story.abortAndRollBack().run();
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        }
    }

    @Nested
    @DisplayName("after FAILED or a plain abort, wanting the old state")
    class WantingTheOldState {
        @Test
        void theWholeSettledSnapshotIsRestoredByARollbackOrder() {
            Story story = Story.of(4)
                    .deploy(R2, Settings.of(6).withStrategy(UpdateStrategy.manual(2)))
                    .run();
            story.abort().run().restore();
            assertThat(story.last().change().type()).isEqualTo(ChangeOrderType.ROLLBACK);
            assertThat(story.last().change().before())
                    .isEqualTo(new Snapshot.Running(R2, Settings.of(6).withStrategy(UpdateStrategy.manual(2))));
            assertThat(story.last().change().after()).isEqualTo(new Snapshot.Running(R1, FOUR));
            story.run();
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
            assertThat(story.settings()).isEqualTo(FOUR);
        }

        @Test
        void itWorksAfterAFailureToo() {
            Story story = Story.of(4);
            story.world.nature(R2, Nature.EXITS_AT_ONCE);
            story.deploy(R2, FOUR).run();
            ChangeOrder failed = story.last();
            assertThat(failed.status()).isEqualTo(Status.FAILED);
            story.restore().run();
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(story.last().undoes()).contains(failed.id());
            assertThat(story.order(failed.id()).undoneBy())
                    .contains(story.last().id());
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        }

        @Test
        void whatNeverTouchedAnythingIsNotTakenBack() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).abort();
            ChangeOrder aborted = story.last();
            story.restore();
            assertThat(story.last().undoes()).isEmpty();
            assertThat(story.last().change().before())
                    .isEqualTo(story.application().settled());
            assertThat(story.order(aborted.id()).undoneBy()).isEmpty();
            assertThat(story.marks()).isEmpty();
        }

        @Test
        void anotherOrderMustNotBeLive() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
            Decision restored = Restoring.restore(
                    story.state(), Optional.of(story.last()), "", story.assignment(), story.occasion());
            assertThat(story.refuse(restored).reason()).isEqualTo(Reason.ORDER_IS_RUNNING);
        }

        @Test
        void anotherVersionIsAnOrdinaryOrder() {
            Story story = Story.of(4).deploy(R2, FOUR).run().deploy(R3, FOUR).run();
            Snapshot after = new Snapshot.Running(R1, FOUR_IN_TWO);
            story.open(story.change(ChangeOrderType.DEPLOY_HISTORY, after, Target.of(after, 0), FOUR_IN_TWO))
                    .run();
            assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
            assertThat(story.last().isRollback()).isFalse();
            story.abortAndRollBack().run();
            assertThat(story.composition()).isEqualTo(mix(0, 0, 4));
        }

        @Test
        void whatWasTakenBackOnceIsNotTakenBackByAnotherOrderAgain() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
            story.world.nature(R1, Nature.EXITS_AT_ONCE);
            ChangeOrder deployment = story.last();
            story.abortAndRollBack().run();
            ChangeOrder first = story.last();
            story.abort().run();
            story.world.nature(R1, Nature.READY_AT_ONCE);
            story.restore().run();
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(story.last().undoes()).isEmpty();
            assertThat(story.order(deployment.id()).undoneBy()).contains(first.id());
        }
    }

    @Nested
    @DisplayName("repeated call")
    class RepeatedCall {
        @Test
        void theRulesDecideItAnew() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
            ChangeOrder named = story.last();
            story.abortAndRollBack();
            assertThat(story.refuse(story.abortedAndRolledBack(named)).reason()).isEqualTo(Reason.ORDER_IS_RUNNING);
            story.run();
            assertThat(story.refuse(story.abortedAndRolledBack(named)).reason()).isEqualTo(Reason.ORDER_IS_NOT_LIVE);
        }

        @Test
        void theFirstAnswersTimeAndActorStay() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
            ChangeOrder named = story.last();
            story.abortAndRollBack();
            var ending = story.order(named.id()).ending();
            story.pass(Duration.ofMinutes(1)).refuse(story.abortedAndRolledBack(named));
            assertThat(story.order(named.id()).ending()).isEqualTo(ending);
        }
    }

    @Nested
    @DisplayName("rollback target")
    class RollbackTarget {
        @Test
        void itIsPinnedByTheOrderFromItsStart() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO);
            Snapshot pinned = story.last().change().before();
            assertThat(pinned).isEqualTo(story.application().settled());
            story.run().abortAndRollBack();
            assertThat(story.last().change().after()).isEqualTo(pinned);
        }

        @Test
        void itIsNeitherMovedByAFailureNorByAnAbort() {
            Story story = Story.of(4);
            Snapshot settled = story.application().settled();
            story.world.nature(R2, Nature.EXITS_AT_ONCE);
            story.deploy(R2, FOUR).run();
            assertThat(story.application().settled()).isEqualTo(settled);
            story.deploy(R3, FOUR_IN_TWO).run().abort().run();
            assertThat(story.application().settled()).isEqualTo(settled);
        }
    }

    @Nested
    @DisplayName("deploy of what is settled, equal settings")
    class DeployOfWhatIsSettled {
        @Test
        void itSucceedsAtOnceAndTouchesNothing() {
            Story story = Story.of(4);
            List<InstanceId> before = ids(story);
            story.deploy(R1, FOUR);
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(story.application().touched()).isFalse();
            assertThat(story.run().application().liveOrder()).isEmpty();
            assertThat(ids(story)).isEqualTo(before);
        }

        @Test
        void otherSettingsAloneTouchNoInstanceEither() {
            Story story = Story.of(4);
            List<InstanceId> before = ids(story);
            Settings described = FOUR.withDescription("four of the first");
            story.deploy(R1, described).run();
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(story.settings()).isEqualTo(described);
            assertThat(ids(story)).isEqualTo(before);
        }

        @Test
        void afterAPlainAbortThereIsSomethingToDo() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abort().deploy(R1, FOUR);
            assertThat(story.last().status()).isEqualTo(Status.PREPARING);
            assertThat(story.run().composition()).isEqualTo(mix(4, 0, 0));
        }

        @Test
        void restartIsTheVerbForANewRoll() {
            Story story = Story.of(4).restart();
            assertThat(story.last().status()).isEqualTo(Status.PREPARING);
            assertThat(story.run().composition()).isEqualTo(Composition.of(entry(R1, 1), 4));
        }
    }

    @Nested
    @DisplayName("stopped application")
    class StoppedApplication {
        @Test
        void aRescaleChangesSettingsOnly() {
            Story story = Story.of(4).stop().run();
            Snapshot after = new Snapshot.Stopped(R1, FOUR.withReplicas(6));
            story.open(story.change(ChangeOrderType.RESCALE, after, Target.of(after, 0), FOUR));
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(story.settings().replicas()).isEqualTo(6);
            assertThat(story.instances()).isEmpty();
            assertThat(story.start().run().composition()).isEqualTo(mix(6, 0, 0));
        }

        @Test
        void aDeploymentThatIsNotToStartChangesSettingsOnly() {
            Story story = Story.of(4).stop().run();
            Snapshot after = new Snapshot.Stopped(R2, FOUR);
            story.open(story.change(ChangeOrderType.DEPLOY, after, Target.of(after, 0), FOUR));
            assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(story.instances()).isEmpty();
            assertThat(story.start().run().composition()).isEqualTo(mix(0, 4, 0));
        }

        @Test
        void aPlainDeploymentStartsIt() {
            Story story = Story.of(4).stop().run().deploy(R2, FOUR).run();
            assertThat(story.composition()).isEqualTo(mix(0, 4, 0));
            assertThat(story.application().settled()).isEqualTo(new Snapshot.Running(R2, FOUR));
        }

        @Test
        void anAbortedStartStopsItAgain() {
            Story story = Story.of(4)
                    .stop()
                    .run()
                    .start()
                    .runUntil(s -> s.composition().total() > 0);
            story.abortAndRollBack().run();
            assertThat(story.instances()).isEmpty();
            assertThat(story.application().settled()).isEqualTo(new Snapshot.Stopped(R1, FOUR));
        }

        @Test
        void anAbortedStopStartsItAgain() {
            Story story = Story.of(4).stop().runUntil(s -> s.composition().total() < 4);
            story.abortAndRollBack().run();
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
            assertThat(story.application().settled()).isEqualTo(new Snapshot.Running(R1, FOUR));
        }

        @Test
        void itKeepsItsReplicaCount() {
            Story story = Story.of(4).stop().run();
            assertThat(story.settings().replicas()).isEqualTo(4);
            assertThat(story.application().settled().count()).isZero();
        }
    }

    @Nested
    @DisplayName("replicas 0")
    class ReplicasZero {
        @Test
        void noSettingsHaveThem() {
            assertThatThrownBy(() -> Settings.of(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> FOUR.withReplicas(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Settings.of(-1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("delete")
    class Delete {
        @Test
        void itLeavesATombstoneWhoseOrdersStayDescribable() {
            Story story = Story.of(4).delete().run();
            assertThat(story.application().isDeleted()).isTrue();
            assertThat(story.instances()).isEmpty();
            assertThat(story.world.isReleased())
                    .as("what was pinned for it is let go")
                    .isTrue();
            assertThat(story.application().growth()).isEqualTo(Growth.FREE);
            assertThat(story.orders())
                    .hasSize(2)
                    .allSatisfy(order -> assertThat(order.status()).isEqualTo(Status.SUCCEEDED));
        }

        @Test
        void noCommandFindsTheApplicationAnyMore() {
            Story story = Story.of(4).delete().run();
            assertThat(story.refuse(story.opened(story.deployment(R2, FOUR), Optional.empty()))
                            .reason())
                    .isEqualTo(Reason.APPLICATION_NOT_FOUND);
            assertThat(story.refuse(Restoring.restore(
                                    story.state(), Optional.empty(), "", story.assignment(), story.occasion()))
                            .reason())
                    .isEqualTo(Reason.APPLICATION_NOT_FOUND);
        }

        @Test
        void anApplicationThatRunsNothingIsDeletedAtOnce() {
            Snapshot deleted = new Snapshot.Deleted();
            Story story = Story.ofANewApplication();
            story.open(story.change(ChangeOrderType.DELETE, deleted, Target.of(deleted, 0), FOUR));
            assertThat(story.application().isDeleted()).isTrue();
        }

        @Test
        void abortedBeforeItsEndItRollsBackLikeStop() {
            Story story = Story.of(4).delete().runUntil(s -> s.composition().total() < 4);
            story.abortAndRollBack().run();
            assertThat(story.application().isDeleted()).isFalse();
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        }
    }

    @Nested
    @DisplayName("version whose rollback a person ordered")
    class VersionWhoseRollbackAPersonOrdered {
        @Test
        void itIsMarkedWithTheRollback() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abortAndRollBack();
            assertThat(story.marks())
                    .containsExactly(new Decision.Mark(R2, story.last().id()));
            assertThat(story.history().stream().map(Event::what))
                    .contains(new Happening.VersionRolledBack(R2, story.last().id()));
        }

        @Test
        void itIsMarkedWhenTheOldStateIsWantedAfterAPlainAbort() {
            Story story =
                    Story.of(4).deploy(R2, FOUR_IN_TWO).run().abort().run().restore();
            assertThat(story.marks())
                    .containsExactly(new Decision.Mark(R2, story.last().id()));
        }

        @Test
        void aRollbackByThePolicyMarksNothing() {
            Story story = Story.of(4);
            story.world.nature(R2, Nature.EXITS_AT_ONCE);
            assertThat(story.deploy(R2, FOUR_IN_TWO).run().last().isRollback()).isTrue();
            assertThat(story.marks()).isEmpty();
        }

        @Test
        void aRolledBackOrderThatBroughtNoOtherVersionMarksNothing() {
            Story story = Story.of(4).restart(UpdateStrategy.manual(2)).run().abortAndRollBack();
            assertThat(story.last().isRollback()).isTrue();
            assertThat(story.marks()).isEmpty();
        }

        @Test
        void deployingItIsAllowedAndRecorded() {
            Story story =
                    Story.of(4).deploy(R2, FOUR_IN_TWO).run().abortAndRollBack().run();
            Version marked = Version.of(new ApplicationId("app-1"), Revision.command("/bin/true"), FOUR, Story.START)
                    .withRolledBackBy(story.last().id());
            Decision.Accepted again = (Decision.Accepted) story.opened(story.deployment(R2, FOUR), Optional.of(marked));
            assertThat(again.events())
                    .extracting(Event::what)
                    .filteredOn(what -> what instanceof Happening.RolledBackVersionDeployed)
                    .containsExactly(new Happening.RolledBackVersionDeployed(
                            marked.id(), again.orders().get(0).id()));
            Decision.Accepted other = (Decision.Accepted) story.opened(
                    story.deployment(R2, FOUR),
                    Optional.of(new Version(
                            marked.application(),
                            marked.id(),
                            marked.revision(),
                            FOUR,
                            Story.START,
                            Optional.empty())));
            assertThat(other.events())
                    .extracting(Event::what)
                    .noneMatch(what -> what instanceof Happening.RolledBackVersionDeployed);
        }
    }

    @Nested
    @DisplayName("ConfirmPipelineBatch")
    class ConfirmPipelineBatch {
        private final Story story = Story.of(4)
                .deploy(R2, FOUR.withStrategy(UpdateStrategy.manual(4)))
                .run();

        @Test
        void aWaitingBatchIsTheCurrentOne() {
            assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
            assertThat(story.last().progress().current()).isEqualTo(1);
        }

        @Test
        void onlyTheIdOfAWaitingBatchCanBeConfirmed() {
            BatchId done = story.last().progress().batches().get(0).id();
            BatchId later = story.last().progress().batches().get(2).id();
            assertThat(story.refuse(story.confirmed(done)).reason()).isEqualTo(Reason.BATCH_NOT_WAITING);
            assertThat(story.refuse(story.confirmed(later)).reason()).isEqualTo(Reason.BATCH_NOT_WAITING);
        }

        @Test
        void eachExactlyOnce() {
            BatchId waiting =
                    story.last().progress().currentBatch().orElseThrow().id();
            story.confirm();
            assertThat(story.refuse(story.confirmed(waiting)).reason()).isEqualTo(Reason.BATCH_NOT_WAITING);
            story.run();
            assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
            assertThat(story.refuse(story.confirmed(waiting)).reason()).isEqualTo(Reason.BATCH_NOT_WAITING);
        }

        @Test
        void aBatchThatWaitsForItsTimerCanBeConfirmedBeforeItIsDue() {
            Story timed = Story.of(4)
                    .deploy(R2, FOUR.withStrategy(UpdateStrategy.automatic(2, Duration.ofHours(1))))
                    .runUntil(Status.AWAITING_NEXT_BATCH);
            timed.confirm().run();
            assertThat(timed.last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(timed.now()).isBefore(Story.START.plus(Duration.ofHours(1)));
        }

        @Test
        void ifTheBatchBeforeNoLongerHoldsItIsRefusedAndTheOrderRunsOnThatBatchAgain() {
            BatchId waiting =
                    story.last().progress().currentBatch().orElseThrow().id();
            story.world.becomesUnready(entry(R2));
            Refusal refusal = story.refuse(story.confirmed(waiting));
            assertThat(refusal.reason()).isEqualTo(Reason.BATCH_NOT_WAITING);
            assertThat(refusal.order().orElseThrow().status()).isEqualTo(Status.RUNNING);
            assertThat(story.last().status()).isEqualTo(Status.RUNNING);
            assertThat(story.last().progress().current()).isZero();
            story.world.becomesReady();
            story.run();
            assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
            assertThat(story.confirm().last().status()).isEqualTo(Status.RUNNING);
        }
    }

    @Nested
    @DisplayName("maintenance")
    class InMaintenance {
        @Test
        void anAbortIsRefused() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().maintenance(true);
            assertThat(story.refuse(story.abortedAndRolledBack(story.last())).reason())
                    .isEqualTo(Reason.MAINTENANCE);
        }

        @Test
        void noForwardOrderStartsANewEffect() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).maintenance(true).run();
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
            assertThat(story.last().status()).isEqualTo(Status.PREPARING);
            assertThat(story.maintenance(false).run().composition()).isEqualTo(mix(2, 2, 0));
        }

        @Test
        void aRollbackGoesOn() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abortAndRollBack();
            assertThat(story.maintenance(true).run().last().status()).isEqualTo(Status.SUCCEEDED);
        }

        @Test
        void anAbortDuringMaintenanceIsAllowedToWhoSaysSo() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().maintenance(true);
            Aborting.Case refused = story.named(story.last());
            Aborting.Case during = new Aborting.Case(true, true, false, refused.order(), refused.rollback());
            story.accept(Aborting.abortAndRollBack(story.state(), during, story.assignment(), story.occasion()));
            assertThat(story.run().last().status()).isEqualTo(Status.SUCCEEDED);
            assertThat(story.composition()).isEqualTo(mix(4, 0, 0));
        }
    }

    @Nested
    @DisplayName("a rollback order")
    class ARollbackOrder {
        @Test
        void itHasOneBatchAndNeitherWaitsNorConfirmations() {
            Story story = Story.of(4)
                    .deploy(R2, FOUR.withStrategy(UpdateStrategy.manual(4)))
                    .run();
            story.abortAndRollBack().run();
            assertThat(story.last().progress().batches()).hasSize(1);
            assertThat(story.last().change().strategy()).isEqualTo(UpdateStrategy.SINGLE_BATCH);
        }

        @Test
        void itMayAlwaysHaveOneInstanceMore() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abortAndRollBack();
            assertThat(story.last().change().limits().ceiling()).isEqualTo(5);
        }

        @Test
        void itChangesNoInstanceThatAlreadyMatches() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
            List<InstanceId> matching = ids(story, R1);
            story.abortAndRollBack().run();
            assertThat(ids(story, R1)).containsAll(matching);
        }

        @Test
        void itGrowsTheFenceInTheSameCommit() {
            Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
            var before = story.application().fence();
            story.abortAndRollBack();
            assertThat(before.isOlderThan(story.application().fence())).isTrue();
            assertThat(story.last().fence()).isEqualTo(story.application().fence());
        }

        private List<InstanceId> ids(Story story, RevisionId revision) {
            return story.instances().stream()
                    .filter(one -> one.entry().revision().equals(revision))
                    .map(Instance::id)
                    .toList();
        }
    }

    private static List<InstanceId> ids(Story story) {
        return story.instances().stream().map(Instance::id).toList();
    }
}
