package io.changeorder.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.nodes.Fire.Blow;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody who deploys one application, confirms and takes back through whichever node answers, and looks whether what
 * was acknowledged is true. Each instance writes into one journal when it starts.
 */
final class Rollouts {
    private static final int REPLICAS = 4;

    private final Nodes nodes;
    private final Path journal;
    private final String app;
    private final Map<String, OrderStatus> acknowledged = new LinkedHashMap<>();
    private int settled = 1;
    private int tokens;
    private int rollbacks;

    /** Creates the application. */
    Rollouts(Nodes nodes, Path folder) throws IOException {
        this.nodes = nodes;
        this.journal = Files.createFile(folder.resolve("journal"));
        OrderFacts created = nodes.create(version(settled));
        this.app = created.application();
        acknowledged.put(created.id(), created.status());
    }

    String application() {
        return app;
    }

    /** Begins with the next version; the order. */
    String deploy() {
        return nodes.deploy(app, version(settled + 1), "manual");
    }

    void awaitWaiting(String order) {
        nodes.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION);
    }

    boolean waits(String order) {
        return nodes.order(order).status() == OrderStatus.AWAITING_CONFIRMATION;
    }

    /** Carries it out to the end, while something befalls the nodes. */
    void confirm(String order, Blow fallen) throws InterruptedException {
        String batch = nodes.order(order).currentBatch().orElseThrow();
        nodes.call(WireOperation.CONFIRM_PIPELINE_BATCH, withToken(Map.of("PipelineId", batch, "Confirm", "true")));
        fallen.ends();
        settled++;
        expectEnd(order, OrderStatus.SUCCEEDED);
    }

    /** Takes it back, while something befalls the nodes. */
    void takeBack(String order, Blow fallen) throws Exception {
        JsonNode answer =
                nodes.call(WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, withToken(Map.of("ChangeOrderId", order)));
        boolean confirmed = answer.path("FenceConfirmed").asBoolean(true);
        List<String> before = startsSoFar(settled + 1);
        fallen.ends();
        acknowledged.put(order, OrderStatus.ABORTED);
        String rollback = answer.path("RollbackChangeOrderId").asText();
        if (!rollback.isEmpty()) {
            rollbacks++;
            OrderFacts restored = expectEnd(rollback, OrderStatus.SUCCEEDED);
            assertThat(restored.json().path("Proof").path("Holds").asBoolean()).isTrue();
        }
        if (confirmed) {
            assertThat(starts(settled + 1))
                    .as("what was acknowledged as aborted starts nothing any more")
                    .isEqualTo(before);
        }
        forgetStarts();
    }

    /** The next version has the number of the one that was taken back. */
    private void forgetStarts() throws IOException {
        Files.writeString(journal, "");
    }

    /** What was started has written so when it is the program that it is to be. */
    private List<String> startsSoFar(int version) throws IOException {
        await("every instance has come to its program")
                .until(() -> nodes.world().stream()
                        .filter(instance -> instance.version().equals(Integer.toString(version)))
                        .allMatch(instance -> List.of("sleep", "").contains(instance.name())));
        return starts(version);
    }

    private List<String> starts(int version) throws IOException {
        return Files.readAllLines(journal).stream()
                .filter(line -> line.endsWith(" " + version))
                .toList();
    }

    private OrderFacts expectEnd(String order, OrderStatus status) {
        OrderFacts end = nodes.expectEnd(order, status);
        acknowledged.put(order, status);
        return end;
    }

    void theWorldIsAsSettled() {
        await("version " + settled + " as often as it was wished for")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(nodes.world())
                        .hasSize(REPLICAS)
                        .allMatch(instance -> instance.version().equals(Integer.toString(settled))));
    }

    void everyAcknowledgedOrderIsThere() {
        acknowledged.forEach((order, status) ->
                assertThat(nodes.order(order).status()).as(order).isEqualTo(status));
        assertThat(nodes.call(WireOperation.LIST_CHANGE_ORDERS, Map.of("AppId", app))
                        .path("TotalSize")
                        .asInt())
                .as("those and no others")
                .isEqualTo(acknowledged.size());
    }

    private Map<String, String> version(int version) {
        return withToken(Map.of(
                "Command",
                "/bin/sh",
                "CommandArgs",
                "[\"-c\",\"echo $INSTANCE_ID $APP_VERSION >> " + journal + "; exec sleep 1000\"]",
                "Envs",
                "[{\"name\":\"APP_VERSION\",\"value\":\"" + version + "\"}]",
                "PackageVersion",
                "v" + version + "-" + tokens,
                "Replicas",
                Integer.toString(REPLICAS),
                "ReadyForSeconds",
                "0"));
    }

    private Map<String, String> withToken(Map<String, String> parameters) {
        tokens++;
        return Nodes.with(parameters, Map.of("ClientToken", "token-" + tokens));
    }

    @Override
    public String toString() {
        return acknowledged.size() + " orders, " + rollbacks + " of them rollbacks, version " + settled + " is settled";
    }
}
