package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.Captures;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import io.changeorder.application.api.command.DeleteApplication;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.api.query.ListChangeOrders;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real clients sent is understood as they meant it. */
class CapturesTest {
    private final FakeEngine engine = new FakeEngine();

    @Test
    void thereAreTwentyFour() {
        assertThat(Captures.all()).hasSize(24);
    }

    @ParameterizedTest
    @MethodSource("io.changeorder.adapter.rest.fixture.Captures#all")
    void everyOneIsAcceptedAsItsKey(String capture) {
        assertThat(Answered.to(engine.api(), Captures.request(capture)).status())
                .isEqualTo(200);
        assertThat(engine.asked()).hasSize(1);
        assertThat(engine.lastRequest().actor().name()).isEqualTo("testAK");
        assertThat(engine.lastRequest().clientToken()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "v1-01, okint",
        "v3-01, ba386059-69b1-4e65-b1e5-0682d9fa0001x",
        "v3-05, co-1",
        "v3-generic-01, okint",
        "v3-generic-02, err400",
        "v3-generic-04, okint",
        "v3-generic-05, err400"
    })
    void abortAndRollback(String capture, String order) {
        send(capture);

        assertThat(engine.lastAs(AbortAndRollBackChangeOrder.Command.class).order())
                .contains(new ChangeOrderId(order));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-02", "v3-02", "v3-06", "v3-sts-01", "v3-sts-02"})
    void describe(String capture) {
        send(capture);

        assertThat(engine.lastAs(DescribeChangeOrder.Query.class).order()).isEqualTo(new ChangeOrderId("okint"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3-03", "v3-07"})
    void list(String capture) {
        send(capture);

        assertThat(engine.lastAs(ListChangeOrders.Query.class))
                .isEqualTo(new ListChangeOrders.Query(
                        new ApplicationId("app-1"), Set.of(), Set.of(Status.SUCCEEDED), "发布 a/b", true, 1, 20));
    }

    @Test
    void listByTheOldClient() {
        send("v1-03");

        assertThat(engine.lastAs(ListChangeOrders.Query.class))
                .isEqualTo(new ListChangeOrders.Query(
                        new ApplicationId("app-1"), Set.of(), Set.of(), "发布 a/b", false, 1, 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3-04", "v3-08"})
    void deploy(String capture) {
        send(capture);

        DeployApplication.Command command = engine.lastAs(DeployApplication.Command.class);
        assertThat(command.application()).isEqualTo(new ApplicationId("app-1"));
        assertThat(command.description()).isEqualTo("发布 v2 & test=1+1 ~*'()");
        assertThat(command.start()).isTrue();
        assertThat(command.force()).isFalse();

        Revision revision = command.revision().apply(OrderBuilder.BEFORE);
        assertThat(revision.packageType()).isEqualTo(PackageType.IMAGE);
        assertThat(revision.artifact()).contains(Artifact.at("registry.cn-hangzhou.aliyuncs.com/demo/nginx:1.2"));
        assertThat(revision.environment()).isEqualTo(Map.of("a", "b c"));
        assertThat(revision.versionLabel()).isEqualTo("v1");

        Settings settings = command.settings().apply(Settings.of(7));
        assertThat(settings.replicas()).isEqualTo(3);
        assertThat(settings.floor()).isEqualTo(ReadyFloor.of(1));
        assertThat(settings.strategy())
                .isEqualTo(UpdateStrategy.canary(1, 2, UpdateStrategy.Release.AUTO, Duration.ofSeconds(10)));
    }

    @Test
    void deployByTheOldClient() {
        send("v1-04");

        Revision revision = engine.lastAs(DeployApplication.Command.class)
                .revision()
                .apply(OrderBuilder.BEFORE.withArtifact(Artifact.at("file:///old.jar")));
        assertThat(revision.environment()).isEqualTo(Map.of("a b", ""));
        assertThat(revision.packageType()).isEqualTo(PackageType.FAT_JAR);
        assertThat(revision.artifact()).contains(Artifact.at("file:///old.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3-generic-03", "v3-generic-06"})
    void deployByTheGenericClients(String capture) {
        send(capture);

        DeployApplication.Command command = engine.lastAs(DeployApplication.Command.class);
        assertThat(command.description()).isEqualTo("a b+c");
        assertThat(command.revision().apply(OrderBuilder.BEFORE)).isEqualTo(OrderBuilder.BEFORE);
        assertThat(command.settings().apply(Settings.of(7))).isEqualTo(Settings.of(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3-empty-body-01", "v3-empty-body-02"})
    void deployWithAnEmptyBody(String capture) {
        send(capture);

        DeployApplication.Command command = engine.lastAs(DeployApplication.Command.class);
        assertThat(command.description()).isEmpty();
        assertThat(command.revision().apply(OrderBuilder.AFTER)).isEqualTo(OrderBuilder.AFTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3-empty-body-03", "v3-empty-body-04"})
    void deleteWithAnEmptyBody(String capture) {
        send(capture);

        assertThat(engine.lastAs(DeleteApplication.Command.class).application()).isEqualTo(new ApplicationId("app-1"));
    }

    private void send(String capture) {
        assertThat(Answered.to(engine.api(), Captures.request(capture)).status())
                .isEqualTo(200);
    }
}
