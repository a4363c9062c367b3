package io.changeorder.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.changeorder.bootstrap.client.ServerUnreachableException;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.nodes.Nodes.Node;
import io.changeorder.bootstrap.watch.OrderStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes whose database dies, cuts their connections, has none left, or can't be reached. */
@Tag("kill")
class TroubledDatabaseTest {
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("nodes.outage", 30));

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
        database.crash();
        nodes.expectEnd(order, OrderStatus.SUCCEEDED);
        String taken = deploy("manual");
        database.crash();
        nodes.expectEnd(abort(taken), OrderStatus.SUCCEEDED);
    }

    @Test
    void anOrderGoesOnAfterEveryConnectionWasCut() throws Exception {
        for (int round = 0; round < 3; round++) {
            String order = deploy("auto");
            query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                    + " AND pid <> pg_backend_pid()");
            nodes.expectEnd(order, OrderStatus.SUCCEEDED);
        }
    }

    @Test
    void whileTheDatabaseCantBeReachedCommandsAreRefusedAndNotExecutedLater() throws Exception {
        String order = deploy("manual");
        nodes.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION);
        Node asked = nodes.any();
        gate.shut();
        long until = System.nanoTime() + OUTAGE.toNanos();
        do {
            assertThatThrownBy(
                            () -> asked.client().call(WireOperation.ABORT_CHANGE_ORDER, Map.of("ChangeOrderId", order)))
                    .isInstanceOf(ServerUnreachableException.class)
                    .hasMessageContaining("ServiceUnavailable");
            // Once in a while, as somebody does who hopes that it works again.
            TimeUnit.SECONDS.sleep(1);
        } while (System.nanoTime() < until);
        gate.openAgain();

        assertThat(nodes.order(order).status()).isEqualTo(OrderStatus.AWAITING_CONFIRMATION);
        String next = abort(order);
        nodes.expectEnd(next, OrderStatus.SUCCEEDED);
        assertThat(nodes.order(order).status()).isEqualTo(OrderStatus.ABORTED);
        await().untilAsserted(() -> assertThat(nodes.world()).hasSize(2));
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

    private void query(String sql) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(Database.url(database.port()), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
