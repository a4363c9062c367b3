package io.changeorder.bootstrap.nodes;

import static org.awaitility.Awaitility.await;

import io.changeorder.adapter.persistence.postgres.PostgresChangeOrderStore;
import io.changeorder.application.fake.CountingIdSource;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What nodes cost that drive orders of which each waits for a person. */
final class IdleNodes {
    private static final int NODES = 3;
    private static final int ORDERS = 10_000;
    private static final int WRITERS = 16;
    private static final int SECONDS_TO_SETTLE = 30;
    private static final double PERCENT = 100;
    private static final NodeId GONE = new NodeId("gone");

    private final Database database;
    private final Nodes nodes;

    private IdleNodes(Database database, Nodes nodes) {
        this.database = database;
        this.nodes = nodes;
    }

    static void print(Path folder, int seconds) throws Exception {
        Duration lease = EngineOptions.DEFAULT.lease();
        try (Database database = new Database(folder.resolve("database"));
                Nodes nodes = new Nodes(folder, database.port(), lease, new Random(1))) {
            IdleNodes idle = new IdleNodes(database, nodes);
            idle.fill();
            Instant before = Instant.now();
            for (int node = 0; node < NODES; node++) {
                nodes.start();
            }
            idle.awaitTakeovers();
            System.out.printf(
                    "  %d orders of a node that is gone, taken over by %d nodes that start: after %d s%n",
                    ORDERS, NODES, Duration.between(before, Instant.now()).toSeconds());
            TimeUnit.SECONDS.sleep(SECONDS_TO_SETTLE);
            idle.watch(seconds);
        }
    }

    /** Orders that wait for a confirmation, held by a node of which nothing is heard. */
    private void fill() throws InterruptedException, ExecutionException {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try (PostgresChangeOrderStore store = PostgresChangeOrderStore.open(database.address(), GONE)) {
            CountingIdSource ids = new CountingIdSource();
            List<Future<?>> writing = new ArrayList<>();
            for (int order = 0; order < ORDERS; order++) {
                Commit commit = waiting(ids.next().toString(), ids.next().toString());
                writing.add(writers.submit(() -> write(store, commit)));
            }
            for (Future<?> each : writing) {
                each.get();
            }
        } finally {
            writers.shutdown();
        }
    }

    private static Commit waiting(String application, String order) {
        Application fresh = Application.fresh(new ApplicationId(application), "app-" + application, "", Instant.now());
        return CommitBuilder.creating(fresh)
                .opening(OrderBuilder.anOrder(order, fresh.id(), Status.AWAITING_CONFIRMATION)
                        .heldBy(GONE)
                        .createdAt(Instant.now())
                        .build())
                .build();
    }

    private static void write(PostgresChangeOrderStore store, Commit commit) {
        if (store.commit(commit) != CommitResult.COMMITTED) {
            throw new IllegalStateException("not committed: " + commit);
        }
    }

    /** Until every order is a node's that lives, and goes on as it was. */
    private void awaitTakeovers() {
        await("every order is taken over")
                .atMost(Duration.ofMinutes(10))
                .until(() ->
                        database.ask("SELECT count(*) FROM change_order o JOIN application a ON a.id = o.application"
                                        + " WHERE o.live AND (o.lease = '" + GONE.value()
                                        + "' OR a.halted_by IS NOT NULL)")
                                == 0);
    }

    private void watch(int seconds) throws Exception {
        long transactions = transactions();
        List<Duration> before = cpuTimes();
        TimeUnit.SECONDS.sleep(seconds);
        List<Duration> after = cpuTimes();
        List<String> percent = new ArrayList<>();
        for (int process = 0; process < before.size(); process++) {
            Duration used = after.get(process).minus(before.get(process));
            percent.add(String.format(
                    Locale.ROOT, "%.2f %%", PERCENT * used.toMillis() / TimeUnit.SECONDS.toMillis(seconds)));
        }
        System.out.printf(
                Locale.ROOT,
                "  %d idle nodes with %d waiting orders, lease %d s, watched for %d s: %.1f transactions a second in the"
                        + " database; of one processor %s by the database, %s by the nodes%n",
                NODES,
                ORDERS,
                EngineOptions.DEFAULT.lease().toSeconds(),
                seconds,
                (transactions() - transactions) / (double) seconds,
                percent.get(0),
                percent.stream().skip(1).collect(Collectors.joining(", ")));
    }

    /** Each statement of a node is one. */
    private long transactions() throws Exception {
        return database.ask(
                "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()");
    }

    /** Of the database, then of each node. */
    private List<Duration> cpuTimes() throws IOException {
        List<Duration> all = new ArrayList<>();
        all.add(CpuTime.ofAll(database.pid()));
        for (Nodes.Node node : nodes.all()) {
            all.add(CpuTime.ofAll(node.process().pid()));
        }
        return all;
    }
}
