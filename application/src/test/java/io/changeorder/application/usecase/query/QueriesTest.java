package io.changeorder.application.usecase.query;

import static io.changeorder.application.fixture.EngineWorld.ALICE;
import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.reasonOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.api.query.DescribeBatch;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.api.query.ListApplicationVersions;
import io.changeorder.application.api.query.ListApplications;
import io.changeorder.application.api.query.ListChangeOrders;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.api.query.Views.ApplicationView;
import io.changeorder.application.api.query.Views.BatchView;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the queries tell, and to whom. */
class QueriesTest {
    private static final Operation STATUS = Operation.DESCRIBE_APPLICATION_STATUS;

    private final Set<Operation> denied = EnumSet.noneOf(Operation.class);
    private final EngineWorld world =
            new EngineWorld(builder -> builder.authorizer(access -> !denied.contains(access.operation())));
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    private ApplicationView described(ApplicationId app) {
        return accepted(
                world.queries().describeApplication().handle(ALICE, new DescribeApplication.Query(app, STATUS)));
    }

    private BatchView batch(BatchId id) {
        return accepted(world.queries().describeBatch().handle(ALICE, new DescribeBatch.Query(id)));
    }

    private Page<ChangeOrder> orders(ListChangeOrders.Query query) {
        return accepted(world.queries().listOrders().handle(ALICE, query));
    }

    private static ListChangeOrders.Query everyOrder(ApplicationId app, int page, int pageSize) {
        return new ListChangeOrders.Query(app, Set.of(), Set.of(), "", true, page, pageSize);
    }

    @Test
    void anApplicationIsToldWithItsInstancesAndLastOrder() {
        ApplicationId app = world.running("hello", v1, swift(2));
        world.runtime().setUnready(app, world.instances(app, v1).iterator().next(), true);
        ApplicationView view = described(app);
        assertThat(view.application()).isEqualTo(world.application(app));
        assertThat(view.version().map(Version::revision)).contains(v1);
        assertThat(view.lastOrder().map(ChangeOrder::id))
                .isEqualTo(world.application(app).lastOrder());
        assertThat(view.observed()).isTrue();
        assertThat(view.instances()).hasSize(2);
        assertThat(view.ready()).isEqualTo(1);
    }

    @Test
    void anApplicationIsToldAsWellWhenItsInstancesCanNotBeSeen() {
        ApplicationId app = world.running("hello", v1, swift(2));
        world.runtime().setUnreachable(true);
        ApplicationView view = described(app);
        assertThat(view.observed()).isFalse();
        assertThat(view.instances()).isEmpty();
        assertThat(view.ready()).isZero();
    }

    @Test
    void anApplicationIsToldWithTheSettingsThatAreSettled() {
        ApplicationId app = world.running("hello", v1, swift(2));
        world.awaitStatus(orderOf(world.alice().rescale(app, 3)), Status.SUCCEEDED);
        assertThat(described(app).version().orElseThrow().settings().replicas()).isEqualTo(3);
    }

    @Test
    void anOrderIsToldWithItsApplication() {
        ApplicationId app = world.running("hello", v1, swift(2));
        ChangeOrderId order = world.application(app).lastOrder().orElseThrow();
        var view = accepted(world.queries().describeOrder().handle(ALICE, new DescribeChangeOrder.Query(order)));
        assertThat(view.order()).isEqualTo(world.order(order));
        assertThat(view.application()).isEqualTo(world.application(app));
    }

    @Test
    void aBatchTellsItsInstancesAsTheyWereWhenItEnded() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        List<BatchId> batches =
                world.order(order).progress().batches().stream().map(Batch::id).toList();
        BatchView first = batch(batches.get(0));
        assertThat(first.index()).isZero();
        assertThat(first.order().id()).isEqualTo(order);
        assertThat(first.instances()).hasSize(4);
        world.runtime().kill(app, world.instances(app, v2).iterator().next());
        assertThat(batch(batches.get(0)).instances()).isEqualTo(first.instances());
        BatchView second = batch(batches.get(1));
        assertThat(second.index()).isEqualTo(1);
        assertThat(second.batch().id()).isEqualTo(batches.get(1));
        assertThat(second.instances()).isEmpty();
    }

    @Test
    void aRunningBatchTellsItsInstancesAsTheyAre() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        accepted(world.alice().maintenance(Optional.of(Duration.ofHours(1))));
        accepted(world.alice().evenDuringMaintenance().confirm(world.batch(order), true));
        world.awaitOrder(order, ChangeOrder::isFrozen);
        BatchView running = batch(world.batch(order));
        assertThat(running.instances())
                .extracting(Instance::entry)
                .allMatch(entry -> entry.revision().equals(v2.id()))
                .hasSize(2);
    }

    @Test
    void ordersAreListedPageByPage() {
        ApplicationId app = world.running("hello", v1, swift(2));
        for (int replicas = 3; replicas < 6; replicas++) {
            world.awaitStatus(orderOf(world.alice().rescale(app, replicas)), Status.SUCCEEDED);
        }
        assertThat(orders(everyOrder(app, 1, 3)).items()).hasSize(3);
        assertThat(orders(everyOrder(app, 2, 3)).items()).hasSize(1);
        assertThat(orders(everyOrder(app, 3, 3)).items()).isEmpty();
        assertThat(orders(everyOrder(app, 1, 3)).total()).isEqualTo(4);
        assertThat(orders(everyOrder(app, Integer.MAX_VALUE, 1000)).items()).isEmpty();
        assertThat(orders(new ListChangeOrders.Query(app, Set.of(ChangeOrderType.CREATE), Set.of(), "", true, 1, 10))
                        .items())
                .hasSize(1);
        assertThat(orders(new ListChangeOrders.Query(app, Set.of(), Set.of(Status.FAILED), "", true, 1, 10))
                        .items())
                .isEmpty();
    }

    @Test
    void thereIsNoPageBeforeTheFirst() {
        ApplicationId app = world.running("hello", v1, swift(2));
        assertThatThrownBy(() -> orders(everyOrder(app, 0, 10))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> orders(everyOrder(app, 1, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void applicationsAreListedByName() {
        world.running("beta", v1, swift(1));
        world.running("alpha", v1, swift(1));
        Page<ApplicationView> page =
                accepted(world.queries().listApplications().handle(ALICE, new ListApplications.Query("", "", 1, 10)));
        assertThat(page.items()).extracting(view -> view.application().name()).containsExactly("alpha", "beta");
        assertThat(accepted(world.queries()
                                .listApplications()
                                .handle(ALICE, new ListApplications.Query("", "", Integer.MAX_VALUE, 1000)))
                        .items())
                .isEmpty();
    }

    @Test
    void versionsAreListedNewestFirst() {
        ApplicationId app = world.running("hello", v1, swift(2));
        world.awaitStatus(orderOf(world.alice().deploy(app, v2, settings -> settings)), Status.SUCCEEDED);
        assertThat(accepted(world.queries().listVersions().handle(ALICE, new ListApplicationVersions.Query(app))))
                .extracting(Version::id)
                .containsExactly(v2.id(), v1.id());
    }

    @Test
    void whatThereIsNotIsNotFound() {
        ApplicationId app = new ApplicationId("nowhere");
        assertThat(reasonOf(world.queries()
                        .describeApplication()
                        .handle(ALICE, new DescribeApplication.Query(app, STATUS))))
                .isEqualTo(Reason.APPLICATION_NOT_FOUND);
        assertThat(reasonOf(world.queries().listOrders().handle(ALICE, everyOrder(app, 1, 10))))
                .isEqualTo(Reason.APPLICATION_NOT_FOUND);
        assertThat(reasonOf(world.queries().listVersions().handle(ALICE, new ListApplicationVersions.Query(app))))
                .isEqualTo(Reason.APPLICATION_NOT_FOUND);
        assertThat(reasonOf(world.queries()
                        .describeOrder()
                        .handle(ALICE, new DescribeChangeOrder.Query(new ChangeOrderId("unknown")))))
                .isEqualTo(Reason.ORDER_NOT_FOUND);
        assertThat(reasonOf(
                        world.queries().describeBatch().handle(ALICE, new DescribeBatch.Query(new BatchId("unknown")))))
                .isEqualTo(Reason.BATCH_NOT_FOUND);
    }

    @Test
    void versionsCanBeAskedForAsPartOfAnotherOperation() {
        ApplicationId app = world.running("hello", v1, swift(1));
        denied.add(Operation.LIST_APP_VERSIONS);
        assertThat(accepted(world.queries()
                        .listVersions()
                        .handle(ALICE, new ListApplicationVersions.Query(app, Operation.DESCRIBE_APPLICATION_CONFIG))))
                .hasSize(1);
    }

    @Test
    void whoIsNotPermittedLearnsNothing() {
        denied.addAll(EnumSet.allOf(Operation.class));
        ApplicationId app = new ApplicationId("nowhere");
        assertThat(reasonOf(world.queries()
                        .describeApplication()
                        .handle(ALICE, new DescribeApplication.Query(app, STATUS))))
                .isEqualTo(Reason.NOT_PERMITTED);
        assertThat(reasonOf(world.queries().listOrders().handle(ALICE, everyOrder(app, 1, 10))))
                .isEqualTo(Reason.NOT_PERMITTED);
        assertThat(reasonOf(world.queries().listVersions().handle(ALICE, new ListApplicationVersions.Query(app))))
                .isEqualTo(Reason.NOT_PERMITTED);
        assertThat(reasonOf(
                        world.queries().listApplications().handle(ALICE, new ListApplications.Query("", "", 1, 10))))
                .isEqualTo(Reason.NOT_PERMITTED);
        assertThat(reasonOf(world.queries()
                        .describeOrder()
                        .handle(ALICE, new DescribeChangeOrder.Query(new ChangeOrderId("unknown")))))
                .isEqualTo(Reason.NOT_PERMITTED);
        assertThat(reasonOf(
                        world.queries().describeBatch().handle(ALICE, new DescribeBatch.Query(new BatchId("unknown")))))
                .isEqualTo(Reason.NOT_PERMITTED);
        assertThat(reasonOf(world.queries().describeMaintenance().handle(ALICE)))
                .isEqualTo(Reason.NOT_PERMITTED);
    }
}
