package io.changeorder.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.adapter.persistence.postgres.PostgresChangeOrderStore;
import io.changeorder.adapter.persistence.postgres.PostgresServer;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.nodes.Nodes.Node;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderStatus;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes, one of which is killed or frozen again and again at a random moment, while somebody deploys, confirms and
 * takes back through whichever node answers. Each instance writes into one journal when it starts.
 */
@Tag("kill")
class NodesUnderFireTest {
    private static final long SEED = Long.getLong("nodes.seed", 20_190_506);
    private static final int BLOWS = Integer.getInteger("nodes.blows", 20);
    private static final int REPLICAS = 4;
    /** Milliseconds within which a blow falls after a command was sent. */
    private static final int SOON = 1_500;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, OrderStatus> acknowledged = new LinkedHashMap<>();
    private Database database;
    private Nodes nodes;
    private Path journal;
    private String app = "";
    private int settled = 1;
    private int tokens;

    @BeforeEach
    void start() throws IOException {
        journal = Files.createFile(folder.resolve("journal"));
        database = new Database(folder.resolve("database"));
        nodes = new Nodes(folder, database.port(), random);
        for (int each = 0; each < 3; each++) {
            nodes.start();
        }
        OrderFacts created = nodes.create(version(settled));
        app = created.application();
        acknowledged.put(created.id(), created.status());
    }

    @AfterEach
    void leaveNothingBehind() throws IOException {
        nodes.close();
        database.close();
    }

    @Test
    void nothingIsLostNothingIsDoubledAndNothingOldHasAnEffect() throws Exception {
        for (int blow = 0; blow < BLOWS; blow++) {
            String order = nodes.deploy(app, version(settled + 1), "manual");
            boolean early = random.nextInt(3) == 0;
            Blow fallen = early ? strike(blow) : Blow.NONE;
            if (!early || random.nextBoolean()) {
                nodes.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION);
            }
            if (!early) {
                fallen = strike(blow);
            }
            boolean waits = nodes.order(order).status() == OrderStatus.AWAITING_CONFIRMATION;
            if (waits && random.nextInt(3) == 0) {
                confirm(order);
                fallen.ends();
                settled++;
                expectEnd(order, OrderStatus.SUCCEEDED);
            } else {
                takeBack(order, fallen);
            }
            theWorldIsAsSettled();
        }
        everyAcknowledgedOrderIsThere();
        oneOrderLivedAtAnyMoment();
    }

    /** What befell a node, until it is over. */
    private interface Blow {
        Blow NONE = () -> {};

        void ends() throws InterruptedException;
    }

    private Blow strike(int number) throws InterruptedException {
        int after = random.nextInt(SOON);
        Node struck = nodes.any();
        boolean freezes = random.nextInt(3) == 0;
        System.out.println("seed " + SEED + ", blow " + number + ": "
                + struck.client().endpoint() + (freezes ? " freezes after " : " is killed after ") + after + " ms");
        // A random moment: there is no condition to wait for.
        TimeUnit.MILLISECONDS.sleep(after);
        if (!freezes) {
            nodes.kill(struck);
            return Blow.NONE;
        }
        nodes.freeze(struck);
        return () -> {
            // Longer than its lease, so that the others have taken over what it drove.
            TimeUnit.MILLISECONDS.sleep(Nodes.LEASE.multipliedBy(2).toMillis());
            nodes.thaw(struck);
        };
    }

    private void confirm(String order) {
        String batch = nodes.order(order).currentBatch().orElseThrow();
        nodes.call(WireOperation.CONFIRM_PIPELINE_BATCH, withToken(Map.of("PipelineId", batch, "Confirm", "true")));
    }

    private void takeBack(String order, Blow fallen) throws Exception {
        JsonNode answer =
                nodes.call(WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, withToken(Map.of("ChangeOrderId", order)));
        boolean confirmed = answer.path("FenceConfirmed").asBoolean(true);
        List<String> before = startsSoFar(settled + 1);
        fallen.ends();
        acknowledged.put(order, OrderStatus.ABORTED);
        String rollback = answer.path("RollbackChangeOrderId").asText();
        if (!rollback.isEmpty()) {
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

    private void theWorldIsAsSettled() {
        await("version " + settled + " as often as it was wished for")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(nodes.world())
                        .hasSize(REPLICAS)
                        .allMatch(instance -> instance.version().equals(Integer.toString(settled))));
    }

    private void everyAcknowledgedOrderIsThere() {
        acknowledged.forEach((order, status) ->
                assertThat(nodes.order(order).status()).as(order).isEqualTo(status));
    }

    private void oneOrderLivedAtAnyMoment() {
        PostgresServer server = new PostgresServer(Database.url(database.port()), Database.USER, "");
        try (PostgresChangeOrderStore store = PostgresChangeOrderStore.open(server, new NodeId("reader"))) {
            Set<ChangeOrderId> live = new HashSet<>();
            for (Event event : store.history(new ApplicationId(app), 1, Integer.MAX_VALUE)) {
                if (event.what() instanceof Happening.OrderOpened opened) {
                    live.add(opened.order());
                } else if (event.what() instanceof Happening.OrderMoved moved
                        && !moved.to().isLive()) {
                    live.remove(moved.order());
                }
                assertThat(live).as("event %s", event.number()).hasSizeLessThanOrEqualTo(1);
            }
            assertThat(live).isEmpty();
        }
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
}
