package io.changeorder.bootstrap.faults;

import static io.changeorder.bootstrap.faults.HelloApplication.REPLICAS;
import static io.changeorder.bootstrap.faults.HelloApplication.batches;
import static io.changeorder.bootstrap.faults.ServedFolder.awaitThat;
import static io.changeorder.bootstrap.faults.ServedFolder.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.bootstrap.child.HelloJar;
import io.changeorder.bootstrap.client.RefusedException;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.faults.ServedFolder.Marked;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that do what they should not, under a real server. */
@Tag("kill")
class MisbehavingInstancesTest {
    @TempDir
    Path folder;

    private Path jar;
    private ServedFolder served;

    @BeforeEach
    void start() throws IOException {
        jar = HelloJar.in(folder);
        served = new ServedFolder(folder);
        served.start();
    }

    @AfterEach
    void leaveNothingBehind() {
        served.close();
    }

    @Test
    void anInstanceThatDiesWithNoOrderRunningIsReplaced() {
        String app = create(Map.of());
        Set<Long> before = pids(app);
        Marked victim = served.world(app).get(0);

        victim.signal("KILL");

        awaitThat(
                "another process runs",
                () -> ready(app) == REPLICAS && !pids(app).contains(victim.pid()));
        assertThat(served.world(app))
                .hasSize(REPLICAS)
                .allMatch(process -> process.version().equals("1"));
        assertThat(pids(app)).as("the other one goes on").containsAnyElementsOf(before);
        assertThat(served.instances(app)
                        .get(victim.instance())
                        .path("InstanceContainerRestarts")
                        .asInt())
                .isEqualTo(1);
        assertThat(orders(app)).as("nobody ordered it").isEqualTo(1);
    }

    @Test
    void anInstanceThatDiesDuringAWaitForAConfirmationIsReplacedAndTheOrderIsConfirmed() {
        String app = create(Map.of());
        String order = served.deploy(app, with(version("2", Map.of()), batches("manual")));
        String batch = awaitConfirmation(order);
        Marked victim = ofVersion(app, "2").get(0);

        victim.signal("KILL");

        awaitThat(
                "another process runs",
                () -> ready(app) == REPLICAS && !pids(app).contains(victim.pid()));
        OrderFacts waiting = served.order(order);
        assertThat(waiting.status()).isEqualTo(OrderStatus.AWAITING_CONFIRMATION);
        assertThat(waiting.currentBatch()).contains(batch);
        confirm(batch);
        assertThat(served.awaitEnd(order).status()).isEqualTo(OrderStatus.SUCCEEDED);
        assertThat(ofVersion(app, "2")).hasSize(REPLICAS);
        assertThat(served.world(app)).hasSize(REPLICAS);
    }

    @Test
    void anInstanceThatBecomesUnreadyHoldsUpTheConfirmationUntilItIsReadyAgain() throws IOException {
        String app = create(Map.of());
        Path unready = folder.resolve("unready");
        String order = served.deploy(
                app, with(version("2", Map.of("HELLO_UNREADY_FILE", unready.toString())), batches("manual")));
        String batch = awaitConfirmation(order);
        for (int flap = 0; flap < 2; flap++) {
            Files.createFile(unready);
            awaitThat("it is unready", () -> ready(app) == REPLICAS - 1);

            assertThatThrownBy(() -> confirm(batch))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo("Pipeline.Can.Not.Start.Next.Batch"));
            served.awaitOrder(order, "runs again", each -> each.status() == OrderStatus.RUNNING);
            Files.delete(unready);
            assertThat(awaitConfirmation(order)).isEqualTo(batch);
        }
        assertThat(served.instances(app).values())
                .allMatch(instance -> instance.path("InstanceContainerRestarts").asInt() == 0);
        confirm(batch);
        assertThat(served.awaitEnd(order).status()).isEqualTo(OrderStatus.SUCCEEDED);
    }

    @Test
    void aPhasedReleaseWhoseInstancesExitAtOnceIsTakenBackByItself() {
        String app = create(Map.of());
        Set<Long> before = pids(app);
        // It does not even come to a port: its environment makes no sense.
        String order = served.deploy(app, with(version("2", Map.of("HELLO_READY", "perhaps")), batches("auto")));

        OrderFacts end = served.awaitEnd(order);

        assertThat(end.status()).isEqualTo(OrderStatus.FAILED);
        assertThat(end.error().orElseThrow()).contains("exited").contains("code 2");
        assertThat(served.awaitEnd(end.rollback().orElseThrow()).status()).isEqualTo(OrderStatus.SUCCEEDED);
        assertThat(served.world(app))
                .hasSize(REPLICAS)
                .allMatch(process -> process.version().equals("1"));
        assertThat(pids(app)).as("the one that was never touched goes on").containsAnyElementsOf(before);
    }

    @Test
    void aSingleBatchThatNeverBecomesReadyFailsAndWhatWasSettledIsRestoredOnRequest() {
        String app = create(Map.of());
        String order = served.deploy(
                app, with(version("2", Map.of("HELLO_READY", "never")), Map.of("InstanceReadySeconds", "3")));

        OrderFacts end = served.awaitEnd(order);

        assertThat(end.status()).isEqualTo(OrderStatus.FAILED);
        assertThat(end.error().orElseThrow()).contains("not ready");
        assertThat(end.rollback()).as("a single batch is not rolled back").isEmpty();
        assertThat(ofVersion(app, "2")).isNotEmpty();
        String restored = served.call(
                        WireOperation.ROLLBACK_APPLICATION, Map.of("AppId", app, "VersionId", settledVersion(app)))
                .path("ChangeOrderId")
                .asText();
        assertThat(served.awaitEnd(restored).json().path("Proof").path("Holds").asBoolean())
                .isTrue();
        assertThat(served.world(app))
                .hasSize(REPLICAS)
                .allMatch(process -> process.version().equals("1"));
    }

    @Test
    void anInstanceThatIgnoresSigtermIsKilledAfterItsGraceAndTheOrderGoesOn() {
        String app = create(Map.of("HELLO_IGNORE_TERM", "true"));
        Set<Long> before = pids(app);
        String order = served.deploy(app, version("2", Map.of()));

        assertThat(served.awaitEnd(order).status()).isEqualTo(OrderStatus.SUCCEEDED);

        assertThat(served.world(app))
                .hasSize(REPLICAS)
                .allMatch(process -> process.version().equals("2"));
        assertThat(pids(app)).doesNotContainAnyElementsOf(before);
    }

    private String create(Map<String, String> misbehaviour) {
        return served.create("hello", version("1", misbehaviour));
    }

    private Map<String, String> version(String version, Map<String, String> misbehaviour) {
        return HelloApplication.version(jar, version, misbehaviour);
    }

    /** Waits until an order waits for a confirmation; the batch that waits. */
    private String awaitConfirmation(String order) {
        return served.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION)
                .currentBatch()
                .orElseThrow();
    }

    private void confirm(String batch) {
        served.call(WireOperation.CONFIRM_PIPELINE_BATCH, Map.of("PipelineId", batch, "Confirm", "true"));
    }

    private int ready(String app) {
        return served.call(WireOperation.DESCRIBE_APPLICATION_STATUS, Map.of("AppId", app))
                .path("RunningInstances")
                .asInt();
    }

    private String settledVersion(String app) {
        return served.call(WireOperation.DESCRIBE_APPLICATION_CONFIG, Map.of("AppId", app))
                .path("VersionId")
                .asText();
    }

    private int orders(String app) {
        return served.call(WireOperation.LIST_CHANGE_ORDERS, Map.of("AppId", app))
                .path("TotalSize")
                .asInt();
    }

    private Set<Long> pids(String app) {
        return served.world(app).stream().map(Marked::pid).collect(Collectors.toSet());
    }

    private List<Marked> ofVersion(String app, String version) {
        return served.world(app).stream()
                .filter(process -> process.version().equals(version))
                .toList();
    }
}
