package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.application.api.Origin;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.command.AbortChangeOrder;
import io.changeorder.application.api.command.ConfirmBatch;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.api.command.DeleteApplication;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.api.command.RescaleApplication;
import io.changeorder.application.api.command.RestartApplication;
import io.changeorder.application.api.command.RetryChangeOrder;
import io.changeorder.application.api.command.RollBackApplication;
import io.changeorder.application.api.command.SetMaintenance;
import io.changeorder.application.api.command.StartApplication;
import io.changeorder.application.api.command.StopApplication;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Each command as a client calls it. */
class CommandOperationsTest {
    private static final String ORDERS = "/pop/v1/sam/changeorder/";
    private static final String APPLICATIONS = "/pop/v1/sam/app/";
    private static final String VERSION = OrderBuilder.BEFORE.id().value();

    private final FakeEngine engine = new FakeEngine();

    @Test
    void abortChangeOrder() {
        call("PUT " + ORDERS + "AbortChangeOrder?ChangeOrderId=co-1");

        assertThat(engine.lastAs(AbortChangeOrder.Command.class))
                .isEqualTo(new AbortChangeOrder.Command(Optional.of(FakeEngine.ORDER), false));
    }

    @Test
    void abortChangeOrderWithRollback() {
        call("PUT " + ORDERS + "AbortChangeOrder?ChangeOrderId=co-1&Rollback=true");

        assertThat(engine.lastAs(AbortChangeOrder.Command.class).rollback()).isTrue();
    }

    @Test
    void confirmPipelineBatch() {
        engine.answers(new Receipt(
                FakeEngine.APP,
                Optional.of(FakeEngine.ORDER),
                Optional.empty(),
                Optional.of(new BatchId("batch-2")),
                true));

        Answered answered = call("GET " + ORDERS + "ConfirmPipelineBatch?PipelineId=batch-2&Confirm=true");

        assertThat(answered.data()).isEqualTo(Answered.json("{\"PipelineId\":\"batch-2\"}"));
        assertThat(engine.lastAs(ConfirmBatch.Command.class))
                .isEqualTo(new ConfirmBatch.Command(new BatchId("batch-2"), true));
    }

    @Test
    void whereACallComesFromIsHandedOnByTheIdsOfItsAnswer() {
        InetAddress address = InetAddresses.forString("192.0.2.7");
        Answered answered = Answered.to(
                engine.api(),
                Answered.request("PUT " + ORDERS + "RetryChangeOrder?ChangeOrderId=co-1")
                        .from(address)
                        .overTls());

        assertThat(engine.lastRequest().origin())
                .isEqualTo(new Origin(
                        answered.body().get("RequestId").asText(),
                        answered.body().get("TraceId").asText(),
                        Optional.of(address),
                        true));
        call("GET " + ORDERS + "DescribeChangeOrder?ChangeOrderId=co-1");
        assertThat(engine.lastRequest().origin().secure()).isFalse();
        assertThat(engine.lastRequest().origin().address()).isEmpty();
        assertThat(engine.lastRequest().origin().requestId()).isNotEmpty();
    }

    @Test
    void aBatchThatIsNotConfirmedTerminatesTheOrder() {
        call("GET " + ORDERS + "ConfirmPipelineBatch?PipelineId=batch-2&Confirm=false");

        assertThat(engine.lastAs(ConfirmBatch.Command.class).confirm()).isFalse();
    }

    @Test
    void retryChangeOrderMayBringLimits() {
        call("PUT " + ORDERS + "RetryChangeOrder?ChangeOrderId=co-1&MinReadyInstances=0&MaxSurgeInstanceRatio=50");

        assertThat(engine.lastAs(RetryChangeOrder.Command.class))
                .isEqualTo(new RetryChangeOrder.Command(
                        FakeEngine.ORDER,
                        Optional.of(ReadyFloor.of(0)),
                        Optional.of(new Surge(OptionalInt.empty(), OptionalInt.of(50)))));
    }

    @Test
    void retryChangeOrderMayBringNone() {
        call("PUT " + ORDERS + "RetryChangeOrder?ChangeOrderId=co-1");

        assertThat(engine.lastAs(RetryChangeOrder.Command.class))
                .isEqualTo(new RetryChangeOrder.Command(FakeEngine.ORDER, Optional.empty(), Optional.empty()));
    }

    @Test
    void createApplicationWithWhatIsRequired() {
        Answered answered = call("POST " + APPLICATIONS
                + "createApplication?AppName=hello&PackageType=FatJar&Replicas=4&PackageUrl=file:///a.jar");

        assertThat(answered.data()).isEqualTo(Answered.json("{\"AppId\":\"app-1\",\"ChangeOrderId\":\"co-1\"}"));
        CreateApplication.Command command = engine.lastAs(CreateApplication.Command.class);
        assertThat(command.name()).isEqualTo("hello");
        assertThat(command.namespace()).isEmpty();
        assertThat(command.deploy()).isTrue();
        assertThat(command.settings()).isEqualTo(Settings.of(4));
        assertThat(command.revision()).isEqualTo(Revision.fatJar(Artifact.at("file:///a.jar")));
    }

    @Test
    void createApplicationWithoutDeployingItHasNoOrder() {
        engine.answers(new Receipt(FakeEngine.APP, Optional.empty(), Optional.empty(), Optional.empty(), true));

        Answered answered = call("POST " + APPLICATIONS
                + "createApplication?AppName=hello&NamespaceId=cn:test&PackageType=image&Replicas=4&ImageUrl=r/x:1"
                + "&Deploy=false&AppDescription=say");

        assertThat(answered.data()).isEqualTo(Answered.json("{\"AppId\":\"app-1\"}"));
        CreateApplication.Command command = engine.lastAs(CreateApplication.Command.class);
        assertThat(command.deploy()).isFalse();
        assertThat(command.namespace()).isEqualTo("cn:test");
        assertThat(command.settings().description()).isEqualTo("say");
    }

    @Test
    void deployApplication() {
        Answered answered = call("POST " + APPLICATIONS
                + "deployApplication?AppId=app-1&Deploy=false&Force=true&ChangeOrderDesc=%20kept%20as%20it%20is%20");

        assertThat(answered.data())
                .isEqualTo(Answered.json("{\"AppId\":\"app-1\",\"ChangeOrderId\":\"co-1\",\"IsNeedApproval\":false}"));
        DeployApplication.Command command = engine.lastAs(DeployApplication.Command.class);
        assertThat(command.start()).isFalse();
        assertThat(command.force()).isTrue();
        assertThat(command.description()).isEqualTo(" kept as it is ");
    }

    @Test
    void theFingerprintOfADeploymentIsAllOfItsParametersButTheToken() {
        String base = "POST " + APPLICATIONS + "deployApplication?AppId=app-1";
        call(base + "&Replicas=2&PackageVersion=v&ClientToken=one");
        String first = engine.lastAs(DeployApplication.Command.class).fingerprint();
        call(base + "&ClientToken=two&PackageVersion=v&Replicas=2");
        String reordered = engine.lastAs(DeployApplication.Command.class).fingerprint();
        call(base + "&Replicas=3&PackageVersion=v&ClientToken=one");
        String other = engine.lastAs(DeployApplication.Command.class).fingerprint();

        assertThat(reordered).isEqualTo(first).isNotEqualTo(other);
    }

    @Test
    void rollbackApplication() {
        Answered answered = call("PUT " + APPLICATIONS + "rollbackApplication?AppId=app-1&VersionId=" + VERSION
                + "&UpdateStrategy={\"type\":\"BatchUpdate\",\"batchUpdate\":{\"batch\":2}}&BatchWaitTime=7"
                + "&MinReadyInstanceRatio=50");

        assertThat(answered.data()).isEqualTo(Answered.json("{\"ChangeOrderId\":\"co-1\",\"IsNeedApproval\":false}"));
        assertThat(engine.lastAs(RollBackApplication.Command.class))
                .isEqualTo(new RollBackApplication.Command(
                        FakeEngine.APP,
                        OrderBuilder.BEFORE.id(),
                        Optional.of(UpdateStrategy.automatic(2, Duration.ofSeconds(7))),
                        Optional.of(ReadyFloor.ofPercent(50))));
    }

    @Test
    void rollbackApplicationWithoutAStrategyTakesTheVersions() {
        call("PUT " + APPLICATIONS + "rollbackApplication?AppId=app-1&VersionId=" + VERSION + "&BatchWaitTime=7");

        assertThat(engine.lastAs(RollBackApplication.Command.class).strategy()).isEmpty();
    }

    @Test
    void rescaleApplication() {
        call("PUT " + APPLICATIONS + "rescaleApplication?AppId=app-1&Replicas=6&MinReadyInstances=-1");

        assertThat(engine.lastAs(RescaleApplication.Command.class))
                .isEqualTo(new RescaleApplication.Command(FakeEngine.APP, 6, Optional.of(ReadyFloor.DEFAULT)));
    }

    @Test
    void restartApplication() {
        Answered answered = call("PUT " + APPLICATIONS + "restartApplication?AppId=app-1");

        assertThat(answered.data()).isEqualTo(Answered.json("{\"ChangeOrderId\":\"co-1\"}"));
        assertThat(engine.lastAs(RestartApplication.Command.class))
                .isEqualTo(new RestartApplication.Command(FakeEngine.APP, Optional.empty()));
    }

    @Test
    void startApplication() {
        call("PUT " + APPLICATIONS + "startApplication?AppId=app-1");

        assertThat(engine.lastAs(StartApplication.Command.class).application()).isEqualTo(FakeEngine.APP);
    }

    @Test
    void stopApplication() {
        call("PUT " + APPLICATIONS + "stopApplication?AppId=app-1");

        assertThat(engine.lastAs(StopApplication.Command.class).application()).isEqualTo(FakeEngine.APP);
    }

    @Test
    void deleteApplication() {
        call("DELETE " + APPLICATIONS + "deleteApplication?AppId=app-1");

        assertThat(engine.lastAs(DeleteApplication.Command.class).application()).isEqualTo(FakeEngine.APP);
    }

    @Test
    void maintenanceIsSwitchedOnAndOff() {
        String set = "PUT /pop/v1/sam/maintenance/SetMaintenance?Enabled=";

        Answered on = call(set + "true&DurationSeconds=60");
        assertThat(engine.lastAs(SetMaintenance.Command.class).length()).contains(Duration.ofSeconds(60));
        assertThat(on.data())
                .isEqualTo(Answered.json("{\"Enabled\":true,\"SwitchedBy\":\"anonymous\",\"Until\":1767600060123}"));
        call(set + "true");
        assertThat(engine.lastAs(SetMaintenance.Command.class).length()).contains(Duration.ofHours(1));
        Answered off = call(set + "false");
        assertThat(engine.lastAs(SetMaintenance.Command.class).length()).isEmpty();
        assertThat(off.data().get("Enabled").asBoolean(true)).isFalse();
    }

    @Test
    void everyCommandTakesAClientToken() {
        call("PUT " + APPLICATIONS + "stopApplication?AppId=app-1&ClientToken=once-only");

        assertThat(engine.lastRequest().clientToken()).contains("once-only");
    }

    @Test
    void whoIsAtTheMachineMayActDuringMaintenance() {
        call("PUT " + ORDERS + "AbortAndRollbackChangeOrder?ChangeOrderId=co-1&DuringMaintenance=true");

        assertThat(engine.lastRequest().duringMaintenance()).isTrue();
    }

    @Test
    void whoIsElsewhereMayNotActDuringMaintenance() {
        Answered answered = Answered.to(
                engine.api(),
                ApiRequest.of("PUT", ORDERS + "AbortAndRollbackChangeOrder?ChangeOrderId=co-1&DuringMaintenance=true"));

        assertThat(answered.code()).isEqualTo("Resouce.no.permission");
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void parametersMayTravelInAForm() {
        Answered.to(
                engine.api(), Answered.form("PUT " + APPLICATIONS + "rescaleApplication?AppId=app-1", "Replicas=3"));

        assertThat(engine.lastAs(RescaleApplication.Command.class).replicas()).isEqualTo(3);
    }

    @Test
    void parametersMayTravelInAJsonBody() {
        Answered.to(engine.api(), Answered.json("POST " + APPLICATIONS + "createApplication", """
                        {"AppName":"hello","PackageType":"FatJar","Replicas":2,"Deploy":false,"ImageUrl":null,
                         "Command":"/bin/sh","CommandArgs":["-c","exit 0"],"Envs":[{"name":"a","value":"b"}]}"""));

        CreateApplication.Command command = engine.lastAs(CreateApplication.Command.class);
        assertThat(command.deploy()).isFalse();
        assertThat(command.revision().command()).contains("/bin/sh");
        assertThat(command.revision().arguments()).isEqualTo(ImmutableList.of("-c", "exit 0"));
        assertThat(command.revision().environment()).containsEntry("a", "b");
    }

    private Answered call(String methodAndTarget) {
        Answered answered = Answered.to(engine.api(), methodAndTarget);
        assertThat(answered.status()).as("%s", answered.body()).isEqualTo(200);
        return answered;
    }
}
