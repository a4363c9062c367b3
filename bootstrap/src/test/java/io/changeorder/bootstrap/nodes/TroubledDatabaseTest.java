package io.changeorder.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.changeorder.bootstrap.client.ServerUnreachableException;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.nodes.Nodes.Node;
import io.changeorder.bootstrap.watch.OrderStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes whose database dies, cuts their connections, has none left, is held up by others, or can't be reached. */
@Tag("kill")
class TroubledDatabaseTest {
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("nodes.outage", 30));

    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    Path folder;

    private Database database;
    private TcpGate gate;
    private Nodes nodes;
    private String app = "";
    private int versions;

    @BeforeEach
    void start() throws IOException {
        database = new Database(folder.resolve("database"));
        gate = new TcpGate(database.port());
        nodes = new Nodes(folder, gate.port(), new Random(1));
        nodes.start();
        nodes.start();
        app = nodes.create(version()).application();
    }

    @AfterEach
    void leaveNothingBehind() throws IOException {
        nodes.close();
        gate.close();
        database.close();
    }

    @Test
    void anOrderGoesOnAfterItsDatabaseDiedAndCameBack() throws Exception {
        String order = deploy("auto");
        database.restart();
        nodes.expectEnd(order, OrderStatus.SUCCEEDED);
        String taken = deploy("manual");
        database.restart();
        nodes.expectEnd(abort(taken), OrderStatus.SUCCEEDED);
    }

    @Test
    void anOrderGoesOnAfterEveryConnectionWasCut() throws Exception {
        for (int round = 0; round < 3; round++) {
            String order = deploy("auto");
            database.cutConnections();
            nodes.expectEnd(order, OrderStatus.SUCCEEDED);
        }
    }

    @Test
    void whileTheDatabaseCantBeReachedCommandsAreRefusedAndNotExecutedLater() throws Exception {
        String order = deployToTheFirstBatch();
        Node asked = nodes.any();
        gate.shut();
        long until = System.nanoTime() + OUTAGE.toNanos();
        do {
            assertRefused(asked.client(), order);
            // Once in a while, as somebody does who hopes that it works again.
            TimeUnit.SECONDS.sleep(1);
        } while (System.nanoTime() < until);
        gate.openAgain();
        assertGoesOn(order);
    }

    @Test
    void whileOthersHaveEveryConnectionCommandsAreRefusedAndAnOrderGoesOnAfterwards() throws Exception {
        String order = deploy("auto");
        try (Hoard others = new Hoard(database)) {
            assertThat(others.size()).isEqualTo(Database.MOST_CONNECTIONS);
            assertManyAreRefused(order);
        }
        nodes.expectEnd(order, OrderStatus.SUCCEEDED);
        assertNoThreadIsStuck();
    }

    @Test
    void whileEveryConnectionOfTheNodesIsHeldUpCommandsAreRefusedAndNotExecutedLater() throws Exception {
        String order = deployToTheFirstBatch();
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE application, change_order IN ACCESS EXCLUSIVE MODE");
            assertManyAreRefused(order);
        }
        assertGoesOn(order);
        assertNoThreadIsStuck();
    }

    private String deployToTheFirstBatch() {
        String order = deploy("manual");
        nodes.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION);
        return order;
    }

    private static void assertRefused(WireClient client, String order) {
        assertThatThrownBy(() -> client.call(WireOperation.ABORT_CHANGE_ORDER, Map.of("ChangeOrderId", order)))
                .isInstanceOf(ServerUnreachableException.class)
                .hasMessageContaining("ServiceUnavailable");
    }

    /** More at once than a node has connections. */
    private void assertManyAreRefused(String order) throws Exception {
        ExecutorService callers = Executors.newCachedThreadPool();
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (Node node : nodes.all()) {
                for (int each = 0; each < 12; each++) {
                    calls.add(callers.submit(() -> assertRefused(node.client(), order)));
                }
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /** It waits as before, and can be taken back. */
    private void assertGoesOn(String order) {
        assertThat(nodes.order(order).status()).isEqualTo(OrderStatus.AWAITING_CONFIRMATION);
        String next = abort(order);
        nodes.expectEnd(next, OrderStatus.SUCCEEDED);
        assertThat(nodes.order(order).status()).isEqualTo(OrderStatus.ABORTED);
        await().untilAsserted(() -> assertThat(nodes.world()).hasSize(2));
    }

    /** A node that ends in order has seen each of its threads end. */
    private void assertNoThreadIsStuck() {
        for (Node node : nodes.all()) {
            node.process().terminate();
            assertThat(node.process().awaitExit()).as(node.process().errors()).isEqualTo(ENDED_BY_SIGTERM);
        }
    }

    private String deploy(String release) {
        return nodes.deploy(app, Nodes.with(version(), Map.of("BatchWaitTime", "1")), release);
    }

    /** The rollback of an order that waits. */
    private String abort(String order) {
        nodes.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION);
        versions++;
        return nodes.call(
                        WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER,
                        Map.of("ChangeOrderId", order, "ClientToken", "abort-" + versions))
                .path("RollbackChangeOrderId")
                .asText();
    }

    private Map<String, String> version() {
        versions++;
        return Nodes.sleeping(versions);
    }
}
