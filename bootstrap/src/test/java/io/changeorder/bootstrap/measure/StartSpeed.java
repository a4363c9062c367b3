package io.changeorder.bootstrap.measure;

import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.application.fake.CountingIdSource;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.order.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** How long a server takes from its start to its first answer, and how much memory it holds when it is idle. */
final class StartSpeed {
    private static final int APPLICATIONS = 100;
    private static final int STARTS = 7;
    private static final int SECONDS_IDLE = 5;
    private static final long KILOBYTES_PER_MEGABYTE = 1_024;

    private StartSpeed() {}

    static void print(Path home, Path folder, int orders) throws Exception {
        Path data = folder.resolve("start-" + orders);
        fill(data, orders);
        Path log = folder.resolve("start-" + orders + ".log");
        long[] nanos = new long[STARTS];
        long[] kilobytes = new long[STARTS];
        for (int start = 0; start < STARTS; start++) {
            try (Served served = Served.start(home, data, log)) {
                nanos[start] = served.nanosToFirstAnswer();
                TimeUnit.SECONDS.sleep(SECONDS_IDLE);
                kilobytes[start] = served.residentKilobytes();
            }
        }
        System.out.printf(
                "  with %d orders: first answer after %s ms, resident %s MB (the least and the median of %d)%n",
                orders,
                leastAndMedian(Arrays.stream(nanos).map(TimeUnit.NANOSECONDS::toMillis)),
                leastAndMedian(Arrays.stream(kilobytes).map(size -> size / KILOBYTES_PER_MEGABYTE)),
                STARTS);
    }

    private static String leastAndMedian(LongStream values) {
        long[] sorted = values.sorted().toArray();
        return sorted[0] + " / " + sorted[sorted.length / 2];
    }

    /** Orders that ended, of some applications in turn. */
    private static void fill(Path data, int orders) throws IOException {
        CountingIdSource ids = new CountingIdSource();
        try (SqliteChangeOrderStore store = SqliteChangeOrderStore.open(data, OrderBuilder.NODE)) {
            for (int app = 0; app < APPLICATIONS && app < orders; app++) {
                String id = ids.next().toString();
                Application application = commit(
                        store,
                        CommitBuilder.creating(
                                Application.fresh(new ApplicationId(id), "app-" + app, "", Instant.now())));
                for (int order = 0; order < orders / APPLICATIONS; order++) {
                    application = commit(
                            store,
                            CommitBuilder.following(application)
                                    .ending(OrderBuilder.anOrder(
                                                    ids.next().toString(), application.id(), Status.SUCCEEDED)
                                            .createdAt(Instant.now())
                                            .build()));
                }
            }
        }
    }

    private static Application commit(SqliteChangeOrderStore store, CommitBuilder builder) {
        Commit commit = builder.build();
        if (store.commit(commit) != CommitResult.COMMITTED) {
            throw new IllegalStateException("not committed: " + commit);
        }
        return commit.application();
    }
}
