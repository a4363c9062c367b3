package io.changeorder.bootstrap.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.sae.model.v20190506.ConfirmPipelineBatchRequest;
import com.aliyuncs.sae.model.v20190506.CreateApplicationRequest;
import com.aliyuncs.sae.model.v20190506.CreateApplicationResponse;
import com.aliyuncs.sae.model.v20190506.DeleteApplicationRequest;
import com.aliyuncs.sae.model.v20190506.DeployApplicationRequest;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationConfigRequest;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationConfigResponse;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationGroupsRequest;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationInstancesRequest;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationInstancesResponse;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationStatusRequest;
import com.aliyuncs.sae.model.v20190506.DescribeApplicationStatusResponse;
import com.aliyuncs.sae.model.v20190506.DescribeChangeOrderResponse;
import com.aliyuncs.sae.model.v20190506.ListApplicationsRequest;
import com.aliyuncs.sae.model.v20190506.ListChangeOrdersRequest;
import com.aliyuncs.sae.model.v20190506.ListChangeOrdersResponse;
import com.aliyuncs.sae.model.v20190506.RescaleApplicationRequest;
import com.aliyuncs.sae.model.v20190506.RestartApplicationRequest;
import com.aliyuncs.sae.model.v20190506.StartApplicationRequest;
import com.aliyuncs.sae.model.v20190506.StopApplicationRequest;
import io.changeorder.bootstrap.clients.kit.Applications;
import io.changeorder.bootstrap.clients.kit.OldClient;
import io.changeorder.bootstrap.clients.kit.ServerUnderTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The old generated client with its operations about applications, and those that release batches, typed as it has them. */
class OldClientTest {
    @RegisterExtension
    static final ServerUnderTest SERVER = new ServerUnderTest();

    private OldClient client;
    private Applications applications;

    @BeforeEach
    void clients() {
        client = new OldClient(SERVER.endpoint(), ServerUnderTest.KEY);
        applications = Applications.of(SERVER);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void anApplicationIsCreatedWithAnEnvelopeThatTheClientUnderstands() {
        CreateApplicationRequest request = new CreateApplicationRequest();
        request.setAppName("created");
        request.setAppDescription("by the old client");
        request.setPackageType("FatJar");
        request.setPackageUrl(SERVER.packageUrl());
        request.setPackageVersion("1");
        request.setReplicas(1);
        request.setReadiness(Applications.PROBE);
        request.setEnvs(Applications.environment("1", Map.of()));
        request.<Object>putQueryParameter("ReadyForSeconds", 1);

        CreateApplicationResponse answer = client.call(request);

        assertThat(answer.getSuccess()).isTrue();
        assertThat(answer.getCode()).isEqualTo("200");
        assertThat(answer.getMessage()).isEqualTo("success");
        assertThat(answer.getErrorCode()).isNull();
        assertThat(answer.getRequestId()).matches("[0-9A-F-]{36}");
        assertThat(answer.getTraceId()).matches("[0-9a-f]+");
        applications.awaitStatus(answer.getData().getChangeOrderId(), Applications.SUCCEEDED);
        assertThat(applications.versions(answer.getData().getAppId())).containsExactly("1");
    }

    @Test
    void anApplicationIsDescribedAndListed() {
        String application = applications.running("described");

        DescribeApplicationStatusRequest status = new DescribeApplicationStatusRequest();
        status.setAppId(application);
        DescribeApplicationStatusResponse.Data told = client.call(status).getData();
        assertThat(told.getCurrentStatus()).isEqualTo("RUNNING");
        assertThat(told.getLastChangeOrderStatus()).isEqualTo("SUCCESS");
        assertThat(told.getRunningInstances()).isEqualTo(2);

        DescribeApplicationConfigRequest config = new DescribeApplicationConfigRequest();
        config.setAppId(application);
        DescribeApplicationConfigResponse.Data settings = client.call(config).getData();
        assertThat(settings.getReplicas()).isEqualTo(2);
        assertThat(settings.getEnvs()).isEqualTo(Applications.environment("1", Map.of()));

        DescribeApplicationGroupsRequest groups = new DescribeApplicationGroupsRequest();
        groups.setAppId(application);
        assertThat(client.call(groups).getData())
                .singleElement()
                .satisfies(group -> assertThat(group.getRunningInstances()).isEqualTo(2));

        DescribeApplicationInstancesRequest instances = new DescribeApplicationInstancesRequest();
        instances.setAppId(application);
        instances.setGroupId(Applications.GROUP);
        assertThat(client.call(instances).getData().getInstances())
                .extracting(DescribeApplicationInstancesResponse.Data.Instance::getInstanceContainerStatus)
                .containsExactly("Running", "Running");

        ListApplicationsRequest list = new ListApplicationsRequest();
        list.setAppName("described");
        assertThat(client.call(list).getData().getApplications())
                .singleElement()
                .satisfies(row -> assertThat(row.getAppId()).isEqualTo(application));
    }

    @Test
    void aReleaseInBatchesIsFollowedAndConfirmed() {
        String application = applications.running("released");
        DeployApplicationRequest deploy = new DeployApplicationRequest();
        deploy.setAppId(application);
        deploy.setPackageVersion("2");
        deploy.setEnvs(Applications.environment("2", Map.of()));
        deploy.setUpdateStrategy(Applications.TWO_MANUAL_BATCHES);
        deploy.<Object>putQueryParameter("ChangeOrderDesc", "发布 a/b +1");
        String order = client.call(deploy).getData().getChangeOrderId();
        applications.awaitStatus(order, Applications.AWAITING_CONFIRMATION);

        DescribeChangeOrderResponse.Data waiting =
                client.call(OldClient.describe(order)).getData();
        assertThat(waiting.getDescription()).isEqualTo("发布 a/b +1");
        assertThat(waiting.getBatchCount()).isEqualTo(2);
        assertThat(waiting.getCreateTime()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        assertThat(waiting.getPipelines())
                .extracting(DescribeChangeOrderResponse.Data.Pipeline::getStatus)
                .containsExactly(Applications.SUCCEEDED, Applications.AWAITING_CONFIRMATION);

        ConfirmPipelineBatchRequest confirm = new ConfirmPipelineBatchRequest();
        confirm.setPipelineId(waiting.getCurrentPipelineId());
        confirm.setConfirm(true);
        assertThat(client.call(confirm).getData().getPipelineId()).isEqualTo(waiting.getCurrentPipelineId());
        applications.awaitStatus(order, Applications.SUCCEEDED);
        assertThat(applications.versions(application)).containsExactly("2", "2");

        ListChangeOrdersRequest list = new ListChangeOrdersRequest();
        list.setAppId(application);
        assertThat(client.call(list).getData().getChangeOrderList())
                .extracting(ListChangeOrdersResponse.Data.ChangeOrder::getCoTypeCode)
                .containsExactly("CoDeploy", "CoCreateApp");
    }

    @Test
    void anApplicationIsScaledRestartedStoppedStartedAndDeleted() {
        String application = applications.running("changes");

        RescaleApplicationRequest rescale = new RescaleApplicationRequest();
        rescale.setAppId(application);
        rescale.setReplicas(1);
        assertThat(done(client.call(rescale).getData().getChangeOrderId())).isEqualTo("CoScaleIn");

        RestartApplicationRequest restart = new RestartApplicationRequest();
        restart.setAppId(application);
        assertThat(done(client.call(restart).getData().getChangeOrderId())).isEqualTo("CoRestartApplication");

        StopApplicationRequest stop = new StopApplicationRequest();
        stop.setAppId(application);
        assertThat(done(client.call(stop).getData().getChangeOrderId())).isEqualTo("CoStopApplication");

        StartApplicationRequest start = new StartApplicationRequest();
        start.setAppId(application);
        assertThat(done(client.call(start).getData().getChangeOrderId())).isEqualTo("CoStartApplication");

        DeleteApplicationRequest delete = new DeleteApplicationRequest();
        delete.setAppId(application);
        assertThat(done(client.call(delete).getData().getChangeOrderId())).isEqualTo("CoDeleteApp");
    }

    /** The type of the order, once it is done. */
    private String done(String order) {
        applications.awaitStatus(order, Applications.SUCCEEDED);
        return client.call(OldClient.describe(order)).getData().getCoTypeCode();
    }
}
