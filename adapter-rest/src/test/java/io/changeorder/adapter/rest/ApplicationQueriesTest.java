package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.api.query.ListApplications;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.fixture.Revisions;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications, versions and instances as clients see them. */
class ApplicationQueriesTest {
    private static final String APPLICATIONS = "GET /pop/v1/sam/app/";
    private static final String INSTANCES =
            APPLICATIONS + "describeApplicationInstances?AppId=app-1&GroupId=_DEFAULT_GROUP";
    private static final String BEFORE = OrderBuilder.BEFORE.id().value();
    private static final Settings SETTINGS = new Settings(
            3,
            UpdateStrategy.canary(1, 2, UpdateStrategy.Release.MANUAL, Duration.ofSeconds(90)),
            ReadyFloor.ofPercent(50),
            new Surge(OptionalInt.of(2), OptionalInt.empty()),
            new Timing(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofMinutes(30)),
            "says hello");

    private final FakeEngine engine = new FakeEngine();

    @Test
    void describeApplicationStatus() {
        engine.has(settled(new Snapshot.Running(OrderBuilder.BEFORE.id(), SETTINGS)))
                .has(OrderBuilder.anOrder("co-1", FakeEngine.APP, Status.SUCCEEDED)
                        .build());
        engine.has(instance("i-1", OrderBuilder.BEFORE, 0), instance("i-2", OrderBuilder.BEFORE, 1));

        assertThat(data("describeApplicationStatus?AppId=app-1")).isEqualTo(Answered.json("""
                        {"AppId":"app-1","CreateTime":"1767600000123","CurrentStatus":"RUNNING","RunningInstances":2,
                         "LastChangeOrderRunning":false,"SubStatus":"NORMAL","EnableAgent":false,
                         "LastChangeOrderId":"co-1","LastChangeOrderStatus":"SUCCESS"}"""));
        assertThat(engine.lastAs(DescribeApplication.Query.class))
                .isEqualTo(new DescribeApplication.Query(FakeEngine.APP, Operation.DESCRIBE_APPLICATION_STATUS));
    }

    @ParameterizedTest
    @CsvSource({
        "PREPARING, READY",
        "RUNNING, RUNNING",
        "SUCCEEDED, SUCCESS",
        "FAILED, FAIL",
        "ABORTED, ABORT",
        "AWAITING_CONFIRMATION, WAIT_BATCH_CONFIRM",
        "AWAITING_NEXT_BATCH, AUTO_BATCH_WAIT",
        "SYSTEM_FAILED, SYSTEM_FAIL",
        "AWAITING_APPROVAL, WAIT_APPROVAL",
        "APPROVED, APPROVED"
    })
    void eachStatusOfTheLastOrderHasItsName(Status status, String name) {
        engine.has(OrderBuilder.anOrder("co-1", FakeEngine.APP, status).build());

        JsonNode data = data("describeApplicationStatus?AppId=app-1");
        assertThat(data.get("LastChangeOrderStatus").asText()).isEqualTo(name);
        assertThat(data.get("LastChangeOrderRunning").asBoolean()).isEqualTo(status.isLive());
    }

    @Test
    void anOrderThatNeedsAPersonIsRunningButHasAnError() {
        engine.has(OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                .withAttention(new Attention.DeadlinePassed())
                .build());

        assertThat(data("describeApplicationStatus?AppId=app-1")
                        .get("SubStatus")
                        .asText())
                .isEqualTo("RUNNING_BUT_HAS_ERROR");
    }

    @Test
    void anApplicationWithoutInstancesIsStoppedUnlessItShouldRun() {
        assertThat(currentStatus()).isEqualTo("STOPPED");
        engine.has(settled(new Snapshot.Stopped(OrderBuilder.BEFORE.id(), SETTINGS)));
        assertThat(currentStatus()).isEqualTo("STOPPED");
        engine.has(settled(new Snapshot.Running(OrderBuilder.BEFORE.id(), SETTINGS)));
        assertThat(currentStatus()).isEqualTo("RUNNING");
        engine.cannotBeObserved();
        assertThat(currentStatus()).isEqualTo("UNKNOWN");
    }

    @Test
    void describeApplicationConfig() {
        Revision everything = Revisions.aRevisionWithEverything();
        engine.has(Version.of(FakeEngine.APP, everything, Settings.of(9), SettableClock.START))
                .has(settled(new Snapshot.Running(everything.id(), SETTINGS)));

        JsonNode data = data("describeApplicationConfig?AppId=app-1");
        assertThat(data).isEqualTo(Answered.json("""
                        {"AppId":"app-1","AppName":"hello","NamespaceId":"ns","AppDescription":"says hello","Replicas":3,
                         "UpdateStrategy":"{\\"type\\":\\"GrayBatchUpdate\\",\\"batchUpdate\\":{\\"batch\\":2,\
                        \\"releaseType\\":\\"manual\\",\\"batchWaitTime\\":2},\\"grayUpdate\\":{\\"gray\\":1}}",
                         "BatchWaitTime":90,"MinReadyInstances":-1,"MinReadyInstanceRatio":50,"MaxSurgeInstances":2,
                         "MaxSurgeInstanceRatio":-1,"InstanceReadySeconds":8,"ReadyForSeconds":1,"VersionId":"%s",
                         "PackageType":"FatJar","PackageVersion":"1.0 ü 🚀 \\"quoted\\"","Command":"/bin/sh",
                         "CommandArgs":"[\\"-c\\",\\"exec java $JAVA_OPTS\\",\\"\\"]",
                         "JarStartOptions":"-Xmx64m -Dgreeting='a b'","JarStartArgs":"--port 0",
                         "Envs":"[{\\"name\\":\\"EMPTY\\",\\"value\\":\\"\\"},{\\"name\\":\\"LANG\\",\\"value\\":\\"C.UTF-8\\"},\
                        {\\"name\\":\\"LINES\\",\\"value\\":\\"one\\\\ntwo\\\\ttabbed\\"}]",
                         "TerminationGracePeriodSeconds":300,
                         "Liveness":"{\\"exec\\":{\\"command\\":[\\"test\\",\\"-f\\",\\"/tmp/alive\\"]},\
                        \\"initialDelaySeconds\\":1,\\"periodSeconds\\":2,\\"timeoutSeconds\\":3}",
                         "Readiness":"{\\"httpGet\\":{\\"path\\":\\"/ready?full=1\\",\\"port\\":0,\\"scheme\\":\\"HTTPS\\"},\
                        \\"initialDelaySeconds\\":0,\\"periodSeconds\\":1,\\"timeoutSeconds\\":1}",
                         "StartupProbe":"{\\"tcpSocket\\":{\\"port\\":8080},\\"initialDelaySeconds\\":5,\
                        \\"periodSeconds\\":5,\\"timeoutSeconds\\":5}",
                         "PackageSha256":"%s","PackageUrl":"file:///srv/full.jar"}""".formatted(everything.id().value(), "0123456789abcdef".repeat(4))));
    }

    @Test
    void theConfigOfAnEarlierVersionHasTheSettingsThatItHad() {
        Version present = Version.of(FakeEngine.APP, OrderBuilder.AFTER, SETTINGS, SettableClock.START);
        Version earlier = Version.of(FakeEngine.APP, OrderBuilder.BEFORE, Settings.of(9), SettableClock.START);
        engine.has(present, earlier).has(settled(new Snapshot.Running(present.id(), SETTINGS)));

        JsonNode data = data("describeApplicationConfig?AppId=app-1&VersionId=" + BEFORE);
        assertThat(data.get("VersionId").asText()).isEqualTo(BEFORE);
        assertThat(data.get("PackageVersion").asText()).isEqualTo("v1");
        assertThat(data.get("Replicas").asInt()).isEqualTo(9);
        assertThat(data("describeApplicationConfig?AppId=app-1&VersionId=" + present.id())
                        .get("Replicas")
                        .asInt())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"unknown", "0000000000000000000000000000000000000000000000000000000000000001"})
    void theConfigOfAnUnknownVersionIsRefused(String version) {
        assertThat(Answered.to(
                                engine.api(),
                                APPLICATIONS + "describeApplicationConfig?AppId=app-1&VersionId=" + version)
                        .message())
                .isEqualTo("The specified parameter is invalid {VersionId}.");
    }

    @Test
    void listAppVersions() {
        Revision image = new Revision(
                PackageType.IMAGE,
                Optional.of(Artifact.at("r/x:2")),
                "2",
                Optional.empty(),
                List.of(),
                "",
                "",
                Map.of(),
                Probes.NONE,
                30);
        engine.has(
                Version.of(FakeEngine.APP, image, SETTINGS, SettableClock.START).withRolledBackBy(FakeEngine.ORDER),
                FakeEngine.version());

        assertThat(data("listAppVersions?AppId=app-1"))
                .isEqualTo(Answered.json("""
                        [{"Id":"%s","Type":"image","BuildPackageUrl":"r/x:2","WarUrl":"r/x:2",
                          "CreateTime":"1767600000123","PackageVersion":"2","RolledBackBy":"co-1"},
                         {"Id":"%s","Type":"url","BuildPackageUrl":"file:///srv/v1.jar",
                          "WarUrl":"file:///srv/v1.jar","CreateTime":"1767600000123","PackageVersion":"v1"}]""".formatted(image.id().value(), BEFORE)));
    }

    @Test
    void listApplications() {
        engine.has(settled(new Snapshot.Running(OrderBuilder.BEFORE.id(), SETTINGS)));
        engine.has(instance("i-1", OrderBuilder.BEFORE, 0));

        assertThat(data("listApplications?AppName=hel&NamespaceId=ns&CurrentPage=1&PageSize=7"))
                .isEqualTo(Answered.json("""
                        {"CurrentPage":1,"PageSize":7,"TotalSize":1,"Applications":[
                         {"AppId":"app-1","AppName":"hello","AppDescription":"says hello","NamespaceId":"ns",
                          "NamespaceName":"ns","AppDeletingStatus":false,"Instances":3,"RunningInstances":1,
                          "PackageUrl":"file:///srv/v1.jar"}]}"""));
        assertThat(engine.lastAs(ListApplications.Query.class))
                .isEqualTo(new ListApplications.Query("hel", "ns", 1, 7));
    }

    @Test
    void applicationsAreSearchedByNameInTwoWays() {
        data("listApplications?FieldType=appName&FieldValue=hel");
        assertThat(engine.lastAs(ListApplications.Query.class).name()).isEqualTo("hel");

        assertThat(Answered.to(engine.api(), APPLICATIONS + "listApplications?FieldType=slbIps&FieldValue=1")
                        .code())
                .isEqualTo("InvalidParameter.WithMessage");
    }

    @Test
    void describeApplicationGroups() {
        engine.has(settled(new Snapshot.Running(OrderBuilder.BEFORE.id(), SETTINGS)));

        assertThat(data("describeApplicationGroups?AppId=app-1")).isEqualTo(Answered.json("""
                        [{"GroupId":"_DEFAULT_GROUP","GroupName":"_DEFAULT_GROUP","GroupType":0,"Replicas":3,
                          "RunningInstances":0,"PackageType":"FatJar","PackageVersion":"v1","PackageVersionId":"%s",
                          "PackageUrl":"file:///srv/v1.jar"}]""".formatted(BEFORE)));
        assertThat(data("describeApplicationGroups?AppId=app-1&CurrentPage=2")).isEmpty();
    }

    @Test
    void describeApplicationInstances() {
        engine.has(FakeEngine.version(), Version.of(FakeEngine.APP, OrderBuilder.AFTER, SETTINGS, SettableClock.START));
        engine.has(
                instance("i-1", OrderBuilder.BEFORE, 0),
                new Instance(
                        new InstanceId("i-2"),
                        new Entry(OrderBuilder.AFTER.id(), 1),
                        Instance.State.BACKING_OFF,
                        SettableClock.START.plusSeconds(1),
                        Optional.empty(),
                        2,
                        "exit 1"));

        Answered answered = Answered.to(engine.api(), INSTANCES);
        assertThat(answered.data())
                .isEqualTo(Answered.json("""
                        {"CurrentPage":1,"PageSize":20,"TotalSize":2,"Instances":[
                         {"InstanceId":"i-2","GroupId":"_DEFAULT_GROUP","InstanceContainerStatus":"CrashLoopBackOff",
                          "MainContainerStatus":"CrashLoopBackOff","InstanceHealthStatus":"Unhealthy",
                          "InstanceContainerRestarts":2,"CreateTimeStamp":1767600001123,"UnhealthyMessage":"exit 1",
                          "VersionId":"%s","Generation":1,"PackageVersion":"v2"},
                         {"InstanceId":"i-1","GroupId":"_DEFAULT_GROUP","InstanceContainerStatus":"Running",
                          "MainContainerStatus":"Running","InstanceHealthStatus":"Healthy",
                          "InstanceContainerRestarts":0,"CreateTimeStamp":1767600000123,"UnhealthyMessage":"",
                          "VersionId":"%s","Generation":0,"PackageVersion":"v1"}]}""".formatted(OrderBuilder.AFTER.id().value(), BEFORE)));
    }

    @Test
    void instancesCanBeChosen() {
        engine.has(
                instance("i-1", OrderBuilder.BEFORE, 0),
                instance("i-2", OrderBuilder.AFTER, 1),
                instance("i-3", OrderBuilder.AFTER, 1));

        assertThat(ids("&Reverse=true")).containsExactly("i-1", "i-2", "i-3");
        assertThat(ids("&Reverse=true&PageSize=2&CurrentPage=2")).containsExactly("i-3");
        assertThat(ids("&InstanceId=i-2")).containsExactly("i-2");
        assertThat(ids("&InstanceId=no%20such")).isEmpty();
        assertThat(ids("&PipelineId=co-1-1&Reverse=true")).containsExactly("i-2", "i-3");
        assertThat(Answered.to(engine.api(), INSTANCES + "&PipelineId=other").message())
                .isEqualTo("The specified parameter is invalid {PipelineId}.");
    }

    @Test
    void thereIsNoOtherGroup() {
        assertThat(Answered.to(engine.api(), INSTANCES.replace("_DEFAULT_GROUP", "mine"))
                        .message())
                .isEqualTo("The specified parameter is invalid {GroupId}.");
    }

    @Test
    void describeMaintenance() {
        assertThat(Answered.to(engine.api(), "GET /pop/v1/sam/maintenance/DescribeMaintenance")
                        .data())
                .isEqualTo(Answered.json("{\"Enabled\":false,\"SwitchedBy\":\"engine\"}"));
    }

    @Test
    void aServerThatIsNotReadySaysWhy() {
        RestApi api = RestApi.builder(engine.commands(), engine.queries())
                .readiness(() -> Optional.of("the store is migrating"))
                .build();

        Answered answered = Answered.to(api, "GET /readyz");
        assertThat(answered.status()).isEqualTo(503);
        assertThat(answered.data().get("Reason").asText()).isEqualTo("the store is migrating");
        assertThat(Answered.to(api, "GET /healthz").status()).isEqualTo(200);
    }

    private List<String> ids(String more) {
        return StreamSupport.stream(
                        Answered.to(engine.api(), INSTANCES + more)
                                .data()
                                .get("Instances")
                                .spliterator(),
                        false)
                .map(row -> row.get("InstanceId").asText())
                .toList();
    }

    private String currentStatus() {
        return data("describeApplicationStatus?AppId=app-1")
                .get("CurrentStatus")
                .asText();
    }

    private JsonNode data(String call) {
        Answered answered = Answered.to(engine.api(), APPLICATIONS + call);
        assertThat(answered.status()).as("%s", answered.body()).isEqualTo(200);
        return answered.data();
    }

    private static Application settled(Snapshot snapshot) {
        return Application.fresh(FakeEngine.APP, "hello", "ns", SettableClock.START)
                .withSettled(snapshot);
    }

    private static Instance instance(String id, Revision revision, int generation) {
        return new Instance(
                new InstanceId(id),
                new Entry(revision.id(), generation),
                Instance.State.RUNNING,
                SettableClock.START,
                Optional.of(SettableClock.START),
                0,
                "");
    }
}
