package io.changeorder.application.usecase;

import static io.changeorder.application.fixture.EngineWorld.ALICE;
import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.reasonOf;
import static io.changeorder.application.fixture.EngineWorld.refused;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.api.query.DescribeBatch;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.api.query.ListApplicationVersions;
import io.changeorder.application.api.query.ListApplications;
import io.changeorder.application.api.query.ListChangeOrders;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.spi.Access;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the authorizer is asked, and what a caller learns who may touch only some of what there is. */
class AccessTest {
    private static final ApplicationId NOWHERE = new ApplicationId("nowhere");
    private static final ChangeOrderId NO_ORDER = new ChangeOrderId("no-order");
    private static final BatchId NO_BATCH = new BatchId("no-batch");

    private final List<Access> asked = new CopyOnWriteArrayList<>();
    private volatile Predicate<Access> allowed = access -> true;
    private final EngineWorld world = new EngineWorld(builder -> builder.authorizer(access -> {
        asked.add(access);
        return allowed.test(access);
    }));
    private final Caller alice = world.alice();
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    private static Access.Resource in(String namespace, ApplicationId id) {
        return new Access.Resource(namespace, id.value());
    }

    private ApplicationId running(String name, String namespace) {
        CreateApplication.Command command = new CreateApplication.Command(name, namespace, v1, swift(2), true, "");
        ChangeOrderId order = orderOf(alice.create(command));
        return world.awaitStatus(order, Status.SUCCEEDED).application();
    }

    /** Every verb that names an application, an order or a batch, with these. */
    private Map<Operation, Outcome<?>> everyAnswer(ApplicationId app, ChangeOrderId order, BatchId batch) {
        Map<Operation, Outcome<?>> answers = new EnumMap<>(Operation.class);
        answers.put(Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER, alice.abortAndRollBack(order));
        answers.put(Operation.ABORT_CHANGE_ORDER, alice.abort(order));
        answers.put(Operation.CONFIRM_PIPELINE_BATCH, alice.confirm(batch, true));
        answers.put(Operation.RETRY_CHANGE_ORDER, alice.retry(order));
        answers.put(Operation.DEPLOY_APPLICATION, alice.deploy(app, v2, settings -> settings));
        answers.put(Operation.ROLLBACK_APPLICATION, alice.rollBack(app, v1.id()));
        answers.put(Operation.RESCALE_APPLICATION, alice.rescale(app, 3));
        answers.put(Operation.RESTART_APPLICATION, alice.restart(app));
        answers.put(Operation.START_APPLICATION, alice.start(app));
        answers.put(Operation.STOP_APPLICATION, alice.stop(app));
        answers.put(Operation.DELETE_APPLICATION, alice.delete(app));
        answers.put(
                Operation.DESCRIBE_CHANGE_ORDER,
                world.queries().describeOrder().handle(ALICE, new DescribeChangeOrder.Query(order)));
        answers.put(
                Operation.DESCRIBE_PIPELINE,
                world.queries().describeBatch().handle(ALICE, new DescribeBatch.Query(batch)));
        answers.put(
                Operation.LIST_CHANGE_ORDERS,
                world.queries()
                        .listOrders()
                        .handle(ALICE, new ListChangeOrders.Query(app, Set.of(), Set.of(), "", true, 1, 10)));
        answers.put(
                Operation.LIST_APP_VERSIONS,
                world.queries().listVersions().handle(ALICE, new ListApplicationVersions.Query(app)));
        for (Operation operation : List.of(
                Operation.DESCRIBE_APPLICATION_STATUS,
                Operation.DESCRIBE_APPLICATION_CONFIG,
                Operation.DESCRIBE_APPLICATION_GROUPS,
                Operation.DESCRIBE_APPLICATION_INSTANCES)) {
            answers.put(
                    operation,
                    world.queries().describeApplication().handle(ALICE, new DescribeApplication.Query(app, operation)));
        }
        return answers;
    }

    @Test
    void whoMayTouchOneApplicationCanNotTellAnothersFromOneThatDoesNotExist() {
        ApplicationId own = running("own", "dev");
        ApplicationId others = running("others", "ops");
        ChangeOrderId order = world.halfDeployed(others, v2);
        BatchId batch = world.batch(order);
        allowed = access -> access.resource().equals(Optional.of(in("dev", own)));

        Map<Operation, Outcome<?>> ofOthers = everyAnswer(others, order, batch);
        Map<Operation, Outcome<?>> ofNobody = everyAnswer(NOWHERE, NO_ORDER, NO_BATCH);

        assertThat(ofOthers)
                .isEqualTo(ofNobody)
                .hasSize(19)
                .allSatisfy((operation, answer) ->
                        assertThat(answer).isEqualTo(Outcome.refused(Refusal.of(Reason.NOT_PERMITTED))));
        assertThat(world.order(order).isLive()).isTrue();
        assertThat(alice.rescale(own, 3)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void whoMayTouchEverythingIsToldWhatDoesNotExist() {
        assertThat(everyAnswer(NOWHERE, NO_ORDER, NO_BATCH).values())
                .extracting(answer -> refused(answer).reason())
                .containsOnly(Reason.APPLICATION_NOT_FOUND, Reason.ORDER_NOT_FOUND, Reason.BATCH_NOT_FOUND);
        assertThat(asked)
                .hasSize(19)
                .allSatisfy(access -> assertThat(access.resource()).isEmpty());
    }

    @Test
    void theApplicationOfAnOrderAndOfABatchIsWhatIsAskedAbout() {
        ApplicationId app = running("hello", "dev");
        ChangeOrderId order = world.halfDeployed(app, v2);
        BatchId batch = world.batch(order);
        asked.clear();

        everyAnswer(app, order, batch);

        assertThat(asked).hasSize(19).allSatisfy(access -> {
            assertThat(access.resource()).contains(in("dev", app));
            assertThat(access.actor()).isEqualTo(ALICE.actor());
        });
        assertThat(asked).extracting(Access::operation).doesNotHaveDuplicates();
    }

    @Test
    void whatIsDeletedIsAskedAboutAsWhatItWas() {
        ApplicationId app = running("hello", "dev");
        ChangeOrderId order = orderOf(alice.delete(app));
        world.awaitStatus(order, Status.SUCCEEDED);
        asked.clear();

        accepted(world.queries().describeOrder().handle(ALICE, new DescribeChangeOrder.Query(order)));
        assertThat(reasonOf(alice.rescale(app, 3))).isEqualTo(Reason.APPLICATION_NOT_FOUND);

        assertThat(asked)
                .hasSize(2)
                .allSatisfy(access -> assertThat(access.resource()).contains(in("dev", app)));
    }

    @Test
    void creatingAndListingAreAskedAboutByNamespace() {
        alice.create(new CreateApplication.Command("hello", "dev", v1, swift(1), false, ""));
        alice.create(new CreateApplication.Command("hello", "", v1, swift(1), false, ""));
        world.queries().listApplications().handle(ALICE, new ListApplications.Query("", "dev", 1, 10));
        world.queries().listApplications().handle(ALICE, new ListApplications.Query("", "", 1, 10));
        alice.maintenance(Optional.empty());
        world.queries().describeMaintenance().handle(ALICE);

        assertThat(asked)
                .extracting(Access::resource)
                .containsExactly(
                        Optional.of(new Access.Resource("dev", "*")),
                        Optional.of(new Access.Resource("", "*")),
                        Optional.of(new Access.Resource("dev", "*")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    @Test
    void aCommandIsAskedAboutAsWhatItAmountsToAsWell() {
        ApplicationId app = running("hello", "dev");
        ChangeOrderId order = world.halfDeployed(app, v2);
        asked.clear();

        accepted(alice.abort(Optional.of(order), true));

        assertThat(asked)
                .extracting(Access::operation)
                .containsExactly(Operation.ABORT_CHANGE_ORDER, Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER);
        assertThat(asked).allSatisfy(access -> assertThat(access.resource()).contains(in("dev", app)));
    }

    @Test
    void whereACallComesFromAndWhenItIsAskedIsTold() {
        Origin origin = new Origin("REQ-1", "trace-1", Optional.of(InetAddresses.forString("192.0.2.7")), true);
        Request request = ALICE.withOrigin(origin);
        ApplicationId app = running("hello", "dev");
        asked.clear();

        new Caller(world::commands, request).rescale(app, 3);
        world.queries()
                .describeApplication()
                .handle(request, new DescribeApplication.Query(app, Operation.DESCRIBE_APPLICATION_STATUS));

        assertThat(asked).hasSize(2).allSatisfy(access -> {
            assertThat(access.origin()).isEqualTo(origin);
            assertThat(access.at()).isEqualTo(world.clock().instant());
        });
    }

    @Test
    void permissionComesBeforeMaintenanceAndMaintenanceBeforeExistence() {
        ApplicationId app = running("hello", "dev");
        accepted(alice.maintenance(Optional.of(Duration.ofHours(1))));

        assertThat(reasonOf(alice.abortAndRollBack(NO_ORDER))).isEqualTo(Reason.MAINTENANCE);
        assertThat(reasonOf(alice.rescale(NOWHERE, 3))).isEqualTo(Reason.MAINTENANCE);
        allowed = access -> false;
        assertThat(reasonOf(alice.abortAndRollBack(NO_ORDER))).isEqualTo(Reason.NOT_PERMITTED);
        assertThat(reasonOf(alice.rescale(app, 3))).isEqualTo(Reason.NOT_PERMITTED);
    }

    @Test
    void aVersionOfWhatIsNotPermittedIsNotToldEither() {
        ApplicationId app = running("hello", "dev");
        allowed = access -> false;

        assertThat(alice.rollBack(app, new RevisionId("0".repeat(64)))).isEqualTo(alice.rollBack(app, v1.id()));
    }
}
