package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.impatient;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.reasonOf;
import static io.changeorder.application.fixture.EngineWorld.refused;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.api.query.ListApplicationVersions;
import io.changeorder.application.api.query.ListChangeOrders;
import io.changeorder.application.fake.Behaviour;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.Interceptor;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rows of the corner table (DESIGN.md, section 3) that are seen from outside, through the ports. */
class CornersOfTheApplicationTest {
    private final EngineWorld world = new EngineWorld();
    private final Caller alice = world.alice();
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));
    private final Revision v3 = world.pinned(aRevision("3"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    private Settings settledSettings(ApplicationId app) {
        return world.application(app).settled().settingsIfAny().orElseThrow();
    }

    private int effects() {
        return world.runtime().effects().size();
    }

    private Version version(ApplicationId app, Revision revision) {
        return world.store().findVersion(app, revision.id()).orElseThrow();
    }

    private ApplicationId stopped(String name) {
        ApplicationId app = world.running(name, v1, swift(2));
        world.awaitStatus(orderOf(alice.stop(app)), Status.SUCCEEDED);
        return app;
    }

    @Nested
    class IdInTheAnswer {
        @Test
        void isTheOrderThatWasNamedPlusTheRollbackThatWasOpened() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            Receipt receipt = accepted(alice.abortAndRollBack(order));
            assertThat(receipt.application()).isEqualTo(app);
            assertThat(receipt.order()).contains(order);
            ChangeOrderId rollback = receipt.rollback().orElseThrow();
            assertThat(receipt.batch()).isEmpty();
            assertThat(world.order(order).undoneBy()).contains(rollback);
            assertThat(world.order(rollback).undoes()).contains(order);
        }

        @Test
        void ofAnAbortWithRollbackIsTheSame() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            Receipt receipt = accepted(alice.abort(Optional.of(order), true));
            assertThat(receipt.order()).contains(order);
            assertThat(receipt.rollback())
                    .isEqualTo(world.order(order).undoneBy())
                    .isPresent();
        }

        @Test
        void ofAPlainAbortHasNoRollback() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            Receipt receipt = accepted(alice.abort(order));
            assertThat(receipt.order()).contains(order);
            assertThat(receipt.rollback()).isEmpty();
        }

        @Test
        void ofAConfirmationHasItsBatch() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            BatchId batch = world.batch(order);
            Receipt receipt = accepted(alice.confirm(batch, true));
            assertThat(receipt.batch()).contains(batch);
            assertThat(receipt.order()).contains(order);
        }
    }

    @Nested
    class WhatCountsAsRunning {
        @Test
        void isEveryLiveStatus() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId waiting = world.halfDeployed(app, v2);
            Refusal refusal = refused(alice.rescale(app, 2));
            assertThat(refusal.reason()).isEqualTo(Reason.ORDER_IS_RUNNING);
            assertThat(refusal.order().map(Refusal.OrderFacts::id)).contains(waiting);
            for (var command : Map.of(
                            "restart", alice.restart(app),
                            "stop", alice.stop(app),
                            "start", alice.start(app),
                            "delete", alice.delete(app),
                            "deploy", alice.deploy(app, v3, settings -> settings),
                            "roll back", alice.rollBack(app, v1.id()))
                    .entrySet()) {
                assertThat(reasonOf(command.getValue())).as(command.getKey()).isEqualTo(Reason.ORDER_IS_RUNNING);
            }
        }
    }

    @Nested
    class NeverTouched {
        @Test
        void isAbortedWithoutARollback() {
            ApplicationId app = world.running("hello", v1, swift(2));
            accepted(alice.maintenance(Optional.of(Duration.ofHours(1))));
            Caller operator = alice.evenDuringMaintenance();
            ChangeOrderId order = orderOf(operator.deploy(app, v2, settings -> settings));
            Receipt receipt = accepted(operator.abortAndRollBack(order));
            assertThat(receipt.rollback()).isEmpty();
            assertThat(world.order(order).status()).isEqualTo(Status.ABORTED);
            assertThat(version(app, v2).rolledBackBy()).isEmpty();
            world.awaitRest(app);
            assertThat(world.instances(app, v1)).hasSize(2);
        }
    }

    @Nested
    class FirstDeployment {
        @Test
        void isRolledBackToNotDeployedAndTheRecordStays() {
            world.runtime().behave(v1, Behaviour.neverReady());
            Receipt created = accepted(alice.create("hello", v1, swift(2)));
            ApplicationId app = created.application();
            world.awaitThat(() -> !world.runtime().observe(app).instances().isEmpty());
            Receipt receipt = accepted(alice.abortAndRollBack(created.order()));
            world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
            assertThat(world.runtime().observe(app).instances()).isEmpty();
            assertThat(world.application(app).settled()).isEqualTo(new Snapshot.NotDeployed());
            assertThat(reasonOf(alice.create("hello", v1, swift(2)))).isEqualTo(Reason.APPLICATION_NAME_TAKEN);
            assertThat(reasonOf(alice.start(app))).isEqualTo(Reason.APPLICATION_NOT_DEPLOYED);
            world.awaitStatus(orderOf(alice.deploy(app, v2, settings -> settings)), Status.SUCCEEDED);
            assertThat(world.instances(app, v2)).hasSize(2);
        }
    }

    @Nested
    class PlainAbort {
        @Test
        void leavesTheMixtureAndTheNextRollbackGoesToWhatIsSettled() {
            ApplicationId app = world.running("hello", v1, swift(4));
            accepted(alice.abort(world.halfDeployed(app, v2)));
            world.awaitRest(app);
            assertThat(world.instances(app, v1)).hasSize(2);
            assertThat(world.instances(app, v2)).hasSize(2);
            ChangeOrderId next = world.halfDeployed(app, v3);
            assertThat(world.order(next).change().before())
                    .isEqualTo(world.application(app).settled());
            Receipt receipt = accepted(alice.abortAndRollBack(next));
            world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
            assertThat(world.instances(app, v1)).hasSize(4);
            assertThat(world.world(app).total()).isEqualTo(4);
        }

        @Test
        void byRefusingAConfirmationIsTheSame() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            Receipt receipt = accepted(alice.confirm(world.batch(order), false));
            assertThat(receipt.rollback()).isEmpty();
            assertThat(world.order(order).status()).isEqualTo(Status.ABORTED);
            world.awaitRest(app);
            assertThat(world.instances(app, v1)).hasSize(2);
            assertThat(world.instances(app, v2)).hasSize(2);
        }
    }

    @Nested
    class WantingTheOldState {
        @Test
        void isRestoredAfterAFailure() {
            ApplicationId app = world.running("hello", v1, impatient(4));
            world.runtime().behave(v2, Behaviour.neverReady());
            ChangeOrderId failed = orderOf(alice.deploy(app, v2, settings -> settings.withReplicas(3)));
            world.awaitStatus(failed, Status.FAILED);
            Receipt receipt = accepted(alice.rollBack(app, v1.id()));
            ChangeOrder restored = world.awaitStatus(receipt.order().orElseThrow(), Status.SUCCEEDED);
            assertThat(restored.change().type()).isEqualTo(ChangeOrderType.ROLLBACK);
            assertThat(restored.undoes()).contains(failed);
            assertThat(restored.proof()).isPresent();
            assertThat(world.instances(app, v1)).hasSize(4);
            assertThat(settledSettings(app).replicas()).isEqualTo(4);
            assertThat(version(app, v2).rolledBackBy()).contains(restored.id());
        }

        @Test
        void isRestoredAfterAPlainAbort() {
            ApplicationId app = world.running("hello", v1, swift(4));
            accepted(alice.abort(world.halfDeployed(app, v2)));
            world.awaitRest(app);
            ChangeOrderId restoration = orderOf(alice.rollBack(app, v1.id()));
            world.awaitStatus(restoration, Status.SUCCEEDED);
            assertThat(world.instances(app, v1)).hasSize(4);
            assertThat(world.world(app).total()).isEqualTo(4);
        }

        @Test
        void isRefusedOnlyIfTheObservedApplicationEqualsItAlready() {
            ApplicationId app = world.running("hello", v1, swift(4));
            assertThat(reasonOf(alice.rollBack(app, v1.id()))).isEqualTo(Reason.NOTHING_TO_ROLL_BACK);
            InstanceId changed = world.instances(app, v1).iterator().next();
            world.runtime().change(app, changed, Difference.Kind.COMMAND_LINE, "another");
            ChangeOrderId restoration = orderOf(alice.rollBack(app, v1.id()));
            assertThat(world.order(restoration).undoes()).isEmpty();
            world.awaitAttention(restoration);
            accepted(alice.retry(restoration));
            world.awaitStatus(restoration, Status.SUCCEEDED);
            assertThat(reasonOf(alice.rollBack(app, v1.id()))).isEqualTo(Reason.NOTHING_TO_ROLL_BACK);
        }

        @Test
        void ofAStoppedApplicationIsStoppedAgain() {
            ApplicationId app = stopped("hello");
            world.runtime().behave(v1, Behaviour.neverReady());
            ChangeOrderId start = orderOf(alice.start(app));
            world.awaitThat(() -> !world.runtime().observe(app).instances().isEmpty());
            accepted(alice.abort(start));
            world.awaitRest(app);
            world.awaitStatus(orderOf(alice.rollBack(app, v1.id())), Status.SUCCEEDED);
            assertThat(world.runtime().observe(app).instances()).isEmpty();
        }

        @Test
        void ofAnotherVersionIsAnOrdinaryOrderWithThePresentReplicas() {
            ApplicationId app = world.running("hello", v1, swift(4));
            world.awaitStatus(
                    orderOf(alice.deploy(
                            app, v2, settings -> settings.withReplicas(2).withDescription("two"))),
                    Status.SUCCEEDED);
            world.awaitStatus(orderOf(alice.rescale(app, 3)), Status.SUCCEEDED);
            ChangeOrder order = world.awaitStatus(orderOf(alice.rollBack(app, v1.id())), Status.SUCCEEDED);
            assertThat(order.change().type()).isEqualTo(ChangeOrderType.DEPLOY_HISTORY);
            assertThat(order.isRollback()).isFalse();
            assertThat(world.instances(app, v1)).hasSize(3);
            assertThat(settledSettings(app).description()).isEmpty();
        }

        @Test
        void ofAnUnknownVersionIsRefused() {
            ApplicationId app = world.running("hello", v1, swift(4));
            assertThat(reasonOf(alice.rollBack(app, v2.id()))).isEqualTo(Reason.VERSION_NOT_FOUND);
        }
    }

    @Nested
    class RepeatedCall {
        @Test
        void onAnOrderThatItEndedItselfIsToldSo() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            Receipt first = accepted(alice.abortAndRollBack(order));
            world.awaitStatus(first.rollback().orElseThrow(), Status.SUCCEEDED);
            Refusal again = refused(alice.abortAndRollBack(order));
            assertThat(again.reason()).isEqualTo(Reason.ORDER_IS_NOT_LIVE);
            Refusal.OrderFacts facts = again.order().orElseThrow();
            assertThat(facts.status()).isEqualTo(Status.ABORTED);
            assertThat(facts.rollback()).isEqualTo(first.rollback());
            assertThat(facts.ending().orElseThrow().by()).isEqualTo(EngineWorld.ALICE.actor());
        }

        @Test
        void neverCancelsAHealthyRollback() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            world.runtime().setRaisesHeld(true);
            ChangeOrderId rollback =
                    accepted(alice.abortAndRollBack(order)).rollback().orElseThrow();
            for (ChangeOrderId named : Set.of(order, rollback)) {
                assertThat(reasonOf(alice.abortAndRollBack(named))).isEqualTo(Reason.ORDER_IS_RUNNING);
                assertThat(reasonOf(alice.abort(named))).isEqualTo(Reason.ORDER_IS_RUNNING);
                assertThat(reasonOf(alice.abort(Optional.of(named), true))).isEqualTo(Reason.ORDER_IS_RUNNING);
            }
            world.runtime().setRaisesHeld(false);
            world.awaitStatus(rollback, Status.SUCCEEDED);
        }

        @Test
        void onARollbackThatNeedsAPersonMeansRetryWhicheverOfTheTwoIsNamed() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            world.runtime().addRogue(app);
            ChangeOrderId rollback =
                    accepted(alice.abortAndRollBack(order)).rollback().orElseThrow();
            world.awaitAttention(rollback);
            assertThat(reasonOf(alice.abort(Optional.of(rollback), true))).isEqualTo(Reason.ORDER_IS_RUNNING);
            Receipt retried = accepted(alice.abortAndRollBack(order));
            assertThat(retried.order()).contains(order);
            assertThat(retried.rollback()).contains(rollback);
            world.awaitStatus(rollback, Status.SUCCEEDED);
            assertThat(reasonOf(alice.abortAndRollBack(rollback))).isEqualTo(Reason.ORDER_IS_NOT_LIVE);
        }

        @Test
        void onARollbackItselfThatNeedsAPersonMeansRetry() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            world.runtime().addRogue(app);
            ChangeOrderId rollback =
                    accepted(alice.abortAndRollBack(order)).rollback().orElseThrow();
            world.awaitAttention(rollback);
            assertThat(accepted(alice.abortAndRollBack(rollback)).order()).contains(rollback);
            world.awaitStatus(rollback, Status.SUCCEEDED);
        }
    }

    @Nested
    class GivingUpARollback {
        @Test
        void needsAttentionAndLeavesTheMixture() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            world.runtime().addRogue(app);
            ChangeOrderId rollback =
                    accepted(alice.abortAndRollBack(order)).rollback().orElseThrow();
            world.awaitAttention(rollback);
            Snapshot settled = world.application(app).settled();
            accepted(alice.abort(rollback));
            assertThat(world.order(rollback).status()).isEqualTo(Status.ABORTED);
            assertThat(world.order(rollback).undoneBy()).isEmpty();
            assertThat(world.application(app).settled()).isEqualTo(settled);
            world.awaitRest(app);
            world.awaitStatus(orderOf(alice.deploy(app, v3, settings -> settings)), Status.SUCCEEDED);
        }
    }

    @Nested
    class DeployOfWhatIsSettled {
        @Test
        void succeedsAtOnceAndTouchesNothing() {
            ApplicationId app = world.running("hello", v1, swift(2));
            int before = effects();
            ChangeOrderId order = orderOf(alice.deploy(app, v1, settings -> settings));
            assertThat(world.order(order).status()).isEqualTo(Status.SUCCEEDED);
            assertThat(world.application(app).touched()).isFalse();
            assertThat(effects()).isEqualTo(before);
        }

        @Test
        void withOtherSettingsIsAnOrder() {
            ApplicationId app = world.running("hello", v1, swift(2));
            ChangeOrderId order = orderOf(alice.deploy(app, v1, settings -> settings.withReplicas(3)));
            world.awaitStatus(order, Status.SUCCEEDED);
            assertThat(world.instances(app, v1)).hasSize(3);
        }

        @Test
        void afterAnAbortClearsTheMixture() {
            ApplicationId app = world.running("hello", v1, swift(4));
            accepted(alice.abort(world.halfDeployed(app, v2)));
            world.awaitStatus(orderOf(alice.deploy(app, v1, settings -> settings)), Status.SUCCEEDED);
            assertThat(world.instances(app, v1)).hasSize(4);
            assertThat(world.world(app).total()).isEqualTo(4);
        }

        @Test
        void whileARestartIsTheVerbForANewRoll() {
            ApplicationId app = world.running("hello", v1, swift(2));
            Set<InstanceId> before = world.instances(app, v1);
            world.awaitStatus(orderOf(alice.restart(app)), Status.SUCCEEDED);
            assertThat(world.instances(app, v1)).hasSize(2).doesNotContainAnyElementsOf(before);
        }
    }

    @Nested
    class StoppedApplication {
        @Test
        void isRescaledInItsSettingsOnly() {
            ApplicationId app = stopped("hello");
            int before = effects();
            ChangeOrderId order = orderOf(alice.rescale(app, 3));
            assertThat(world.order(order).status()).isEqualTo(Status.SUCCEEDED);
            assertThat(effects()).isEqualTo(before);
            assertThat(settledSettings(app).replicas()).isEqualTo(3);
            world.awaitStatus(orderOf(alice.start(app)), Status.SUCCEEDED);
            assertThat(world.instances(app, v1)).hasSize(3);
        }

        @Test
        void isDeployedInItsSettingsOnlyWhenToldNotToStart() {
            ApplicationId app = stopped("hello");
            int before = effects();
            ChangeOrderId order = orderOf(alice.deploy(app, v2, settings -> settings.withReplicas(3), false, false));
            assertThat(world.order(order).status()).isEqualTo(Status.SUCCEEDED);
            assertThat(effects()).isEqualTo(before);
            assertThat(world.application(app).settled()).isInstanceOf(Snapshot.Stopped.class);
            world.awaitStatus(orderOf(alice.start(app)), Status.SUCCEEDED);
            assertThat(world.instances(app, v2)).hasSize(3);
        }

        @Test
        void isStartedByAPlainDeployment() {
            ApplicationId app = stopped("hello");
            world.awaitStatus(orderOf(alice.deploy(app, v2, settings -> settings)), Status.SUCCEEDED);
            assertThat(world.instances(app, v2)).hasSize(2);
        }

        @Test
        void keepsItsReplicaCount() {
            ApplicationId app = stopped("hello");
            assertThat(settledSettings(app).replicas()).isEqualTo(2);
        }

        @Test
        void isNotWhatADeploymentThatDoesNotStartIsFor() {
            ApplicationId app = world.running("hello", v1, swift(2));
            assertThat(reasonOf(alice.deploy(app, v2, settings -> settings, false, false)))
                    .isEqualTo(Reason.PARAMETER_UNUSABLE);
        }
    }

    @Nested
    class Replicas {
        @Test
        void areNeverZeroOrAboveTheMaximum() {
            ApplicationId app = world.running("hello", v1, swift(2));
            int most = EngineOptions.DEFAULT.maxReplicas();
            assertThat(reasonOf(alice.rescale(app, 0))).isEqualTo(Reason.PARAMETER_UNUSABLE);
            assertThat(reasonOf(alice.rescale(app, -1))).isEqualTo(Reason.PARAMETER_UNUSABLE);
            assertThat(refused(alice.rescale(app, most + 1)).subject()).isEqualTo("Replicas");
            assertThat(reasonOf(alice.deploy(app, v1, settings -> settings.withReplicas(most + 1))))
                    .isEqualTo(Reason.PARAMETER_UNUSABLE);
            assertThat(reasonOf(alice.create("other", v1, swift(most + 1)))).isEqualTo(Reason.PARAMETER_UNUSABLE);
            assertThat(world.orders(app)).hasSize(1);
        }

        @Test
        void haveAMaximumThatAHostCanSet() {
            try (EngineWorld small =
                    new EngineWorld(builder -> builder.options(EngineOptions.DEFAULT.withMaxReplicas(3)))) {
                ApplicationId app = small.running("hello", v1, swift(3));
                assertThat(refused(small.alice().rescale(app, 4)).detail()).contains("3");
                small.awaitStatus(orderOf(small.alice().rescale(app, 1)), Status.SUCCEEDED);
            }
        }
    }

    @Nested
    class Delete {
        @Test
        void endsWithTheRuntimeLettingGo() {
            ApplicationId app = world.running("hello", v1, swift(2));
            AtomicBoolean released = new AtomicBoolean();
            world.succeed(new Interceptor() {
                @Override
                public <T> T around(Call call, Supplier<T> proceed) {
                    T answer = proceed.get();
                    if (call == Call.RELEASE) {
                        released.set(true);
                    }
                    return answer;
                }
            });
            accepted(alice.delete(app));
            world.awaitThat(released::get);
            world.awaitRest(app);
        }

        @Test
        void leavesATombstone() {
            ApplicationId app = world.running("hello", v1, swift(2));
            ChangeOrderId order = orderOf(alice.delete(app));
            world.awaitStatus(order, Status.SUCCEEDED);
            world.awaitRest(app);
            assertThat(world.runtime().observe(app).instances()).isEmpty();
            assertThat(accepted(world.queries()
                                    .describeOrder()
                                    .handle(EngineWorld.ALICE, new DescribeChangeOrder.Query(order)))
                            .order()
                            .status())
                    .isEqualTo(Status.SUCCEEDED);
            assertThat(reasonOf(world.queries()
                            .describeApplication()
                            .handle(
                                    EngineWorld.ALICE,
                                    new DescribeApplication.Query(app, Operation.DESCRIBE_APPLICATION_STATUS))))
                    .isEqualTo(Reason.APPLICATION_NOT_FOUND);
            assertThat(reasonOf(world.queries()
                            .listOrders()
                            .handle(
                                    EngineWorld.ALICE,
                                    new ListChangeOrders.Query(app, Set.of(), Set.of(), "", false, 1, 10))))
                    .isEqualTo(Reason.APPLICATION_NOT_FOUND);
            assertThat(reasonOf(world.queries()
                            .listVersions()
                            .handle(EngineWorld.ALICE, new ListApplicationVersions.Query(app))))
                    .isEqualTo(Reason.APPLICATION_NOT_FOUND);
            assertThat(reasonOf(alice.rescale(app, 3))).isEqualTo(Reason.APPLICATION_NOT_FOUND);
            assertThat(reasonOf(alice.delete(app))).isEqualTo(Reason.APPLICATION_NOT_FOUND);
            assertThat(world.running("hello", v1, swift(1))).isNotEqualTo(app);
        }

        @Test
        void ofWhatRunsNothingIsDoneAtOnce() {
            ApplicationId app = stopped("hello");
            ChangeOrderId order = orderOf(alice.delete(app));
            assertThat(world.order(order).status()).isEqualTo(Status.SUCCEEDED);
            world.awaitRest(app);
            assertThat(world.application(app).isDeleted()).isTrue();
        }

        @Test
        void abortedBeforeItsEndIsRolledBackLikeAStop() {
            world.runtime().behave(v1, Behaviour.USUAL.stoppingFor(Duration.ofMinutes(5)));
            ApplicationId app = world.running("hello", v1, swift(2));
            ChangeOrderId order = orderOf(alice.delete(app));
            world.awaitThat(
                    () -> world.runtime().observe(app).instances().stream().anyMatch(Instance::isStopping));
            Receipt receipt = accepted(alice.abortAndRollBack(order));
            world.awaitOrder(receipt.rollback().orElseThrow(), rollback -> !rollback.isLive());
            assertThat(world.application(app).isDeleted()).isFalse();
            assertThat(world.instances(app, v1)).hasSize(2);
            assertThat(reasonOf(alice.create("hello", v1, swift(1)))).isEqualTo(Reason.APPLICATION_NAME_TAKEN);
        }
    }

    @Nested
    class PackageVersionAgain {
        private final Revision same =
                Revision.fatJar(Artifact.at("file:///srv/1.jar")).withVersionLabel("1");

        @Test
        void withTheSameArtifactIsAllowed() {
            ApplicationId app = world.running("hello", v1, swift(2));
            Revision other = same.withEnvironment(Map.of("LANG", "C"));
            world.awaitStatus(orderOf(alice.deploy(app, other, settings -> settings)), Status.SUCCEEDED);
        }

        @Test
        void withAnotherIsRefused() {
            ApplicationId app = world.running("hello", v1, swift(2));
            Revision other =
                    Revision.fatJar(Artifact.at("file:///srv/other.jar")).withVersionLabel("1");
            Refusal refusal = refused(alice.deploy(app, other, settings -> settings));
            assertThat(refusal.reason()).isEqualTo(Reason.VERSION_LABEL_TAKEN);
            assertThat(refusal.subject()).isEqualTo("PackageVersion");
        }

        @Test
        void ofAnotherApplicationIsNobodysConcern() {
            world.running("hello", v1, swift(2));
            Revision other =
                    Revision.fatJar(Artifact.at("file:///srv/other.jar")).withVersionLabel("1");
            assertThat(world.running("other", world.pinned(other), swift(1))).isNotNull();
        }

        @Test
        void withoutALabelNeverCollides() {
            ApplicationId app = world.running("hello", v1.withVersionLabel(""), swift(2));
            world.awaitStatus(
                    orderOf(alice.deploy(app, v2.withVersionLabel(""), settings -> settings)), Status.SUCCEEDED);
        }
    }

    @Nested
    class VersionThatAPersonHadRolledBack {
        private ApplicationId rolledBack(EngineWorld where) {
            ApplicationId app = where.running("hello", v1, swift(4));
            Receipt receipt = accepted(where.alice().abortAndRollBack(where.halfDeployed(app, v2)));
            where.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
            return app;
        }

        @Test
        void isMarked() {
            ApplicationId app = rolledBack(world);
            ChangeOrderId rollback = world.application(app).lastOrder().orElseThrow();
            assertThat(version(app, v2).rolledBackBy()).contains(rollback);
            assertThat(accepted(world.queries()
                                    .listVersions()
                                    .handle(EngineWorld.ALICE, new ListApplicationVersions.Query(app)))
                            .stream()
                            .filter(version -> version.rolledBackBy().isPresent())
                            .map(Version::id))
                    .containsExactly(v2.id());
        }

        @Test
        void isDeployedAgainAndThatIsRecorded() {
            ApplicationId app = rolledBack(world);
            ChangeOrderId order = orderOf(alice.deploy(app, v2, settings -> settings));
            world.awaitStatus(order, Status.SUCCEEDED);
            assertThat(world.store().history(app, 1, Integer.MAX_VALUE))
                    .extracting(event -> event.what())
                    .contains(new Happening.RolledBackVersionDeployed(v2.id(), order));
            assertThat(version(app, v2).rolledBackBy()).isPresent();
        }

        @Test
        void isRefusedWhereTheHostSaysSoUnlessItIsForced() {
            try (EngineWorld strict = new EngineWorld(
                    builder -> builder.options(EngineOptions.DEFAULT.withRefuseRolledBackVersions(true)))) {
                ApplicationId app = rolledBack(strict);
                ChangeOrderId rollback = strict.application(app).lastOrder().orElseThrow();
                Refusal refusal = refused(strict.alice().deploy(app, v2, settings -> settings));
                assertThat(refusal.reason()).isEqualTo(Reason.VERSION_WAS_ROLLED_BACK);
                assertThat(refusal.detail()).isEqualTo(rollback.value());
                ChangeOrderId forced = orderOf(strict.alice().deploy(app, v2, settings -> settings, true, true));
                strict.awaitStatus(forced, Status.SUCCEEDED);
            }
        }

        @Test
        void isNotTheOneThatStays() {
            ApplicationId app = world.running("hello", v1, swift(4));
            world.runtime().behave(v1, Behaviour.neverReady());
            ChangeOrderId order = orderOf(alice.restart(app));
            world.awaitThat(() -> world.application(app).touched());
            Receipt receipt = accepted(alice.abortAndRollBack(order));
            assertThat(receipt.rollback()).isPresent();
            assertThat(version(app, v1).rolledBackBy()).isEmpty();
        }
    }

    @Nested
    class ConfirmPipelineBatch {
        @Test
        void startsAWaitingBatchOnce() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            BatchId batch = world.batch(order);
            accepted(alice.confirm(batch, true));
            assertThat(reasonOf(alice.confirm(batch, true))).isEqualTo(Reason.BATCH_NOT_WAITING);
            assertThat(reasonOf(alice.confirm(batch, false))).isEqualTo(Reason.BATCH_NOT_WAITING);
            world.awaitStatus(order, Status.SUCCEEDED);
            assertThat(reasonOf(alice.confirm(batch, true))).isEqualTo(Reason.BATCH_NOT_WAITING);
        }

        @Test
        void isForTheCurrentBatchOnly() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            BatchId first = world.order(order).progress().batches().get(0).id();
            assertThat(reasonOf(alice.confirm(first, true))).isEqualTo(Reason.BATCH_NOT_WAITING);
            assertThat(reasonOf(alice.confirm(new BatchId("unknown"), true))).isEqualTo(Reason.BATCH_NOT_FOUND);
        }

        @Test
        void hastensABatchThatATimerWouldStart() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = orderOf(alice.deploy(
                    app, v2, settings -> settings.withStrategy(UpdateStrategy.automatic(2, Duration.ofDays(1)))));
            world.awaitStatus(order, Status.AWAITING_NEXT_BATCH);
            accepted(alice.confirm(world.batch(order), true));
            world.awaitStatus(order, Status.SUCCEEDED);
        }

        @Test
        void looksFirstAndRunsTheBatchBeforeAgainWhenThatHoldsNoMore() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            BatchId batch = world.batch(order);
            InstanceId unwell = world.instances(app, v2).iterator().next();
            world.runtime().setUnready(app, unwell, true);
            Refusal refusal = refused(alice.confirm(batch, true));
            assertThat(refusal.reason()).isEqualTo(Reason.BATCH_NOT_WAITING);
            assertThat(refusal.order().map(Refusal.OrderFacts::status)).contains(Status.RUNNING);
            ChangeOrder again = world.awaitStatus(order, Status.RUNNING);
            assertThat(again.progress().current()).isZero();
            world.runtime().setUnready(app, unwell, false);
            world.awaitStatus(order, Status.AWAITING_CONFIRMATION);
            accepted(alice.confirm(batch, true));
            world.awaitStatus(order, Status.SUCCEEDED);
        }
    }

    @Nested
    class MaintenanceOfTheEngine {
        private final Caller operator = alice.evenDuringMaintenance();

        @Test
        void refusesEveryCommand() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            accepted(alice.maintenance(Optional.of(Duration.ofHours(1))));
            assertThat(reasonOf(alice.abortAndRollBack(order))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.abort(order))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.confirm(world.batch(order), true))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.retry(order))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.create("other", v1, swift(1)))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.deploy(app, v1, settings -> settings))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.rollBack(app, v1.id()))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.rescale(app, 3))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.restart(app))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.start(app))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.stop(app))).isEqualTo(Reason.MAINTENANCE);
            assertThat(reasonOf(alice.delete(app))).isEqualTo(Reason.MAINTENANCE);
            assertThat(accepted(world.queries().describeMaintenance().handle(EngineWorld.ALICE))
                            .isOn(world.clock().instant()))
                    .isTrue();
        }

        @Test
        void freezesForwardOrdersUntilItIsSwitchedOff() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            accepted(alice.maintenance(Optional.of(Duration.ofHours(10))));
            accepted(operator.confirm(world.batch(order), true));
            world.awaitOrder(order, ChangeOrder::isFrozen);
            int before = effects();
            world.clock().advance(Duration.ofHours(5));
            world.wakeAll();
            assertThat(effects()).isEqualTo(before);
            accepted(alice.maintenance(Optional.empty()));
            ChangeOrder done = world.awaitStatus(order, Status.SUCCEEDED);
            assertThat(done.attention()).isEmpty();
        }

        @Test
        void endsByItself() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            accepted(alice.maintenance(Optional.of(Duration.ofHours(1))));
            world.clock().advance(Duration.ofMinutes(59));
            assertThat(reasonOf(alice.confirm(world.batch(order), true))).isEqualTo(Reason.MAINTENANCE);
            world.clock().advance(Duration.ofMinutes(1));
            accepted(alice.confirm(world.batch(order), true));
            world.awaitStatus(order, Status.SUCCEEDED);
        }

        @Test
        void letsAnAbortOfTheOperatorAndItsRollbackGoOn() {
            ApplicationId app = world.running("hello", v1, swift(4));
            ChangeOrderId order = world.halfDeployed(app, v2);
            accepted(alice.maintenance(Optional.of(Duration.ofHours(1))));
            Receipt receipt = accepted(operator.abortAndRollBack(order));
            world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
            assertThat(world.instances(app, v1)).hasSize(4);
        }

        @Test
        void isSwitchedByWhoMay() {
            try (EngineWorld guarded = new EngineWorld(
                    builder -> builder.authorizer(access -> access.operation() != Operation.SET_MAINTENANCE))) {
                assertThat(reasonOf(guarded.alice().maintenance(Optional.of(Duration.ofHours(1)))))
                        .isEqualTo(Reason.NOT_PERMITTED);
                assertThat(guarded.store().maintenance().isOn(guarded.clock().instant()))
                        .isFalse();
            }
        }
    }

    @Nested
    class RestartThatIsRolledBack {
        @Test
        void keepsWhatWasRestartedAndCompletesWhatIsMissing() {
            ApplicationId app = world.running("hello", v1, swift(4));
            world.runtime().behave(v1, Behaviour.readyAfter(Duration.ofMinutes(1)));
            ChangeOrderId order = orderOf(alice.restart(app));
            world.awaitThat(() -> world.world(app).counts().size() == 2);
            Receipt receipt = accepted(alice.abortAndRollBack(order));
            world.awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
            assertThat(world.instances(app, v1)).hasSize(4);
            Application after = world.application(app);
            assertThat(after.generation()).isEqualTo(1);
        }
    }
}
