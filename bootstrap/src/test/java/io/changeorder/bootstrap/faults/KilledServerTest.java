package io.changeorder.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.ServerUnreachableException;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.faults.ServedFolder.Marked;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is killed again and again, on one data folder, at moments spread over the whole time that an order takes,
 * from before its command was answered. Commands carry a token, as those of a client that wants to be able to send them
 * again when an answer is lost.
 */
@Tag("kill")
class KilledServerTest {
    private static final long SEED = 20_190_506;
    private static final int KILLS = 15;
    private static final int REPLICAS = 4;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, OrderStatus> acknowledged = new LinkedHashMap<>();
    private ServedFolder served;
    private String app = "";
    private int settled = 1;

    @BeforeEach
    void start() throws IOException {
        served = new ServedFolder(folder);
        served.start();
        app = served.create("hello", version(settled));
    }

    @AfterEach
    void leaveNothingBehind() {
        served.close();
    }

    @Test
    void aDeploymentSurvivesTheDeathOfItsServerAtAnyMoment() throws InterruptedException {
        long from = System.nanoTime();
        deploy(Optional.empty());
        long whole = System.nanoTime() - from;
        for (int kill = 0; kill < KILLS; kill++) {
            deploy(Optional.of(moment(kill, whole)));
        }
        everyAcknowledgedOrderIsThere();
    }

    @Test
    void anAbortAndItsRollbackSurviveTheDeathOfTheirServerAtAnyMoment() throws InterruptedException {
        String first = deployByHand();
        served.awaitOrder(first, "waits", order -> order.status() == OrderStatus.AWAITING_CONFIRMATION);
        long from = System.nanoTime();
        abort(first, Optional.empty());
        long whole = System.nanoTime() - from;
        for (int kill = 0; kill < KILLS; kill++) {
            String order = deployByHand();
            if (kill % 2 == 0) {
                served.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION);
            }
            abort(order, Optional.of(moment(kill, whole)));
        }
        everyAcknowledgedOrderIsThere();
    }

    /** Deploys the next version in two batches that follow each other by themselves. */
    private void deploy(Optional<Duration> killedAfter) throws InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>(version(settled + 1));
        parameters.put("AppId", app);
        parameters.put("UpdateStrategy", batches("auto"));
        parameters.put("BatchWaitTime", "1");
        String order = send(WireOperation.DEPLOY_APPLICATION, parameters, killedAfter)
                .path("ChangeOrderId")
                .asText();
        settled++;
        expectEnd(order, OrderStatus.SUCCEEDED);
        theWorldIsAsSettled();
    }

    private String deployByHand() {
        Map<String, String> parameters = new LinkedHashMap<>(version(settled + 1));
        parameters.put("UpdateStrategy", batches("manual"));
        return served.deploy(app, parameters);
    }

    private void abort(String order, Optional<Duration> killedAfter) throws InterruptedException {
        JsonNode answer =
                send(WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, Map.of("ChangeOrderId", order), killedAfter);
        assertThat(answer.path("ChangeOrderId").asText()).isEqualTo(order);
        OrderFacts aborted = expectEnd(order, OrderStatus.ABORTED);
        String rollback = answer.path("RollbackChangeOrderId").asText();
        assertThat(aborted.rollback().orElse("")).isEqualTo(rollback);
        if (!rollback.isEmpty()) {
            OrderFacts restored = expectEnd(rollback, OrderStatus.SUCCEEDED);
            assertThat(restored.json().path("Proof").path("Holds").asBoolean()).isTrue();
        }
        theWorldIsAsSettled();
    }

    /** Sends a command, has the server killed so long after that, and gives the answer that it got in the end. */
    private JsonNode send(WireOperation operation, Map<String, String> parameters, Optional<Duration> killedAfter)
            throws InterruptedException {
        Map<String, String> withToken =
                ServedFolder.with(parameters, Map.of("ClientToken", "token-" + acknowledged.size()));
        WireClient client = served.client();
        if (killedAfter.isEmpty()) {
            return client.call(operation, withToken);
        }
        CompletableFuture<JsonNode> sent = CompletableFuture.supplyAsync(() -> client.call(operation, withToken));
        // A random moment: there is no condition to wait for.
        TimeUnit.NANOSECONDS.sleep(killedAfter.get().toNanos());
        served.kill();
        Optional<JsonNode> answer = answerOf(sent);
        System.out.println(answer.isPresent() ? "it was answered before" : "its answer was lost");
        served.start();
        JsonNode again = served.call(operation, withToken);
        answer.ifPresent(first -> assertThat(orders(again))
                .as("the answer before the death stands")
                .isEqualTo(orders(first)));
        return again;
    }

    private static Optional<JsonNode> answerOf(CompletableFuture<JsonNode> sent) {
        try {
            return Optional.of(sent.join());
        } catch (CompletionException failed) {
            assertThat(failed.getCause()).isInstanceOf(ServerUnreachableException.class);
            return Optional.empty();
        }
    }

    private static List<String> orders(JsonNode data) {
        return List.of(
                data.path("ChangeOrderId").asText(),
                data.path("RollbackChangeOrderId").asText());
    }

    private OrderFacts expectEnd(String order, OrderStatus status) {
        OrderFacts end = served.awaitEnd(order);
        assertThat(end.status()).as("%s", end.json()).isEqualTo(status);
        acknowledged.put(order, status);
        return end;
    }

    /** So many processes of the settled version, each another instance, and all of them on record. */
    private void theWorldIsAsSettled() {
        List<Marked> world = served.world();
        assertThat(world)
                .as("version %d", settled)
                .hasSize(REPLICAS)
                .allMatch(process -> process.version().equals(Integer.toString(settled)));
        assertThat(world)
                .extracting(Marked::instance)
                .containsExactlyInAnyOrderElementsOf(served.instances(app).keySet());
    }

    private void everyAcknowledgedOrderIsThere() {
        acknowledged.forEach((order, status) ->
                assertThat(served.order(order).status()).as(order).isEqualTo(status));
        assertThat(served.call(WireOperation.LIST_CHANGE_ORDERS, Map.of("AppId", app))
                        .path("TotalSize")
                        .asInt())
                .as("those, the creation, and no others")
                .isEqualTo(acknowledged.size() + 1);
    }

    /** The moments of the kills are spread evenly, each at random in its own part of the whole. */
    private Duration moment(int kill, long whole) {
        Duration moment = Duration.ofNanos((long) (whole * (kill + random.nextDouble()) / KILLS));
        System.out.println("seed " + SEED + ", kill " + kill + " after " + moment.toMillis() + " ms of "
                + TimeUnit.NANOSECONDS.toMillis(whole));
        return moment;
    }

    private static Map<String, String> version(int version) {
        return Map.of(
                "Command",
                "/bin/sleep",
                "CommandArgs",
                "[\"1000\"]",
                "Envs",
                "[{\"name\":\"APP_VERSION\",\"value\":\"" + version + "\"}]",
                "PackageVersion",
                "v" + version,
                "Replicas",
                Integer.toString(REPLICAS),
                "ReadyForSeconds",
                "0");
    }

    private static String batches(String release) {
        return "{\"type\":\"BatchUpdate\",\"batchUpdate\":{\"batch\":2,\"releaseType\":\"" + release + "\"}}";
    }
}
