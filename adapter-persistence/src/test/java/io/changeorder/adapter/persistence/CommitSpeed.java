package io.changeorder.adapter.persistence;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fake.CountingIdSource;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Not a test: prints how many commits a second the store does, and its median beside that of one bare SQLite commit on
 * the same disk in the same run.
 *
 * <p>A commit here is that of an abort with rollback (application, two orders, six events, an answer).
 */
public final class CommitSpeed {
    private static final int WARM_UP = 3_000;
    private static final int PAIRS = 3_000;
    private static final int SECONDS = 4;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int[] THREADS = {1, 8, 32};
    private static final CountingIdSource IDS = new CountingIdSource();

    private CommitSpeed() {}

    /** Measures in the folder that is named, or in a temporary one, and leaves the files there. */
    public static void main(String[] arguments) throws Exception {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("changeorder-speed");
        System.out.println("folder " + folder);
        try (SqliteChangeOrderStore store = SqliteChangeOrderStore.open(folder.resolve("store"), OrderBuilder.NODE);
                Bare bare = new Bare(folder.resolve("bare.db"))) {
            Client warmUp = new Client(store);
            for (int commit = 0; commit < WARM_UP; commit++) {
                warmUp.commit();
            }
            sideBySide(new Client(store), bare);
            for (int threads : THREADS) {
                long[] nanos = storeCommits(store, threads);
                System.out.printf("%d threads: %d commits/s%n", threads, nanos.length / SECONDS);
                report("store, " + threads + " threads", nanos);
            }
        }
    }

    /** In turns, so that whatever else the machine does meets both alike. */
    private static void sideBySide(Client client, Bare bare) throws SQLException {
        long[] bareNanos = new long[PAIRS];
        long[] storeNanos = new long[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            bareNanos[pair] = bare.commit();
            storeNanos[pair] = client.commit();
        }
        long bareMedian = report("bare, in turns", bareNanos);
        long storeMedian = report("store, in turns", storeNanos);
        System.out.printf("ratio of the medians %.2f%n", (double) storeMedian / bareMedian);
    }

    private static long report(String what, long[] nanos) {
        Arrays.sort(nanos);
        long median = nanos[nanos.length / 2];
        System.out.printf(
                "%s: p50 %d us, p99 %d us%n",
                what, median / NANOS_PER_MICRO, nanos[nanos.length * 99 / 100] / NANOS_PER_MICRO);
        return median;
    }

    private static long[] storeCommits(SqliteChangeOrderStore store, int threads) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(threads);
        try {
            List<Future<long[]>> running = new ArrayList<>();
            for (int client = 0; client < threads; client++) {
                running.add(clients.submit(client(store, over)));
            }
            Thread.sleep(SECONDS * 1_000L);
            over.set(true);
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> each : running) {
                all.add(each.get());
            }
            return all.stream().flatMapToLong(Arrays::stream).toArray();
        } finally {
            clients.shutdownNow();
        }
    }

    private static Callable<long[]> client(SqliteChangeOrderStore store, AtomicBoolean over) {
        return () -> {
            Client client = new Client(store);
            List<Long> nanos = new ArrayList<>();
            while (!over.get()) {
                nanos.add(client.commit());
            }
            return nanos.stream().mapToLong(Long::longValue).toArray();
        };
    }

    /** Aborts a rollback by another, again and again. */
    private static final class Client {
        private final SqliteChangeOrderStore store;
        private Application application;
        private ChangeOrder live;

        private Client(SqliteChangeOrderStore store) {
            this.store = store;
            String id = IDS.next().toString();
            Application created = Stores.create(store, id);
            live = order(Status.RUNNING, created.id());
            application = Stores.commit(store, CommitBuilder.following(created).opening(live));
        }

        /** How many nanoseconds it took. */
        private long commit() {
            ChangeOrder rollback = order(Status.RUNNING, application.id());
            ChangeOrder aborted = OrderBuilder.anOrder(live.id().value(), application.id(), Status.ABORTED)
                    .undoneBy(rollback.id())
                    .build();
            Commit commit = CommitBuilder.following(application)
                    .ending(aborted)
                    .growingTheFence()
                    .opening(rollback)
                    .intending(rollback, Composition.of(new Entry(OrderBuilder.BEFORE.id(), 0), 4))
                    .answering(answer(application.id(), aborted.id()))
                    .build();
            long start = System.nanoTime();
            CommitResult result = store.commit(commit);
            long nanos = System.nanoTime() - start;
            if (result != CommitResult.COMMITTED) {
                throw new IllegalStateException(result.toString());
            }
            application = commit.application();
            live = rollback;
            return nanos;
        }
    }

    private static ChangeOrder order(Status status, ApplicationId application) {
        return OrderBuilder.anOrder(IDS.next().toString(), application, status)
                .createdAt(Instant.now())
                .build();
    }

    private static StoredAnswer answer(ApplicationId application, ChangeOrderId order) {
        return new StoredAnswer(
                new IdempotencyKey(
                        OrderBuilder.ALICE,
                        Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER,
                        IDS.next().toString()),
                "ab".repeat(32),
                new Receipt(application, Optional.of(order), Optional.empty(), Optional.empty(), true),
                Instant.now());
    }

    /** One row that is updated, and nothing else. */
    private static final class Bare implements AutoCloseable {
        private final Connection connection;
        private final PreparedStatement update;

        private Bare(Path file) throws SQLException {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, number INTEGER)");
                statement.execute("INSERT INTO one VALUES (1, 0)");
            }
            update = connection.prepareStatement("UPDATE one SET number = number + 1 WHERE id = 1");
        }

        /** How many nanoseconds it took. */
        private long commit() throws SQLException {
            long start = System.nanoTime();
            update.executeUpdate();
            return System.nanoTime() - start;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
