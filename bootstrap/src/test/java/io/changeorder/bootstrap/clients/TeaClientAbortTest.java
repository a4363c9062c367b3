package io.changeorder.bootstrap.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.bootstrap.clients.kit.Applications;
import io.changeorder.bootstrap.clients.kit.Fields;
import io.changeorder.bootstrap.clients.kit.Refused;
import io.changeorder.bootstrap.clients.kit.SaeError;
import io.changeorder.bootstrap.clients.kit.ServerUnderTest;
import io.changeorder.bootstrap.clients.kit.TeaClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The generic client with the operations that stop an order, take it back and mend it. */
class TeaClientAbortTest {
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
    void aPlainAbortLeavesTheMixture() {
        String application = applications.running("mixture");
        Map<String, String> order = Map.of("ChangeOrderId", applications.deployHalf(application, "2"));

        assertThat(client.call("AbortChangeOrder", order).get("Data")).isEqualTo(order);

        assertThat(Fields.number(applications.order(order.get("ChangeOrderId")), "Status"))
                .isEqualTo(Applications.ABORTED);
        assertThat(applications.versions(application)).containsExactly("1", "2");
    }

    @Test
    void anAbortWithRollbackIsAnAbortAndRollBackAndEachOrderNamesTheOther() {
        String application = applications.running("rollback");
        String order = applications.deployHalf(application, "2");

        Map<String, Object> data =
                Fields.data(client.call("AbortChangeOrder", Map.of("ChangeOrderId", order, "Rollback", "true")));

        String rollback = Fields.text(data, "RollbackChangeOrderId");
        Map<String, Object> restored = applications.awaitStatus(rollback, Applications.SUCCEEDED);
        assertThat(restored).containsEntry("UndoesChangeOrderId", order).containsEntry("CoTypeCode", "CoRollback");
        assertThat(Fields.map(restored.get("Proof"))).containsEntry("Holds", true);
        assertThat(applications.order(order)).containsEntry("RollbackChangeOrderId", rollback);
        assertThat(applications.versions(application)).containsExactly("1", "1");
    }

    @Test
    void theRefusalOfASecondAbortTellsHowTheFirstOneEnded() {
        String order = applications.deployHalf(applications.running("twice"), "2");
        Map<String, String> named = Map.of("ChangeOrderId", order);
        String rollback =
                Fields.text(Fields.data(client.call("AbortAndRollbackChangeOrder", named)), "RollbackChangeOrderId");
        applications.awaitStatus(rollback, Applications.SUCCEEDED);

        Refused second = client.refusal("AbortAndRollbackChangeOrder", named);

        second.is(SaeError.NOT_RUNNING);
        Map<String, Object> told = Fields.map(second.data());
        assertThat(told).containsEntry("EndedBy", ServerUnderTest.KEY).containsEntry("RollbackChangeOrderId", rollback);
        assertThat(Fields.number(told, "Status")).isEqualTo(Applications.ABORTED);
    }

    /** What the rollback restores is not ready while the file is there, and it waits 5 seconds for that. */
    @Test
    void aRollbackInTroubleWaitsForAPersonWhoMendsItAndRetries() throws IOException {
        Path broken = SERVER.file("broken");
        String application = applications.running("retry", Map.of("HELLO_UNREADY_FILE", broken.toString()));
        Map<String, Object> patience = Fields.data(
                client.call("DeployApplication", Map.of("AppId", application, "InstanceReadySeconds", "5")));
        applications.awaitStatus(Fields.text(patience, "ChangeOrderId"), Applications.SUCCEEDED);
        String order = applications.deployHalf(application, "2");
        Files.createFile(broken);
        Map<String, Object> data =
                Fields.data(client.call("AbortAndRollbackChangeOrder", Map.of("ChangeOrderId", order)));
        String rollback = Fields.text(data, "RollbackChangeOrderId");

        applications.awaitOrder(rollback, each -> Fields.number(each, "SubStatus") == 1);
        assertThat(Fields.data(client.call("DescribeApplicationStatus", Map.of("AppId", application))))
                .containsEntry("SubStatus", "RUNNING_BUT_HAS_ERROR");
        Files.delete(broken);
        client.call("RetryChangeOrder", Map.of("ChangeOrderId", rollback));

        applications.awaitStatus(rollback, Applications.SUCCEEDED);
        assertThat(applications.versions(application)).containsExactly("1", "1");
    }

    @Test
    void aSecondOrderBesideALiveOneIsRefused() {
        String application = applications.running("busy");
        String order = applications.deployHalf(application, "2");

        client.refusal("RestartApplication", Map.of("AppId", application)).is(SaeError.RUNNING);

        client.call("AbortChangeOrder", Map.of("ChangeOrderId", order));
    }
}
