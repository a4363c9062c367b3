package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.application.api.query.DescribeBatch;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.api.query.ListChangeOrders;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.InstanceFailure;
import io.changeorder.domain.plan.Proof;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders and batches as clients see them. */
class OrderQueriesTest {
    private static final String DESCRIBE = "GET /pop/v1/sam/changeorder/DescribeChangeOrder?ChangeOrderId=co-1";
    private static final String PIPELINE = "GET /pop/v1/sam/changeorder/DescribePipeline?PipelineId=co-1-1";
    private static final InstanceId FIRST = new InstanceId("i-1");
    private static final InstanceId SECOND = new InstanceId("i-2");

    private final FakeEngine engine = new FakeEngine();

    @Test
    void describeChangeOrder() {
        engine.has(OrderBuilder.anOrder("co-1", FakeEngine.APP, Status.AWAITING_CONFIRMATION)
                .withDescription("  发布 v2 ")
                .createdBy(new Actor("testAK"))
                .build());

        assertThat(describe()).isEqualTo(Answered.json("""
                        {"ChangeOrderId":"co-1","AppId":"app-1","AppName":"hello","CoType":"Deploy application",
                         "CoTypeCode":"CoDeploy","Status":8,"SubStatus":0,"Description":"  发布 v2 ",
                         "CreateTime":"2026-01-05 08:00:00","CreateUserId":"testAK","Auto":false,"BatchType":"manual",
                         "BatchCount":2,"BatchWaitTime":0,
                         "ApplicationUpdateStrategy":"{\\"type\\":\\"BatchUpdate\\",\\"batchUpdate\\":{\\"batch\\":2,\
                        \\"releaseType\\":\\"manual\\",\\"batchWaitTime\\":0}}",
                         "SupportRollback":true,"CurrentPipelineId":"co-1-2","Pipelines":[
                          {"PipelineId":"co-1-1","PipelineName":"Batch 1","Status":2,"BatchType":1,"ParallelCount":2,
                           "StartTime":1767600000123,"UpdateTime":1767600000123},
                          {"PipelineId":"co-1-2","PipelineName":"Batch 2","Status":8,"BatchType":1,"ParallelCount":2,
                           "StartTime":1767600000123,"UpdateTime":1767600000123}]}"""));
        assertThat(engine.lastAs(DescribeChangeOrder.Query.class).order()).isEqualTo(FakeEngine.ORDER);
    }

    @ParameterizedTest
    @CsvSource({
        "PREPARING, 0",
        "RUNNING, 1",
        "SUCCEEDED, 2",
        "FAILED, 3",
        "ABORTED, 6",
        "AWAITING_CONFIRMATION, 8",
        "AWAITING_NEXT_BATCH, 9",
        "SYSTEM_FAILED, 10",
        "AWAITING_APPROVAL, 11",
        "APPROVED, 12"
    })
    void eachStatusHasItsNumber(Status status, int number) {
        engine.has(OrderBuilder.anOrder("co-1", FakeEngine.APP, status).build());

        assertThat(describe().get("Status").asInt()).isEqualTo(number);
        assertThat(describe().get("SupportRollback").asBoolean()).isEqualTo(status.isLive());
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, '1,0'",
        "AWAITING_CONFIRMATION, '2,8'",
        "AWAITING_NEXT_BATCH, '2,9'",
        "SUCCEEDED, '2,2'",
        "FAILED, '2,3'",
        "ABORTED, '2,6'"
    })
    void batchesBeforeTheCurrentOneAreDoneAndThoseBehindItArePrepared(Status status, String pipelines) {
        engine.has(OrderBuilder.anOrder("co-1", FakeEngine.APP, status).build());

        assertThat(StreamSupport.stream(describe().get("Pipelines").spliterator(), false)
                        .map(pipeline -> pipeline.get("Status").asText())
                        .collect(Collectors.joining(",")))
                .isEqualTo(pipelines);
    }

    @Test
    void anOrderThatIsNotPlannedHasTheBatchesOfItsStrategy() {
        engine.has(OrderBuilder.aPreparingOrder("co-1", FakeEngine.APP)
                .withStrategy(UpdateStrategy.canary(1, 3, UpdateStrategy.Release.AUTO, Duration.ofSeconds(61)))
                .build());

        JsonNode data = describe();
        assertThat(data.get("BatchCount").asInt()).isEqualTo(4);
        assertThat(data.get("Pipelines")).isEmpty();
        assertThat(data.has("CurrentPipelineId")).isFalse();
        assertThat(data.get("Auto").asBoolean()).isTrue();
        assertThat(data.get("BatchType").asText()).isEqualTo("auto");
        assertThat(data.get("BatchWaitTime").asInt()).isEqualTo(61);
        assertThat(Answered.json(data.get("ApplicationUpdateStrategy").asText()))
                .isEqualTo(Answered.json("""
                        {"type":"GrayBatchUpdate","grayUpdate":{"gray":1},
                         "batchUpdate":{"batch":3,"releaseType":"auto","batchWaitTime":2}}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE, CoCreateApp",
        "DEPLOY, CoDeploy",
        "DEPLOY_HISTORY, CoDeployHistroy",
        "RESTART, CoRestartApplication",
        "START, CoStartApplication",
        "STOP, CoStopApplication",
        "DELETE, CoDeleteApp",
        "ROLLBACK, CoRollback",
        "RESCALE, CoScaleOut"
    })
    void eachTypeHasItsCodeAndCanBeListedByIt(ChangeOrderType type, String code) {
        engine.has(OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                .withType(type)
                .build());

        assertThat(describe().get("CoTypeCode").asText()).isEqualTo(code);
        Answered.to(engine.api(), "GET /pop/v1/sam/changeorder/ListChangeOrders?AppId=app-1&CoType=" + code);
        assertThat(engine.lastAs(ListChangeOrders.Query.class).type()).isEqualTo(Set.of(type));
    }

    @Test
    void scalingInIsScalingToFewer() {
        engine.has(OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                .withType(ChangeOrderType.RESCALE)
                .from(running(6), running(4))
                .build());

        assertThat(describe().get("CoTypeCode").asText()).isEqualTo("CoScaleIn");
        Answered.to(engine.api(), "GET /pop/v1/sam/changeorder/ListChangeOrders?AppId=app-1&CoType=CoScaleIn");
        assertThat(engine.lastAs(ListChangeOrders.Query.class).type()).isEqualTo(Set.of(ChangeOrderType.RESCALE));
    }

    @Test
    void anOrderAndItsRollbackNameEachOther() {
        engine.has(OrderBuilder.anOrder("co-1", FakeEngine.APP, Status.ABORTED)
                .undoneBy(FakeEngine.ROLLBACK)
                .build());
        JsonNode aborted = describe();
        engine.has(OrderBuilder.aRunningOrder("co-2", FakeEngine.APP)
                .withType(ChangeOrderType.ROLLBACK)
                .undoing(FakeEngine.ORDER)
                .build());
        JsonNode rollback = describe();

        assertThat(aborted.get("RollbackChangeOrderId").asText()).isEqualTo("co-2");
        assertThat(aborted.get("EndedBy").asText()).isEqualTo("engine");
        assertThat(aborted.get("FinishTime").asText()).isEqualTo("2026-01-05 08:01:30");
        assertThat(rollback.get("UndoesChangeOrderId").asText()).isEqualTo("co-1");
        assertThat(rollback.get("SupportRollback").asBoolean(true)).isFalse();
    }

    @Test
    void aRollbackThatNeedsAPersonSaysWhyAndWhatToDo() {
        Difference rogue = new Difference(Difference.Kind.ROGUE, Optional.of(FIRST), "nothing", "an instance");
        ChangeOrder order = OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                .withType(ChangeOrderType.ROLLBACK)
                .withAttention(new Attention.RestoreIncomplete(List.of(rogue)))
                .build()
                .withProof(new Proof(List.of(rogue), List.of("4 of 4 executables"), List.of("environment")));
        engine.has(order);

        JsonNode data = describe();
        assertThat(data.get("Status").asInt()).isEqualTo(1);
        assertThat(data.get("SubStatus").asInt()).isEqualTo(1);
        assertThat(data.get("Attention").asText()).isEqualTo("RESTORE_INCOMPLETE");
        assertThat(data.get("ErrorMessage").asText())
                .isEqualTo("The world is not what it was: ROGUE of i-1: expected nothing, found an instance."
                        + " Mend it and call RetryChangeOrder, or give up the rollback with AbortChangeOrder.");
        assertThat(data.get("Proof")).isEqualTo(Answered.json("""
                        {"Holds":false,"Evidence":["4 of 4 executables"],"Unchecked":["environment"],"Differences":[
                         {"Kind":"ROGUE","InstanceId":"i-1","Expected":"nothing","Found":"an instance"}]}"""));
    }

    @Test
    void aForwardOrderThatNeedsAPersonSaysWhyAndWhatToDo() {
        engine.has(OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                .withAttention(new Attention.LimitsBlock())
                .build());

        assertThat(describe().get("Attention").asText()).isEqualTo("LIMITS_BLOCK");
        assertThat(describe().get("ErrorMessage").asText())
                .isEqualTo("The limits forbid every step. Call RetryChangeOrder, with other limits if need be, or"
                        + " AbortAndRollbackChangeOrder.");
        engine.has(OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                .withAttention(new Attention.DeadlinePassed())
                .build());
        assertThat(describe().get("Attention").asText()).isEqualTo("DEADLINE_PASSED");
        engine.has(OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                .withAttention(new Attention.RuntimeBroken("observe gave null"))
                .build());
        assertThat(describe().get("Attention").asText()).isEqualTo("RUNTIME_BROKEN");
        assertThat(describe().get("ErrorMessage").asText()).contains("observe gave null");
    }

    @Test
    void aFailedOrderSaysWhichInstanceFailedItAndWhatBecameOfIt() {
        engine.has(failed(InstanceFailure.Kind.NOT_READY_IN_TIME));
        assertThat(describe().get("ErrorMessage").asText())
                .isEqualTo("Instance i-1 was not ready in time: connection refused. Nothing was rolled back: deploy"
                        + " again, or call RollbackApplication with the settled version.");

        engine.has(failed(InstanceFailure.Kind.EXITED_TOO_OFTEN).undoneBy(FakeEngine.ROLLBACK));
        assertThat(describe().get("ErrorMessage").asText())
                .isEqualTo("Instance i-1 exited more than 3 times: connection refused. It is taken back by change"
                        + " order co-2.");
    }

    @Test
    void anOrderThatCanNotBeReadSaysSo() {
        engine.has(OrderBuilder.anOrder("co-1", FakeEngine.APP, Status.SYSTEM_FAILED)
                .build());

        assertThat(describe().get("ErrorMessage").asText()).startsWith("The stored order can't be read.");
    }

    @Test
    void timesOfOrdersAreInTheZoneThatIsAskedFor() {
        RestApi api = RestApi.builder(engine.commands(), engine.queries())
                .zone(ZoneId.of("Asia/Shanghai"))
                .build();

        assertThat(Answered.to(api, DESCRIBE).data().get("CreateTime").asText()).isEqualTo("2026-01-05 16:00:00");
    }

    @Test
    void listChangeOrders() {
        engine.has(OrderBuilder.anOrder("co-1", FakeEngine.APP, Status.SUCCEEDED)
                .withDescription("d")
                .build());

        Answered answered = Answered.to(
                engine.api(),
                "GET /pop/v1/sam/changeorder/ListChangeOrders?AppId=app-1&CoStatus=SUCCESS&Key=d&CurrentPage=2"
                        + "&PageSize=5&OrderBy=CreateTime");

        assertThat(answered.data()).isEqualTo(Answered.json("""
                        {"CurrentPage":2,"PageSize":5,"TotalSize":41,"ChangeOrderList":[
                         {"ChangeOrderId":"co-1","AppId":"app-1","GroupId":"_DEFAULT_GROUP",
                          "CoType":"Deploy application","CoTypeCode":"CoDeploy","Status":2,"SubStatus":0,
                          "Description":"d","BatchCount":2,"BatchType":"manual","CreateTime":"2026-01-05 08:00:00",
                          "FinishTime":"2026-01-05 08:01:30","CreateUserId":"alice","UserId":"alice"}]}"""));
        assertThat(engine.lastAs(ListChangeOrders.Query.class))
                .isEqualTo(new ListChangeOrders.Query(
                        FakeEngine.APP, Set.of(), Set.of(Status.SUCCEEDED), "d", false, 2, 5));
    }

    @Test
    void aRunningBatchHasAStageForEachStepAndATaskForEachInstance() {
        engine.has(
                instance(FIRST, Instance.State.RUNNING, true),
                instance(SECOND, Instance.State.RUNNING, false),
                instance(new InstanceId("i-3"), Instance.State.BACKING_OFF, false),
                instance(new InstanceId("i-4"), Instance.State.STOPPING, false));

        JsonNode data = pipeline();
        assertThat(stages(data)).isEqualTo("prepare 2: 2 2 2 2\nupdate 1: 2 2 5 1\nverify 1: 2 1 0 0");
        assertThat(data.get("PipelineId").asText()).isEqualTo("co-1-1");
        assertThat(data.get("PipelineName").asText()).isEqualTo("Batch 1");
        assertThat(data.get("PipelineStatus").asInt()).isEqualTo(1);
        assertThat(data.get("CoStatus").asText()).isEqualTo("1");
        assertThat(data.get("CurrentStageId").asText()).isEqualTo("co-1-1-update");
        assertThat(data.get("NextPipelineId").asText()).isEqualTo("co-1-2");
        assertThat(data.get("ShowBatch").asBoolean(true)).isFalse();
        assertThat(data.at("/StageList/1/TaskList/2")).isEqualTo(Answered.json("""
                        {"TaskId":"co-1-1-update-i-3","TaskName":"update i-3","StageId":"co-1-1-update","Status":5,
                         "ErrorIgnore":0,"ShowManualIgnore":false,"Message":""}"""));
        assertThat(engine.lastAs(DescribeBatch.Query.class).batch()).isEqualTo(new BatchId("co-1-1"));
    }

    @Test
    void aBatchThatIsDoneHasOnlySucceededStages() {
        engine.has(OrderBuilder.anOrder("co-1", FakeEngine.APP, Status.AWAITING_CONFIRMATION)
                .build());
        engine.has(instance(FIRST, Instance.State.RUNNING, false));

        assertThat(stages(pipeline())).startsWith("prepare 2: 2\nupdate 2: 2\nverify 2:");
        assertThat(pipeline().get("CurrentStageId").asText()).isEqualTo("co-1-1-verify");
    }

    @Test
    void aFailedBatchNamesTheTaskThatFailed() {
        engine.has(failed(InstanceFailure.Kind.NOT_READY_IN_TIME));
        engine.has(instance(FIRST, Instance.State.RUNNING, false), instance(SECOND, Instance.State.BACKING_OFF, false));

        JsonNode data = pipeline();
        assertThat(stages(data)).isEqualTo("prepare 2: 2 2\nupdate 6: 2 6\nverify 3: 3 6");
        assertThat(data.at("/StageList/2/TaskList/0/ErrorCode").asText()).isEqualTo("NOT_READY_IN_TIME");
        assertThat(data.at("/StageList/2/TaskList/0/ErrorMessage").asText())
                .isEqualTo("Instance i-1 was not ready in time: connection refused.");
    }

    @Test
    void aBatchThatHasNoInstancesYetIsBeingPrepared() {
        assertThat(stages(pipeline())).isEqualTo("prepare 1: \nupdate 0: \nverify 0: ");
    }

    @Test
    void aBatchThatWasCutShortWithoutInstancesIsTerminated() {
        engine.has(OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                .build()
                .aborted(new Ending(Actor.ENGINE, SettableClock.START, Optional.empty())));

        assertThat(stages(pipeline())).isEqualTo("prepare 6: \nupdate 6: \nverify 6: ");
    }

    /** In its first batch, because of the first instance. */
    private static ChangeOrder failed(InstanceFailure.Kind kind) {
        return OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                .build()
                .failed(
                        List.of(),
                        new Ending(
                                Actor.ENGINE,
                                SettableClock.START,
                                Optional.of(new InstanceFailure(FIRST, kind, "connection refused"))));
    }

    private JsonNode describe() {
        return Answered.to(engine.api(), DESCRIBE).data();
    }

    private JsonNode pipeline() {
        return Answered.to(engine.api(), PIPELINE).data();
    }

    private static Snapshot running(int replicas) {
        return new Snapshot.Running(OrderBuilder.BEFORE.id(), Settings.of(replicas));
    }

    private static Instance instance(InstanceId id, Instance.State state, boolean ready) {
        return new Instance(
                id,
                new Entry(OrderBuilder.AFTER.id(), 1),
                state,
                SettableClock.START,
                ready ? Optional.of(SettableClock.START) : Optional.empty(),
                0,
                "");
    }

    /** {@code "name status: tasks.."} a line. */
    private static String stages(JsonNode data) {
        return StreamSupport.stream(data.get("StageList").spliterator(), false)
                .map(stage -> stage.get("StageName").asText() + " "
                        + stage.get("Status").asText() + ": "
                        + StreamSupport.stream(stage.get("TaskList").spliterator(), false)
                                .map(task -> task.get("Status").asText())
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"));
    }
}
