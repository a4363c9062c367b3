package io.changeorder.bootstrap.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.http.FormatType;
import com.aliyuncs.sae.model.v20190506.AbortAndRollbackChangeOrderRequest;
import com.aliyuncs.sae.model.v20190506.AbortAndRollbackChangeOrderResponse;
import com.aliyuncs.sae.model.v20190506.AbortChangeOrderRequest;
import com.aliyuncs.sae.model.v20190506.DescribeChangeOrderResponse;
import com.aliyuncs.sae.model.v20190506.RestartApplicationRequest;
import io.changeorder.bootstrap.clients.kit.Applications;
import io.changeorder.bootstrap.clients.kit.Fields;
import io.changeorder.bootstrap.clients.kit.OldClient;
import io.changeorder.bootstrap.clients.kit.SaeError;
import io.changeorder.bootstrap.clients.kit.ServerUnderTest;
import io.changeorder.bootstrap.clients.kit.WireCall;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The old generated client with the operations that stop an order and take it back, in JSON and in XML. */
class OldClientAbortTest {
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
    void anOrderIsAbortedAndRolledBackAndThenNotRunning() {
        String application = applications.running("rollback");
        String order = applications.deployHalf(application, "2");
        RestartApplicationRequest beside = new RestartApplicationRequest();
        beside.setAppId(application);
        client.refusal(beside).is(SaeError.RUNNING);

        AbortAndRollbackChangeOrderResponse answer = client.call(abortAndRollback(order));

        assertThat(answer.getSuccess()).isTrue();
        assertThat(answer.getCode()).isEqualTo("200");
        assertThat(answer.getErrorCode()).isNull();
        assertThat(answer.getData().getChangeOrderId()).isEqualTo(order);
        String rollback = Fields.text(applications.order(order), "RollbackChangeOrderId");
        applications.awaitStatus(rollback, Applications.SUCCEEDED);
        assertThat(applications.versions(application)).containsExactly("1", "1");
        client.refusal(abortAndRollback(order)).is(SaeError.NOT_RUNNING);
    }

    @Test
    void aPlainAbortLeavesTheMixture() {
        String application = applications.running("mixture");
        String order = applications.deployHalf(application, "2");
        AbortChangeOrderRequest abort = new AbortChangeOrderRequest();
        abort.setChangeOrderId(order);

        assertThat(client.call(abort).getData().getChangeOrderId()).isEqualTo(order);

        assertThat(client.call(OldClient.describe(order)).getData().getStatus()).isEqualTo(Applications.ABORTED);
        assertThat(applications.versions(application)).containsExactly("1", "2");
    }

    @Test
    void whoAsksForXmlReadsTheSameOutOfXml() {
        String order = applications.deployHalf(applications.running("xml"), "2");

        DescribeChangeOrderResponse json = client.call(OldClient.describe(order));
        DescribeChangeOrderResponse xml = client.callForXml(OldClient.describe(order));

        assertThat(xml.getData()).usingRecursiveComparison().isEqualTo(json.getData());
        assertThat(xml.getData().getPipelines()).hasSize(2);
        assertThat(xml.getSuccess()).isTrue();
        assertThat(client.callForXml(abortAndRollback(order)).getData().getChangeOrderId())
                .isEqualTo(order);
    }

    @Test
    void whoAsksForXmlIsRefusedInXml() {
        AbortAndRollbackChangeOrderRequest unknown = abortAndRollback(WireCall.UNKNOWN);
        unknown.setSysAcceptFormat(FormatType.XML);
        client.refusal(unknown).is(SaeError.ORDER_NOT_FOUND);
    }

    /** Signatures are not enforced yet; their key already tells who it was. */
    @Test
    void theKeyOfEitherSignatureSchemeIsWhoDidIt() {
        String order = applications.deployHalf(applications.running("actors"), "2");
        OldClient other = new OldClient(SERVER.endpoint(), "otherAK");
        try (other) {
            other.call(abortAndRollback(order));
        }
        assertThat(applications.order(order))
                .containsAllEntriesOf(Map.of("CreateUserId", ServerUnderTest.KEY, "EndedBy", "otherAK"));
    }

    private static AbortAndRollbackChangeOrderRequest abortAndRollback(String order) {
        AbortAndRollbackChangeOrderRequest request = new AbortAndRollbackChangeOrderRequest();
        request.setChangeOrderId(order);
        return request;
    }
}
