package io.changeorder.bootstrap.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.tea.TeaException;
import com.aliyuncs.sae.model.v20190506.AbortAndRollbackChangeOrderRequest;
import io.changeorder.bootstrap.clients.kit.AnswerLosingProxy;
import io.changeorder.bootstrap.clients.kit.Applications;
import io.changeorder.bootstrap.clients.kit.Fields;
import io.changeorder.bootstrap.clients.kit.OldClient;
import io.changeorder.bootstrap.clients.kit.Refused;
import io.changeorder.bootstrap.clients.kit.SaeError;
import io.changeorder.bootstrap.clients.kit.ServerUnderTest;
import io.changeorder.bootstrap.clients.kit.TeaClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The connection is reset after the server has done what was asked, and before the client hears of it. */
class LostAnswerTest {
    private static final String VERB = "AbortAndRollbackChangeOrder";
    private static final Pattern NONCE =
            Pattern.compile("^x-acs-signature-nonce: *(\\S+)", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    @RegisterExtension
    static final ServerUnderTest SERVER = new ServerUnderTest();

    private Applications applications;
    private AnswerLosingProxy proxy;

    @BeforeEach
    void losesTheFirstAnswer() throws IOException {
        applications = Applications.of(SERVER);
        proxy = new AnswerLosingProxy(SERVER.endpoint());
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void aRetryWithTheSameTokenAndAFreshNonceGetsTheFirstAnswer() {
        String order = applications.deployHalf(applications.running("token"), "2");
        TeaClient client = new TeaClient(proxy.endpoint(), ServerUnderTest.KEY);

        Map<String, Object> data =
                Fields.data(client.callPatiently(VERB, Map.of("ChangeOrderId", order, "ClientToken", "token-1")));

        assertThat(proxy.requests())
                .hasSize(2)
                .allMatch(request -> request.contains("Authorization: ACS3-HMAC-SHA256 Credential=testAK,"));
        assertThat(nonces()).doesNotHaveDuplicates();
        assertThat(data).containsEntry("ChangeOrderId", order);
        assertThat(applications.order(order)).containsEntry("RollbackChangeOrderId", data.get("RollbackChangeOrderId"));
    }

    @Test
    void aRetryWithoutATokenIsRefusedAndToldThatItsOwnCallWon() {
        String order = applications.deployHalf(applications.running("tokenless"), "2");
        TeaClient client = new TeaClient(proxy.endpoint(), ServerUnderTest.KEY);

        Refused refused = Refused.of(catchThrowableOfType(
                TeaException.class, () -> client.callPatiently(VERB, Map.of("ChangeOrderId", order))));

        // Its rollback runs, or is done by now.
        assertThat(refused.code()).isIn(SaeError.RUNNING.code(), SaeError.NOT_RUNNING.code());
        Map<String, Object> told = Fields.map(refused.data());
        assertThat(told)
                .containsEntry("EndedBy", ServerUnderTest.KEY)
                .containsEntry(
                        "RollbackChangeOrderId", applications.order(order).get("RollbackChangeOrderId"));
        assertThat(Fields.number(told, "Status")).isEqualTo(Applications.ABORTED);
    }

    @Test
    void theOldClientsRetryWithTheSameTokenGetsTheFirstAnswer() {
        String order = applications.deployHalf(applications.running("old"), "2");
        AbortAndRollbackChangeOrderRequest request = new AbortAndRollbackChangeOrderRequest();
        request.setChangeOrderId(order);
        request.<Object>putQueryParameter("ClientToken", "token-2");

        try (OldClient client = new OldClient(proxy.endpoint(), ServerUnderTest.KEY)) {
            assertThat(client.callPatiently(request).getData().getChangeOrderId())
                    .isEqualTo(order);
        }

        assertThat(proxy.requests()).hasSize(2).allMatch(sent -> sent.contains("Authorization: acs testAK:"));
        assertThat(nonces()).doesNotHaveDuplicates();
        assertThat(applications.order(order)).containsKey("RollbackChangeOrderId");
    }

    private List<String> nonces() {
        return proxy.requests().stream()
                .map(NONCE::matcher)
                .peek(matcher -> assertThat(matcher.find()).isTrue())
                .map(matcher -> matcher.group(1))
                .toList();
    }
}
