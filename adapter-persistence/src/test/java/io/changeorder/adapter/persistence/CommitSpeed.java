package io.changeorder.adapter.persistence;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fake.CountingIdSource;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.Commit;
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
            storeCommits(store, 1);
            for (int round = 0; round < 3; round++) {
                long bareMedian = report("bare", 1, bare.commits());
                long storeMedian = report("store", 1, storeCommits(store, 1));
                System.out.printf("ratio of the medians %.2f%n", (double) storeMedian / bareMedian);
            }
            for (int threads : THREADS) {
                report("store", threads, storeCommits(store, threads));
            }
        }
    }

    private static long report(String what, int threads, long[] nanos) {
        Arrays.sort(nanos);
        long median = nanos[nanos.length / 2];
        System.out.printf(
                "%s, %d threads: %d commits/s, p50 %d us, p99 %d us%n",
                what,
                threads,
                nanos.length / SECONDS,
                median / NANOS_PER_MICRO,
                nanos[nanos.length * 99 / 100] / NANOS_PER_MICRO);
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
            String id = IDS.next().toString();
            Application application = Stores.commit(
                    store, CommitBuilder.creating(Application.fresh(new ApplicationId(id), id, "", Instant.now())));
            ChangeOrder live = order(Status.RUNNING, application.id());
            application =
                    Stores.commit(store, CommitBuilder.following(application).opening(live));
            List<Long> nanos = new ArrayList<>();
            while (!over.get()) {
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
                store.commit(commit);
                nanos.add(System.nanoTime() - start);
                application = commit.application();
                live = rollback;
            }
            return nanos.stream().mapToLong(Long::longValue).toArray();
        };
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

        private long[] commits() throws SQLException {
            List<Long> nanos = new ArrayList<>();
            long end = System.nanoTime() + SECONDS * 1_000_000_000L;
            for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
                update.executeUpdate();
                nanos.add(System.nanoTime() - start);
            }
            return nanos.stream().mapToLong(Long::longValue).toArray();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
