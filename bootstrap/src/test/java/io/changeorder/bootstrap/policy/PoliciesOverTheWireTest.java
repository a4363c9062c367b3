package io.changeorder.bootstrap.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.net.UrlEscapers;
import io.changeorder.adapter.access.policy.PolicyAuthorizer;
import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.HostPrincipal;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.application.api.Operation;
import io.changeorder.application.fixture.EngineWorld;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Policies before the real engine: who is known to be who, asks through the wire. */
class PoliciesOverTheWireTest {
    private static final String NO_PERMISSION = "Resouce.no.permission";
    private static final String SAM = " /pop/v1/sam/";
    private static final String TWO_MANUAL = UrlEscapers.urlFormParameterEscaper()
            .escape("{\"type\":\"BatchUpdate\",\"batchUpdate\":{\"batch\":2,\"releaseType\":\"manual\"}}");

    private final Map<String, List<String>> policies = new ConcurrentHashMap<>(Map.of("boss", List.of("FullAccess")));
    private final EngineWorld world = new EngineWorld(builder -> builder.authorizer(new PolicyAuthorizer(
            access -> policies.getOrDefault(access.actor().name(), List.of()), "local", "changeorder")));
    private final RestApi api = RestApi.builder(world.commands(), world.queries())
            .clock(world.clock())
            .build();

    private String app = "";
    private String order = "";
    private String batch = "";

    /** An application whose order waits for somebody to confirm its second batch. */
    @BeforeEach
    void create() {
        app = created("hello", "prod");
        order = data(
                        "boss",
                        "POST" + SAM + "app/deployApplication?AppId=" + app
                                + "&PackageUrl=file:///v2.jar&PackageVersion=v2&UpdateStrategy=" + TWO_MANUAL)
                .path("ChangeOrderId")
                .asText();
        awaitStatus(order, 8);
        batch = data("boss", call(Operation.DESCRIBE_CHANGE_ORDER))
                .path("CurrentPipelineId")
                .asText();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void whoHasNoPolicyLearnsNothingAndDoesNothing(Operation operation) {
        JsonNode before = data("boss", call(Operation.DESCRIBE_CHANGE_ORDER));

        Answer ofWhatThereIs = ask("nobody", call(operation));
        Answer ofWhatThereIsNot = ask("nobody", call(operation, "no-app", "no-order", "no-batch"));

        assertThat(ofWhatThereIs.code()).isEqualTo(NO_PERMISSION);
        assertThat(ofWhatThereIsNot).isEqualTo(ofWhatThereIs);
        assertThat(data("boss", call(Operation.DESCRIBE_CHANGE_ORDER))).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void readOnlyIsWhatChangesNothing(Operation operation) {
        policies.put("reader", List.of("ReadOnly"));

        assertThat(ask("reader", call(operation)).code()).isEqualTo(operation.isCommand() ? NO_PERMISSION : "");
    }

    @Test
    void whoMayOnlyReadConfirmsNoBatchAlthoughItIsAGet() {
        policies.put("reader", List.of("ReadOnly"));

        assertThat(ask("reader", call(Operation.CONFIRM_PIPELINE_BATCH)).code()).isEqualTo(NO_PERMISSION);
        assertThat(data("boss", call(Operation.DESCRIBE_CHANGE_ORDER))
                        .path("Status")
                        .asInt())
                .isEqualTo(8);
    }

    @Test
    void whoIsOnCallEndsWhatOthersBegan() {
        policies.put("on-call", List.of("AbortOnly"));

        assertThat(ask("on-call", call(Operation.CONFIRM_PIPELINE_BATCH)).code())
                .isEqualTo(NO_PERMISSION);
        String rollback = data("on-call", call(Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER))
                .path("RollbackChangeOrderId")
                .asText();
        awaitStatus(rollback, 2);
    }

    @Test
    void aPolicyForOneApplicationIsForItAndItsOrdersOnly() {
        String other = created("other", "prod");
        policies.put("team", List.of(allow("acs:sae:*:*:application/prod/" + app)));

        assertThat(ask("team", call(Operation.DESCRIBE_APPLICATION_CONFIG)).code())
                .isEmpty();
        assertThat(ask("team", call(Operation.CONFIRM_PIPELINE_BATCH)).code()).isEmpty();
        awaitStatus(order, 2);
        for (Operation operation : List.of(
                Operation.DESCRIBE_APPLICATION_CONFIG,
                Operation.STOP_APPLICATION,
                Operation.LIST_CHANGE_ORDERS,
                Operation.DELETE_APPLICATION)) {
            Answer somebodyElses = ask("team", call(operation, other, order, batch));
            assertThat(somebodyElses.code()).as("%s", operation).isEqualTo(NO_PERMISSION);
            assertThat(ask("team", call(operation, "no-app", order, batch)))
                    .as("what is somebody else's and what there is not are the same to it")
                    .isEqualTo(somebodyElses);
        }
        assertThat(ask("team", call(Operation.CREATE_APPLICATION)).code()).isEqualTo(NO_PERMISSION);
        assertThat(ask("team", call(Operation.LIST_APPLICATIONS)).code()).isEqualTo(NO_PERMISSION);
        assertThat(ask("team", call(Operation.SET_MAINTENANCE)).code()).isEqualTo(NO_PERMISSION);
    }

    @Test
    void aPolicyForANamespaceIsForCreatingAndListingInIt() {
        policies.put("team", List.of(allow("acs:sae:*:*:application/prod/*")));
        created("elsewhere", "dev");

        assertThat(data("team", "GET" + SAM + "app/listApplications?NamespaceId=prod")
                        .path("Applications"))
                .hasSize(1);
        assertThat(ask("team", "GET" + SAM + "app/listApplications?NamespaceId=dev")
                        .code())
                .isEqualTo(NO_PERMISSION);
        assertThat(ask("team", "GET" + SAM + "app/listApplications").code()).isEqualTo(NO_PERMISSION);
        assertThat(ask("team", create("second", "prod")).code()).isEmpty();
        assertThat(ask("team", create("second", "dev")).code()).isEqualTo(NO_PERMISSION);
    }

    private String created(String name, String namespace) {
        JsonNode data = data("boss", create(name, namespace));
        awaitStatus(data.path("ChangeOrderId").asText(), 2);
        return data.path("AppId").asText();
    }

    private static String create(String name, String namespace) {
        return "POST" + SAM + "app/createApplication?AppName=" + name + "&NamespaceId=" + namespace
                + "&PackageType=FatJar&Replicas=4&PackageUrl=file:///v1.jar&PackageVersion=v1&ReadyForSeconds=0";
    }

    private String call(Operation operation) {
        return call(operation, app, order, batch);
    }

    /** What asks for an operation on these. */
    private static String call(Operation operation, String ofApp, String ofOrder, String ofBatch) {
        String changeOrder = "?ChangeOrderId=" + ofOrder;
        String application = "?AppId=" + ofApp;
        return switch (operation) {
            case ABORT_AND_ROLLBACK_CHANGE_ORDER ->
                "PUT" + SAM + "changeorder/AbortAndRollbackChangeOrder" + changeOrder;
            case ABORT_CHANGE_ORDER -> "PUT" + SAM + "changeorder/AbortChangeOrder" + changeOrder;
            case CONFIRM_PIPELINE_BATCH ->
                "GET" + SAM + "changeorder/ConfirmPipelineBatch?Confirm=true&PipelineId=" + ofBatch;
            case RETRY_CHANGE_ORDER -> "PUT" + SAM + "changeorder/RetryChangeOrder" + changeOrder;
            case CREATE_APPLICATION -> create("another", "prod");
            case DEPLOY_APPLICATION ->
                "POST" + SAM + "app/deployApplication" + application + "&PackageUrl=file:///v3.jar";
            case ROLLBACK_APPLICATION ->
                "PUT" + SAM + "app/rollbackApplication" + application + "&VersionId=" + "0".repeat(40);
            case RESCALE_APPLICATION -> "PUT" + SAM + "app/rescaleApplication" + application + "&Replicas=2";
            case RESTART_APPLICATION -> "PUT" + SAM + "app/restartApplication" + application;
            case START_APPLICATION -> "PUT" + SAM + "app/startApplication" + application;
            case STOP_APPLICATION -> "PUT" + SAM + "app/stopApplication" + application;
            case DELETE_APPLICATION -> "DELETE" + SAM + "app/deleteApplication" + application;
            case DESCRIBE_CHANGE_ORDER -> "GET" + SAM + "changeorder/DescribeChangeOrder" + changeOrder;
            case LIST_CHANGE_ORDERS -> "GET" + SAM + "changeorder/ListChangeOrders" + application;
            case DESCRIBE_PIPELINE -> "GET" + SAM + "changeorder/DescribePipeline?PipelineId=" + ofBatch;
            case LIST_APP_VERSIONS -> "GET" + SAM + "app/listAppVersions" + application;
            case DESCRIBE_APPLICATION_STATUS -> "GET" + SAM + "app/describeApplicationStatus" + application;
            case DESCRIBE_APPLICATION_CONFIG -> "GET" + SAM + "app/describeApplicationConfig" + application;
            case LIST_APPLICATIONS -> "GET" + SAM + "app/listApplications";
            case DESCRIBE_APPLICATION_GROUPS -> "GET" + SAM + "app/describeApplicationGroups" + application;
            case DESCRIBE_APPLICATION_INSTANCES ->
                "GET" + SAM + "app/describeApplicationInstances" + application + "&GroupId=_DEFAULT_GROUP";
            case SET_MAINTENANCE -> "PUT" + SAM + "maintenance/SetMaintenance?Enabled=false";
            case DESCRIBE_MAINTENANCE -> "GET" + SAM + "maintenance/DescribeMaintenance";
        };
    }

    private void awaitStatus(String id, int status) {
        world.awaitThat(() -> data("boss", call(Operation.DESCRIBE_CHANGE_ORDER, app, id, batch))
                        .path("Status")
                        .asInt()
                == status);
    }

    private JsonNode data(String actor, String methodAndTarget) {
        Answer answer = ask(actor, methodAndTarget);
        assertThat(answer.code()).as(methodAndTarget).isEmpty();
        return answer.data();
    }

    /** What an answer tells, without what is of each answer only. */
    private record Answer(int status, String code, String message, JsonNode data) {}

    private Answer ask(String actor, String methodAndTarget) {
        int space = methodAndTarget.indexOf(' ');
        ApiRequest request = ApiRequest.of(methodAndTarget.substring(0, space), methodAndTarget.substring(space + 1))
                .from(() -> actor);
        var response = api.answer(request, HostPrincipal.byName());
        try {
            JsonNode body = new ObjectMapper().readTree(response.text());
            return new Answer(
                    response.status(),
                    response.status() == 200 ? "" : body.path("Code").asText(),
                    body.path("Message").asText(),
                    body.path("Data"));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + response.text(), e);
        }
    }

    private static String allow(String resource) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sae:*\",\"Resource\":\"" + resource
                + "\"}]}";
    }
}
