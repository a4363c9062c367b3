package io.changeorder.application.usecase.command;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.reasonOf;
import static io.changeorder.application.fixture.EngineWorld.refused;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.fake.Behaviour;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.app.UpdateStrategy.Release;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each verb does when it is accepted, and everything that it may say instead. */
class RefusalsTest {
    private static final ApplicationId NOWHERE = new ApplicationId("nowhere");

    private final Set<Operation> denied = EnumSet.noneOf(Operation.class);
    private final EngineWorld world =
            new EngineWorld(builder -> builder.authorizer(access -> !denied.contains(access.operation())));
    private final Caller alice = world.alice();
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    private ChangeOrder done(ChangeOrderId order) {
        return world.awaitStatus(order, Status.SUCCEEDED);
    }

    private ApplicationId neverDeployed() {
        return accepted(alice.create(new CreateApplication.Command("idle", "", v1, swift(2), false, "")))
                .application();
    }

    @Nested
    class Creating {
        @Test
        void opensAFirstOrder() {
            ChangeOrder order = done(
                    orderOf(alice.create(new CreateApplication.Command("hello", "dev", v1, swift(2), true, "first"))));
            assertThat(order.change().type()).isEqualTo(ChangeOrderType.CREATE);
            assertThat(order.change().description()).isEqualTo("first");
            assertThat(order.createdBy()).isEqualTo(EngineWorld.ALICE.actor());
            assertThat(world.application(order.application()).namespace()).isEqualTo("dev");
        }

        @Test
        void withoutDeployingOpensNone() {
            ApplicationId app = neverDeployed();
            assertThat(world.orders(app)).isEmpty();
            assertThat(world.application(app).settled()).isEqualTo(new Snapshot.NotDeployed());
            assertThat(world.store().listVersions(app)).hasSize(1);
            done(orderOf(alice.deploy(app, v1, settings -> settings)));
            assertThat(world.instances(app, v1)).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "1hello",
                    "-hello",
                    "hello world",
                    "h\u00e9llo",
                    "hello_world",
                    "a123456789012345678901234567890123456"
                })
        void refusesAName(String name) {
            Refusal refusal = refused(alice.create(name, v1, swift(2)));
            assertThat(refusal.reason()).isEqualTo(Reason.PARAMETER_UNUSABLE);
            assertThat(refusal.subject()).isEqualTo("AppName");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "Hello-2", "a12345678901234567890123456789012345"})
        void takesAName(String name) {
            assertThat(accepted(alice.create(name, v1, swift(1))).order()).isPresent();
        }

        @Test
        void refusesANameThatIsTakenInItsNamespaceOnly() {
            world.running("hello", v1, swift(1));
            Refusal refusal = refused(alice.create("hello", v1, swift(1)));
            assertThat(refusal.reason()).isEqualTo(Reason.APPLICATION_NAME_TAKEN);
            assertThat(refusal.subject()).isEqualTo("AppName");
            accepted(alice.create(new CreateApplication.Command("hello", "prod", v1, swift(1), true, "")));
        }

        @Test
        void refusesAStrategyThatDoesNotFit() {
            assertThat(reasonOf(alice.create("hello", v1, swift(2).withStrategy(UpdateStrategy.manual(3)))))
                    .isEqualTo(Reason.PARAMETER_INVALID);
            assertThat(reasonOf(alice.create(
                            "hello",
                            v1,
                            swift(4).withStrategy(UpdateStrategy.canary(3, 1, Release.MANUAL, Duration.ZERO)))))
                    .isEqualTo(Reason.PARAMETER_INVALID);
        }

        @Test
        void refusesAFloorThatLeavesNothingToReplace() {
            assertThat(reasonOf(alice.create("hello", v1, swift(2).withFloor(ReadyFloor.of(2)))))
                    .isEqualTo(Reason.FLOOR_NOT_BELOW_REPLICAS);
            assertThat(reasonOf(alice.create("hello", v1, swift(2).withFloor(ReadyFloor.ofPercent(100)))))
                    .isEqualTo(Reason.FLOOR_NOT_BELOW_REPLICAS);
        }

        @Test
        void refusesWhatTheRuntimeCanNotRunAndSaysWhy() {
            Revision image = Revision.fatJar(Artifact.at("file:///srv/missing.jar"));
            world.runtime().refuse("file:///srv/missing.jar", "PackageUrl", "there is no such file");
            Refusal refusal = refused(alice.create("hello", image, swift(1)));
            assertThat(refusal.reason()).isEqualTo(Reason.PARAMETER_UNUSABLE);
            assertThat(refusal.subject()).isEqualTo("PackageUrl");
            assertThat(refusal.detail()).isEqualTo("there is no such file");
        }

        @Test
        void refusesALabelThatIsTooLong() {
            assertThat(accepted(alice.create("one", v1.withVersionLabel("x".repeat(64)), swift(1)))
                            .order())
                    .isPresent();
            Refusal refusal = refused(alice.create("two", v1.withVersionLabel("x".repeat(65)), swift(1)));
            assertThat(refusal.reason()).isEqualTo(Reason.VERSION_LABEL_TOO_LONG);
            assertThat(refusal.subject()).isEqualTo("PackageVersion");
        }

        @Test
        void isNotForEverybody() {
            denied.add(Operation.CREATE_APPLICATION);
            assertThat(reasonOf(alice.create("", v1, swift(1)))).isEqualTo(Reason.NOT_PERMITTED);
        }
    }

    @Nested
    class Deploying {
        @Test
        void opensAnOrderToAnotherRevision() {
            ApplicationId app = world.running("hello", v1, swift(2));
            ChangeOrder order = done(orderOf(alice.deploy(app, v2, settings -> settings)));
            assertThat(order.change().type()).isEqualTo(ChangeOrderType.DEPLOY);
            assertThat(order.change().description()).isEqualTo("as ordered");
            assertThat(world.instances(app, v2)).hasSize(2);
            assertThat(world.store().listVersions(app)).hasSize(2);
        }

        @Test
        void refusesWhatThereIsNot() {
            assertThat(reasonOf(alice.deploy(NOWHERE, v1, settings -> settings)))
                    .isEqualTo(Reason.APPLICATION_NOT_FOUND);
        }

        @Test
        void refusesSettingsThatDoNotFit() {
            ApplicationId app = world.running("hello", v1, swift(2));
            assertThat(refused(alice.deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.manual(3))))
                            .subject())
                    .isEqualTo("UpdateStrategy");
            assertThat(reasonOf(alice.deploy(app, v2, settings -> settings.withFloor(ReadyFloor.of(2)))))
                    .isEqualTo(Reason.FLOOR_NOT_BELOW_REPLICAS);
        }

        @Test
        void refusesWhatTheRuntimeCanNotRun() {
            ApplicationId app = world.running("hello", v1, swift(2));
            world.runtime().refuse("file:///srv/3.jar", "PackageUrl", "there is no such file");
            assertThat(reasonOf(alice.deploy(app, aRevision("3"), settings -> settings)))
                    .isEqualTo(Reason.PARAMETER_UNUSABLE);
        }

        @Test
        void isNotForEverybody() {
            denied.add(Operation.DEPLOY_APPLICATION);
            assertThat(reasonOf(alice.deploy(NOWHERE, v1, settings -> settings)))
                    .isEqualTo(Reason.NOT_PERMITTED);
        }
    }

    @Nested
    class Rescaling {
        @Test
        void changesHowManyRunUpAndDown() {
            ApplicationId app = world.running("hello", v1, swift(2));
            Set<?> before = world.instances(app, v1);
            ChangeOrder order = done(orderOf(alice.rescale(app, 4)));
            assertThat(order.change().type()).isEqualTo(ChangeOrderType.RESCALE);
            assertThat(world.instances(app, v1)).hasSize(4);
            done(orderOf(alice.rescale(app, 2)));
            assertThat(world.instances(app, v1)).isEqualTo(before);
        }

        @Test
        void takesAFloorForThisOrderOnly() {
            ApplicationId app = world.running("hello", v1, swift(2));
            ChangeOrderId order = orderOf(alice.rescale(app, 4, Optional.of(ReadyFloor.of(1))));
            assertThat(world.order(order).change().limits().floor()).isEqualTo(1);
            done(order);
            assertThat(world.application(app).settled().settingsIfAny().map(Settings::floor))
                    .contains(ReadyFloor.DEFAULT);
        }

        @Test
        void refusesAFloorThatLeavesNothingToReplace() {
            ApplicationId app = world.running("hello", v1, swift(2));
            assertThat(reasonOf(alice.rescale(app, 4, Optional.of(ReadyFloor.of(4)))))
                    .isEqualTo(Reason.FLOOR_NOT_BELOW_REPLICAS);
        }

        @Test
        void refusesWhatThereIsNotOrWasNeverDeployed() {
            assertThat(reasonOf(alice.rescale(NOWHERE, 2))).isEqualTo(Reason.APPLICATION_NOT_FOUND);
            assertThat(reasonOf(alice.rescale(neverDeployed(), 2))).isEqualTo(Reason.APPLICATION_NOT_DEPLOYED);
        }

        @Test
        void isNotForEverybody() {
            denied.add(Operation.RESCALE_APPLICATION);
            assertThat(reasonOf(alice.rescale(NOWHERE, 2))).isEqualTo(Reason.NOT_PERMITTED);
        }
    }

    @Nested
    class Restarting {
        @Test
        void replacesEveryInstanceByOneOfTheSameRevision() {
            ApplicationId app = world.running("hello", v1, swift(2));
            Set<?> before = world.instances(app, v1);
            ChangeOrder order = done(orderOf(alice.restart(app, Optional.of(ReadyFloor.of(1)))));
            assertThat(order.change().type()).isEqualTo(ChangeOrderType.RESTART);
            assertThat(order.change().limits().floor()).isEqualTo(1);
            assertThat(world.instances(app, v1)).hasSize(2).noneMatch(before::contains);
            assertThat(world.application(app).generation()).isEqualTo(1);
        }

        @Test
        void refusesAFloorThatLeavesNothingToReplace() {
            ApplicationId app = world.running("hello", v1, swift(2));
            assertThat(reasonOf(alice.restart(app, Optional.of(ReadyFloor.of(2)))))
                    .isEqualTo(Reason.FLOOR_NOT_BELOW_REPLICAS);
        }

        @Test
        void refusesWhatDoesNotRun() {
            assertThat(reasonOf(alice.restart(NOWHERE))).isEqualTo(Reason.APPLICATION_NOT_FOUND);
            assertThat(reasonOf(alice.restart(neverDeployed()))).isEqualTo(Reason.APPLICATION_NOT_DEPLOYED);
            ApplicationId app = world.running("hello", v1, swift(2));
            done(orderOf(alice.stop(app)));
            assertThat(reasonOf(alice.restart(app))).isEqualTo(Reason.APPLICATION_STATUS);
        }

        @Test
        void isNotForEverybody() {
            denied.add(Operation.RESTART_APPLICATION);
            assertThat(reasonOf(alice.restart(NOWHERE))).isEqualTo(Reason.NOT_PERMITTED);
        }
    }

    @Nested
    class StoppingAndStarting {
        @Test
        void endsEveryInstanceAndBringsThemBack() {
            ApplicationId app = world.running("hello", v1, swift(2));
            ChangeOrder stop = done(orderOf(alice.stop(app)));
            assertThat(stop.change().type()).isEqualTo(ChangeOrderType.STOP);
            assertThat(world.runtime().observe(app).instances()).isEmpty();
            ChangeOrder start = done(orderOf(alice.start(app)));
            assertThat(start.change().type()).isEqualTo(ChangeOrderType.START);
            assertThat(world.instances(app, v1)).hasSize(2);
        }

        @Test
        void refusesWhatIsStoppedOrRunsAlready() {
            ApplicationId app = world.running("hello", v1, swift(2));
            assertThat(reasonOf(alice.start(app))).isEqualTo(Reason.APPLICATION_STATUS);
            done(orderOf(alice.stop(app)));
            assertThat(reasonOf(alice.stop(app))).isEqualTo(Reason.APPLICATION_STATUS);
        }

        @Test
        void refusesWhatThereIsNotOrWasNeverDeployed() {
            ApplicationId idle = neverDeployed();
            assertThat(reasonOf(alice.start(NOWHERE))).isEqualTo(Reason.APPLICATION_NOT_FOUND);
            assertThat(reasonOf(alice.stop(NOWHERE))).isEqualTo(Reason.APPLICATION_NOT_FOUND);
            assertThat(reasonOf(alice.start(idle))).isEqualTo(Reason.APPLICATION_NOT_DEPLOYED);
            assertThat(reasonOf(alice.stop(idle))).isEqualTo(Reason.APPLICATION_NOT_DEPLOYED);
        }

        @Test
        void endsWhatAnAbortedFirstDeploymentLeftBehind() {
            world.runtime().behave(v1, Behaviour.neverReady());
            var created = accepted(alice.create("hello", v1, swift(2)));
            ApplicationId app = created.application();
            world.awaitThat(() -> !world.runtime().observe(app).instances().isEmpty());
            accepted(alice.abort(created.order(), false));
            world.awaitRest(app);
            assertThat(world.runtime().observe(app).instances()).isNotEmpty();
            done(orderOf(alice.stop(app)));
            assertThat(world.runtime().observe(app).instances()).isEmpty();
            assertThat(world.application(app).settled()).isEqualTo(new Snapshot.NotDeployed());
        }

        @Test
        void endsWhatAnAbortedStartLeftBehind() {
            ApplicationId app = world.running("hello", v1, swift(2));
            done(orderOf(alice.stop(app)));
            world.runtime().behave(v1, Behaviour.neverReady());
            ChangeOrderId start = orderOf(alice.start(app));
            world.awaitThat(() -> !world.runtime().observe(app).instances().isEmpty());
            accepted(alice.abort(start));
            world.awaitRest(app);
            done(orderOf(alice.stop(app)));
            assertThat(world.runtime().observe(app).instances()).isEmpty();
            assertThat(world.application(app).settled()).isInstanceOf(Snapshot.Stopped.class);
        }

        @Test
        void isNotForEverybody() {
            denied.add(Operation.STOP_APPLICATION);
            denied.add(Operation.START_APPLICATION);
            assertThat(reasonOf(alice.stop(NOWHERE))).isEqualTo(Reason.NOT_PERMITTED);
            assertThat(reasonOf(alice.start(NOWHERE))).isEqualTo(Reason.NOT_PERMITTED);
        }
    }

    @Nested
    class Deleting {
        @Test
        void endsEveryInstance() {
            ApplicationId app = world.running("hello", v1, swift(2));
            ChangeOrder order = done(orderOf(alice.delete(app)));
            assertThat(order.change().type()).isEqualTo(ChangeOrderType.DELETE);
            assertThat(world.runtime().observe(app).instances()).isEmpty();
        }

        @Test
        void worksOnWhatWasNeverDeployed() {
            ApplicationId app = neverDeployed();
            assertThat(world.order(orderOf(alice.delete(app))).status()).isEqualTo(Status.SUCCEEDED);
            world.awaitRest(app);
        }

        @Test
        void refusesWhatThereIsNot() {
            assertThat(reasonOf(alice.delete(NOWHERE))).isEqualTo(Reason.APPLICATION_NOT_FOUND);
        }

        @Test
        void isNotForEverybody() {
            denied.add(Operation.DELETE_APPLICATION);
            assertThat(reasonOf(alice.delete(NOWHERE))).isEqualTo(Reason.NOT_PERMITTED);
        }
    }

    @Nested
    class RollingBack {
        @Test
        void takesAnotherStrategyAndFloorForAnotherVersion() {
            ApplicationId app = world.running("hello", v1, swift(4));
            done(orderOf(alice.deploy(app, v2, settings -> settings)));
            ChangeOrderId order = orderOf(
                    alice.rollBack(app, v1.id(), Optional.of(UpdateStrategy.manual(2)), Optional.of(ReadyFloor.of(3))));
            assertThat(world.order(order).change().limits().floor()).isEqualTo(3);
            world.awaitStatus(order, Status.AWAITING_CONFIRMATION);
            accepted(alice.confirm(world.batch(order), true));
            done(order);
            assertThat(world.instances(app, v1)).hasSize(4);
        }

        @Test
        void refusesSettingsThatDoNotFit() {
            ApplicationId app = world.running("hello", v1, swift(4));
            done(orderOf(alice.deploy(app, v2, settings -> settings)));
            assertThat(reasonOf(alice.rollBack(app, v1.id(), Optional.of(UpdateStrategy.manual(5)), Optional.empty())))
                    .isEqualTo(Reason.PARAMETER_INVALID);
            assertThat(reasonOf(alice.rollBack(app, v1.id(), Optional.empty(), Optional.of(ReadyFloor.of(4)))))
                    .isEqualTo(Reason.FLOOR_NOT_BELOW_REPLICAS);
        }

        @Test
        void startsWhatWasNeverDeployed() {
            ApplicationId app = neverDeployed();
            ChangeOrder order = done(orderOf(alice.rollBack(app, v1.id())));
            assertThat(order.change().type()).isEqualTo(ChangeOrderType.DEPLOY_HISTORY);
            assertThat(world.instances(app, v1)).hasSize(2);
        }

        @Test
        void refusesWhatThereIsNot() {
            RevisionId version = v1.id();
            assertThat(reasonOf(alice.rollBack(NOWHERE, version))).isEqualTo(Reason.APPLICATION_NOT_FOUND);
        }

        @Test
        void isNotForEverybody() {
            denied.add(Operation.ROLLBACK_APPLICATION);
            assertThat(reasonOf(alice.rollBack(NOWHERE, v1.id()))).isEqualTo(Reason.NOT_PERMITTED);
        }
    }

    @Nested
    class AbortingAnOrder {
        private final ChangeOrderId unknown = new ChangeOrderId("unknown");

        @Test
        void needsAnOrderBeforeAnythingElse() {
            denied.addAll(EnumSet.allOf(Operation.class));
            assertMissing(refused(alice.abortAndRollBack(Optional.empty())));
            assertMissing(refused(alice.abort(Optional.empty(), false)));
            assertMissing(refused(alice.abort(Optional.empty(), true)));
        }

        private void assertMissing(Refusal refusal) {
            assertThat(refusal.reason()).isEqualTo(Reason.PARAMETER_MISSING);
            assertThat(refusal.subject()).isEqualTo("ChangeOrderId");
        }

        @Test
        void asksForThePermissionBeforeAnythingIsRevealed() {
            denied.add(Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER);
            denied.add(Operation.ABORT_CHANGE_ORDER);
            accepted(alice.maintenance(Optional.of(Duration.ofHours(1))));
            assertThat(reasonOf(alice.abortAndRollBack(unknown))).isEqualTo(Reason.NOT_PERMITTED);
            assertThat(reasonOf(alice.abort(unknown))).isEqualTo(Reason.NOT_PERMITTED);
        }

        @Test
        void asksForThePermissionOfWhatTheParametersMakeOfIt() {
            denied.add(Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER);
            assertThat(reasonOf(alice.abort(Optional.of(unknown), true))).isEqualTo(Reason.NOT_PERMITTED);
            assertThat(reasonOf(alice.abort(unknown))).isEqualTo(Reason.ORDER_NOT_FOUND);
            denied.add(Operation.ABORT_CHANGE_ORDER);
            BatchId batch = new BatchId("none");
            assertThat(reasonOf(alice.confirm(batch, false))).isEqualTo(Reason.NOT_PERMITTED);
            assertThat(reasonOf(alice.confirm(batch, true))).isEqualTo(Reason.BATCH_NOT_FOUND);
        }

        @Test
        void refusesInMaintenanceBeforeItLooksForTheOrder() {
            accepted(alice.maintenance(Optional.of(Duration.ofHours(1))));
            assertThat(reasonOf(alice.abortAndRollBack(unknown))).isEqualTo(Reason.MAINTENANCE);
        }

        @Test
        void refusesWhatThereIsNot() {
            assertThat(reasonOf(alice.abortAndRollBack(unknown))).isEqualTo(Reason.ORDER_NOT_FOUND);
            assertThat(reasonOf(alice.abort(unknown))).isEqualTo(Reason.ORDER_NOT_FOUND);
            assertThat(reasonOf(alice.abort(Optional.of(unknown), true))).isEqualTo(Reason.ORDER_NOT_FOUND);
        }

        @Test
        void refusesWhatHasEndedAndSaysHow() {
            ApplicationId app = world.running("hello", v1, swift(2));
            ChangeOrderId order = world.application(app).lastOrder().orElseThrow();
            for (Refusal refusal : new Refusal[] {
                refused(alice.abortAndRollBack(order)),
                refused(alice.abort(order)),
                refused(alice.abort(Optional.of(order), true))
            }) {
                assertThat(refusal.reason()).isEqualTo(Reason.ORDER_IS_NOT_LIVE);
                assertThat(refusal.order().map(Refusal.OrderFacts::status)).contains(Status.SUCCEEDED);
            }
        }
    }

    @Nested
    class ConfirmingAndRetrying {
        @Test
        void refusesWhatThereIsNot() {
            Refusal refusal = refused(alice.confirm(new BatchId("unknown"), true));
            assertThat(refusal.reason()).isEqualTo(Reason.BATCH_NOT_FOUND);
            assertThat(refusal.subject()).isEqualTo("PipelineId");
            assertThat(reasonOf(alice.retry(new ChangeOrderId("unknown")))).isEqualTo(Reason.ORDER_NOT_FOUND);
        }

        @Test
        void refusesToRetryWhatHasEnded() {
            ApplicationId app = world.running("hello", v1, swift(2));
            ChangeOrderId order = world.application(app).lastOrder().orElseThrow();
            assertThat(reasonOf(alice.retry(order))).isEqualTo(Reason.ORDER_IS_NOT_LIVE);
        }

        @Test
        void refusesARetryWithAFloorThatLeavesNothingToReplace() {
            ApplicationId app = runningWithoutEnd();
            refusesAFloorOfAll(stuck(orderOf(alice.stop(app))));
        }

        @Test
        void refusesSuchAFloorOfADeletionToo() {
            ApplicationId app = runningWithoutEnd();
            refusesAFloorOfAll(stuck(orderOf(alice.delete(app))));
        }

        private ApplicationId runningWithoutEnd() {
            world.runtime().behave(v1, Behaviour.USUAL.ignoringStop());
            return world.running("hello", v1, swift(2));
        }

        private ChangeOrderId stuck(ChangeOrderId order) {
            ApplicationId app = world.order(order).application();
            world.awaitThat(
                    () -> world.runtime().observe(app).instances().stream().anyMatch(Instance::isStopping));
            world.clock().advance(Duration.ofMinutes(31));
            world.awaitAttention(order);
            return order;
        }

        private void refusesAFloorOfAll(ChangeOrderId order) {
            assertThat(reasonOf(alice.retry(order, Optional.of(ReadyFloor.of(2)), Optional.empty())))
                    .isEqualTo(Reason.FLOOR_NOT_BELOW_REPLICAS);
            accepted(alice.retry(order, Optional.of(ReadyFloor.of(1)), Optional.empty()));
        }

        @Test
        void isNotForEverybody() {
            denied.add(Operation.CONFIRM_PIPELINE_BATCH);
            denied.add(Operation.RETRY_CHANGE_ORDER);
            assertThat(reasonOf(alice.confirm(new BatchId("unknown"), true))).isEqualTo(Reason.NOT_PERMITTED);
            assertThat(reasonOf(alice.retry(new ChangeOrderId("unknown")))).isEqualTo(Reason.NOT_PERMITTED);
        }
    }
}
