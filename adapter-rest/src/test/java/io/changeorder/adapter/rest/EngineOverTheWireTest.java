package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.net.UrlEscapers;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.application.api.Operation;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.plan.Difference;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The main job through the wire, over the real engine in a simulated world. */
class EngineOverTheWireTest {
    private static final String TWO_MANUAL = UrlEscapers.urlFormParameterEscaper()
            .escape("{\"type\":\"BatchUpdate\",\"batchUpdate\":{\"batch\":2,\"releaseType\":\"manual\"}}");

    private final AtomicBoolean permitted = new AtomicBoolean(true);
    private final Set<Operation> denied = EnumSet.noneOf(Operation.class);
    private final EngineWorld world = new EngineWorld(builder -> builder.authorizer(
            access -> (permitted.get() || !access.operation().isCommand()) && !denied.contains(access.operation())));

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anAbortedDeploymentIsTakenBack() {
        String app = created();
        String order = deployedHalf(app);
        assertThat(labels(app)).isEqualTo(Map.of("v1", 2, "v2", 2));

        Answered aborted = call("PUT /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=" + order);
        assertThat(aborted.data().get("ChangeOrderId").asText()).isEqualTo(order);
        String rollback = aborted.data().get("RollbackChangeOrderId").asText();

        awaitStatus(rollback, 2);
        assertThat(labels(app)).isEqualTo(Map.of("v1", 4));
        assertThat(describe(order).get("RollbackChangeOrderId").asText()).isEqualTo(rollback);
        assertThat(describe(rollback).get("UndoesChangeOrderId").asText()).isEqualTo(order);
        assertThat(describe(rollback).at("/Proof/Holds").asBoolean()).isTrue();
        assertThat(versions(app)).containsEntry("v2", rollback).containsEntry("v1", "");
        assertThat(data("GET /pop/v1/sam/app/describeApplicationStatus?AppId=" + app)
                        .get("RunningInstances")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void aConfirmedDeploymentSucceeds() {
        String app = created();
        String order = deployedHalf(app);
        String batch = describe(order).get("CurrentPipelineId").asText();

        assertThat(data("GET /pop/v1/sam/changeorder/ConfirmPipelineBatch?Confirm=true&PipelineId=" + batch)
                        .get("PipelineId")
                        .asText())
                .isEqualTo(batch);
        awaitStatus(order, 2);
        assertThat(labels(app)).isEqualTo(Map.of("v2", 4));
        assertThat(refused("GET /pop/v1/sam/changeorder/ConfirmPipelineBatch?Confirm=true&PipelineId=" + batch))
                .isEqualTo("400 Pipeline.Can.Not.Start.Next.Batch");
    }

    @Test
    void allSixErrorsOfTheDocument() {
        String app = created();
        String order = deployedHalf(app);
        String abort = "PUT /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=";

        assertThat(refused(abort)).isEqualTo("400 InvalidParameter.NotEmpty");
        permitted.set(false);
        assertThat(refused(abort)).isEqualTo("400 InvalidParameter.NotEmpty");
        assertThat(refused(abort + "unknown")).isEqualTo("400 Resouce.no.permission");
        assertThat(refused(abort + "not%20an%20id")).isEqualTo("400 Resouce.no.permission");
        permitted.set(true);
        call("PUT /pop/v1/sam/maintenance/SetMaintenance?Enabled=true");
        assertThat(refused(abort + order)).isEqualTo("400 System.Upgrading");
        assertThat(refused(abort + "unknown")).isEqualTo("400 System.Upgrading");
        call("PUT /pop/v1/sam/maintenance/SetMaintenance?Enabled=false");
        assertThat(refused(abort + "unknown")).isEqualTo("400 InvalidChangeOrder.NotFound");
        assertThat(refused(abort + "not%20an%20id")).isEqualTo("400 InvalidChangeOrder.NotFound");
        ParkedCall goingBack = world.runtime().parkNextScale();
        String rollback =
                call(abort + order).data().get("RollbackChangeOrderId").asText();
        goingBack.awaitArrival();
        assertThat(refused(abort + order)).isEqualTo("400 Application.ChangerOrderRunning");
        assertThat(refused(abort + rollback)).isEqualTo("400 Application.ChangerOrderRunning");
        goingBack.release();
        awaitStatus(rollback, 2);
        Answered again = Answered.to(api(), abort + order);
        assertThat(again.code()).isEqualTo("Application.ChangerOrder.Not.Running");
        assertThat(again.data().get("RollbackChangeOrderId").asText()).isEqualTo(rollback);
        assertThat(again.data().get("EndedBy").asText()).isEqualTo("anonymous");
        assertThat(again.data().get("Status").asInt()).isEqualTo(6);
    }

    @Test
    void aTokenMakesARepeatedCallHarmless() {
        String app = created();
        String order = deployedHalf(app);
        String abort = "PUT /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ClientToken=t&ChangeOrderId=";

        JsonNode first = call(abort + order).data();
        assertThat(call(abort + order).data()).isEqualTo(first);
        assertThat(refused(abort + "other")).isEqualTo("400 IdempotentParameterMismatch");
    }

    @Test
    void whatNeedsAPersonIsToldAndRetried() {
        String app = created();
        String order = deployedHalf(app);
        world.runtime().addRogue(new ApplicationId(app));
        String rollback = call("PUT /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=" + order)
                .data()
                .get("RollbackChangeOrderId")
                .asText();
        world.awaitThat(() -> describe(rollback).get("SubStatus").asInt() == 1);

        JsonNode stuck = describe(rollback);
        assertThat(stuck.get("Status").asInt()).isEqualTo(1);
        assertThat(stuck.get("Attention").asText()).isEqualTo("RESTORE_INCOMPLETE");
        assertThat(stuck.at("/Proof/Differences/0/Kind").asText()).isEqualTo(Difference.Kind.ROGUE.name());
        call("PUT /pop/v1/sam/changeorder/RetryChangeOrder?ChangeOrderId=" + rollback);
    }

    @Test
    void anEarlierVersionIsShownToWhoMayNotListThem() {
        String app = created();
        String first = data("GET /pop/v1/sam/app/listAppVersions?AppId=" + app)
                .get(0)
                .get("Id")
                .asText();
        done("POST /pop/v1/sam/app/deployApplication?AppId=" + app + "&PackageUrl=file:///v2.jar&PackageVersion=v2");
        denied.add(Operation.LIST_APP_VERSIONS);

        assertThat(data("GET /pop/v1/sam/app/describeApplicationConfig?AppId=" + app + "&VersionId=" + first)
                        .get("PackageVersion")
                        .asText())
                .isEqualTo("v1");
        denied.add(Operation.DESCRIBE_APPLICATION_CONFIG);
        assertThat(refused("GET /pop/v1/sam/app/describeApplicationConfig?AppId=" + app + "&VersionId=" + first))
                .isEqualTo("400 Resouce.no.permission");
        assertThat(refused("GET /pop/v1/sam/app/listAppVersions?AppId=" + app)).isEqualTo("400 Resouce.no.permission");
    }

    @Test
    void everyVerbOfAnApplication() {
        String app = created();
        String target = "?AppId=" + app;

        done("PUT /pop/v1/sam/app/rescaleApplication" + target + "&Replicas=6");
        assertThat(labels(app)).isEqualTo(Map.of("v1", 6));
        done("PUT /pop/v1/sam/app/restartApplication" + target);
        done("PUT /pop/v1/sam/app/stopApplication" + target);
        assertThat(labels(app)).isEmpty();
        done("PUT /pop/v1/sam/app/startApplication" + target);
        done("POST /pop/v1/sam/app/deployApplication" + target + "&PackageUrl=file:///v2.jar&PackageVersion=v2");
        assertThat(labels(app)).isEqualTo(Map.of("v2", 6));
        String first = StreamSupport.stream(
                        data("GET /pop/v1/sam/app/listAppVersions" + target).spliterator(), false)
                .filter(version -> version.get("PackageVersion").asText().equals("v1"))
                .findFirst()
                .orElseThrow()
                .get("Id")
                .asText();
        done("PUT /pop/v1/sam/app/rollbackApplication" + target + "&VersionId=" + first);
        assertThat(labels(app)).isEqualTo(Map.of("v1", 6));
        assertThat(data("GET /pop/v1/sam/changeorder/ListChangeOrders" + target + "&PageSize=3")
                        .get("TotalSize")
                        .asInt())
                .isEqualTo(7);
        done("DELETE /pop/v1/sam/app/deleteApplication" + target);
        assertThat(refused("GET /pop/v1/sam/app/describeApplicationStatus" + target))
                .isEqualTo("404 InvalidAppId.NotFound");
        assertThat(refused("PUT /pop/v1/sam/app/stopApplication" + target))
                .isEqualTo("400 InvalidApplication.NotFound");
    }

    @Test
    void aDeploymentThatCanNotBeIsRefusedAndChangesNothing() {
        String app = created();
        String deploy = "POST /pop/v1/sam/app/deployApplication?AppId=" + app;
        String before = data("GET /pop/v1/sam/changeorder/ListChangeOrders?AppId=" + app)
                .toString();

        assertThat(List.of(
                        refused(deploy + "&Replicas=-1"),
                        refused(deploy + "&Replicas=1001"),
                        refused(deploy + "&PackageType=Image"),
                        refused(deploy + "&MinReadyInstances=4"),
                        refused(deploy + "&MinReadyInstanceRatio=100"),
                        refused(deploy + "&BatchWaitTime=-1"),
                        refused(deploy + "&PackageVersion=v1&PackageUrl=file:///other.jar"),
                        refused(deploy + "&Deploy=false"),
                        refused(deploy + "&UpdateStrategy=" + strategy("BatchUpdate", 5, 0)),
                        refused(deploy + "&UpdateStrategy=" + strategy("GrayBatchUpdate", 1, 3)),
                        refused("PUT /pop/v1/sam/app/rescaleApplication?Replicas=1001&AppId=" + app),
                        refused("PUT /pop/v1/sam/app/rescaleApplication?Replicas=0&AppId=" + app),
                        refused("PUT /pop/v1/sam/app/rollbackApplication?VersionId=none&AppId=" + app),
                        refused("POST /pop/v1/sam/app/deployApplication?AppId=none")))
                .containsExactly(
                        "400 InvalidParameter.WithMessage",
                        "400 InvalidParameter.WithMessage",
                        "400 InvalidParameter.NotEmpty",
                        "400 MinReadyInstances.Not.Smaller.Replicas",
                        "400 MinReadyInstances.Not.Smaller.Replicas",
                        "400 BatchWaitTime.Not.Smaller.Zero",
                        "400 App.Package.Version.Exists",
                        "400 InvalidParameter.WithMessage",
                        "400 InvalidParameter.Obviously",
                        "400 InvalidParameter.Obviously",
                        "400 InvalidParameter.WithMessage",
                        "400 InvalidParameter.WithMessage",
                        "400 InvalidParameter.Obviously",
                        "400 InvalidApplication.NotFound");
        assertThat(data("GET /pop/v1/sam/changeorder/ListChangeOrders?AppId=" + app)
                        .toString())
                .isEqualTo(before);
    }

    private static String strategy(String type, int batches, int gray) {
        return UrlEscapers.urlFormParameterEscaper()
                .escape("{\"type\":\"" + type + "\",\"batchUpdate\":{\"batch\":" + batches
                        + "},\"grayUpdate\":{\"gray\":" + gray + "}}");
    }

    /** Four of version 1. */
    private String created() {
        JsonNode data = call("POST /pop/v1/sam/app/createApplication?AppName=hello&PackageType=FatJar&Replicas=4"
                        + "&PackageUrl=file:///v1.jar&PackageVersion=v1&ReadyForSeconds=0")
                .data();
        awaitStatus(data.get("ChangeOrderId").asText(), 2);
        return data.get("AppId").asText();
    }

    /** Two of four are of version 2, and the second batch waits. */
    private String deployedHalf(String app) {
        String order = call("POST /pop/v1/sam/app/deployApplication?AppId=" + app
                        + "&PackageUrl=file:///v2.jar&PackageVersion=v2&UpdateStrategy=" + TWO_MANUAL)
                .data()
                .get("ChangeOrderId")
                .asText();
        awaitStatus(order, 8);
        return order;
    }

    private void done(String command) {
        awaitStatus(call(command).data().get("ChangeOrderId").asText(), 2);
    }

    private void awaitStatus(String order, int status) {
        world.awaitThat(() -> describe(order).get("Status").asInt() == status);
    }

    /** How many instances of which version. */
    private Map<String, Integer> labels(String app) {
        Map<String, Integer> labels = new TreeMap<>();
        data("GET /pop/v1/sam/app/describeApplicationInstances?GroupId=_DEFAULT_GROUP&AppId=" + app)
                .get("Instances")
                .forEach(row -> labels.merge(row.path("PackageVersion").asText(), 1, Integer::sum));
        return labels;
    }

    /** Which order rolled back which version; empty for none. */
    private Map<String, String> versions(String app) {
        Map<String, String> versions = new TreeMap<>();
        data("GET /pop/v1/sam/app/listAppVersions?AppId=" + app)
                .forEach(row -> versions.put(
                        row.get("PackageVersion").asText(),
                        row.path("RolledBackBy").asText()));
        return versions;
    }

    private JsonNode describe(String order) {
        return data("GET /pop/v1/sam/changeorder/DescribeChangeOrder?ChangeOrderId=" + order);
    }

    private JsonNode data(String query) {
        return call(query).data();
    }

    private Answered call(String methodAndTarget) {
        Answered answered = Answered.to(api(), methodAndTarget);
        assertThat(answered.status()).as("%s", answered.body()).isEqualTo(200);
        return answered;
    }

    private String refused(String methodAndTarget) {
        Answered answered = Answered.to(api(), methodAndTarget);
        return answered.status() + " " + answered.code();
    }

    private RestApi api() {
        return RestApi.builder(world.engine().commands(), world.queries())
                .clock(world.clock())
                .build();
    }
}
