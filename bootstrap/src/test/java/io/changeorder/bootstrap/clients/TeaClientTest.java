package io.changeorder.bootstrap.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.bootstrap.clients.kit.Applications;
import io.changeorder.bootstrap.clients.kit.Fields;
import io.changeorder.bootstrap.clients.kit.SaeError;
import io.changeorder.bootstrap.clients.kit.ServerUnderTest;
import io.changeorder.bootstrap.clients.kit.TeaClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The generic client with every operation about applications, and those that release batches. */
class TeaClientTest {
    @RegisterExtension
    static final ServerUnderTest SERVER = new ServerUnderTest();

    private TeaClient client;
    private Applications applications;

    @BeforeEach
    void clients() {
        client = new TeaClient(SERVER.endpoint(), ServerUnderTest.KEY);
        applications = Applications.of(SERVER);
    }

    @Test
    void whatWasCreatedIsDescribedAndListed() {
        Map<String, Object> created = Fields.data(client.call("CreateApplication", applications.creation("described")));
        applications.awaitStatus(Fields.text(created, "ChangeOrderId"), Applications.SUCCEEDED);
        Map<String, String> it = Map.of("AppId", Fields.text(created, "AppId"));

        Map<String, Object> status = Fields.data(client.call("DescribeApplicationStatus", it));
        assertThat(status)
                .containsEntry("CurrentStatus", "RUNNING")
                .containsEntry("LastChangeOrderStatus", "SUCCESS")
                .containsEntry("SubStatus", "NORMAL")
                .containsEntry("LastChangeOrderRunning", false);
        assertThat(Fields.number(status, "RunningInstances")).isEqualTo(2);
        assertThat(Fields.data(client.call("DescribeApplicationConfig", it)))
                .containsEntry("Envs", Applications.environment("1", Map.of()))
                .containsEntry("PackageType", "FatJar");
        assertThat(rows("DescribeApplicationGroups", it))
                .singleElement()
                .satisfies(group -> assertThat(group).containsEntry("GroupId", Applications.GROUP));
        assertThat(rows("ListAppVersions", it)).hasSize(1);
        assertThat(Fields.rows(Fields.data(client.call("ListApplications", Map.of("AppName", "described")))
                        .get("Applications")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsAllEntriesOf(it));
        assertThat(Fields.rows(Fields.data(client.call("ListChangeOrders", it)).get("ChangeOrderList")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("CoTypeCode", "CoCreateApp"));
        assertThat(applications.versions(it.get("AppId"))).containsExactly("1", "1");
    }

    @Test
    void aBatchWaitsUntilItIsConfirmed() {
        String application = applications.running("batches");
        String order = applications.deployHalf(application, "2");
        assertThat(applications.versions(application)).containsExactly("1", "2");
        String batch = Fields.text(applications.order(order), "CurrentPipelineId");

        Map<String, Object> pipeline = Fields.data(client.call("DescribePipeline", Map.of("PipelineId", batch)));
        assertThat(Fields.rows(pipeline.get("StageList")))
                .extracting(stage -> stage.get("StageName"))
                .containsExactly("prepare", "update", "verify");

        Map<String, String> confirmation = Map.of("PipelineId", batch, "Confirm", "true");
        assertThat(Fields.data(client.call("ConfirmPipelineBatch", confirmation)))
                .containsEntry("PipelineId", batch);
        applications.awaitStatus(order, Applications.SUCCEEDED);
        assertThat(applications.versions(application)).containsExactly("2", "2");
        client.refusal("ConfirmPipelineBatch", confirmation).is(SaeError.NO_NEXT_BATCH);
    }

    @Test
    void anApplicationIsScaledRestartedStoppedStartedSentBackAndDeleted() {
        Map<String, String> it = Map.of("AppId", applications.running("changes"));
        String version = Fields.text(rows("ListAppVersions", it).get(0), "Id");

        assertThat(done("RescaleApplication", it, Map.of("Replicas", "3"))).isEqualTo("CoScaleOut");
        assertThat(done("RestartApplication", it, Map.of())).isEqualTo("CoRestartApplication");
        assertThat(done("StopApplication", it, Map.of())).isEqualTo("CoStopApplication");
        assertThat(applications.versions(it.get("AppId"))).isEmpty();
        assertThat(done("StartApplication", it, Map.of())).isEqualTo("CoStartApplication");
        assertThat(done("DeployApplication", it, Map.of("PackageVersion", "2"))).isEqualTo("CoDeploy");
        assertThat(done("RollbackApplication", it, Map.of("VersionId", version)))
                .isEqualTo("CoDeployHistroy");
        assertThat(applications.versions(it.get("AppId"))).containsExactly("1", "1", "1");
        assertThat(done("DeleteApplication", it, Map.of())).isEqualTo("CoDeleteApp");
        client.refusal("DescribeApplicationStatus", it).is(SaeError.APP_ID_NOT_FOUND);
    }

    @Test
    void parametersTravelInAFormAndInJsonAsWellAsInTheQuery() {
        Map<String, String> it = Map.of("AppId", applications.running("bodies"));
        String description = "1+1 ~*'() ü & 100 %";

        Map<String, Object> byForm = Fields.data(client.callWithForm(
                "DeployApplication", it, Map.of("PackageVersion", "2", "ChangeOrderDesc", description)));
        assertThat(applications.awaitStatus(Fields.text(byForm, "ChangeOrderId"), Applications.SUCCEEDED))
                .containsEntry("Description", description);

        Map<String, Object> byJson = Fields.data(client.callWithJson(
                "DeployApplication", it, Map.of("PackageVersion", "3", "ChangeOrderDesc", description, "Replicas", 1)));
        assertThat(applications.awaitStatus(Fields.text(byJson, "ChangeOrderId"), Applications.SUCCEEDED))
                .containsEntry("Description", description);
        assertThat(applications.versions(it.get("AppId"))).containsExactly("3");
    }

    /** The type of the order that the operation opened, once it is done. */
    private String done(String operation, Map<String, String> application, Map<String, String> more) {
        Map<String, String> parameters = new HashMap<>(application);
        parameters.putAll(more);
        String order = Fields.text(Fields.data(client.call(operation, parameters)), "ChangeOrderId");
        return Fields.text(applications.awaitStatus(order, Applications.SUCCEEDED), "CoTypeCode");
    }

    private List<Map<String, Object>> rows(String operation, Map<String, String> query) {
        return Fields.rows(client.call(operation, query).get("Data"));
    }
}
