package io.changeorder.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessKey.SealedSecret;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operating system itself refuses to write on: files of a child process may not grow beyond a limit. */
class SmallDiskTest {
    /** The driver's own library, which it unpacks, needs more than one MiB. */
    private static final String LIMIT_KIBIBYTES = "3072";

    @TempDir
    private Path folder;

    @Test
    void whatTheSystemRefusesToWriteIsNotAnsweredAndWhatWasAnsweredStays() throws Exception {
        Stores.open(folder).close();
        long answered = answeredUntilRefused("commits");
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            Application kept = store.findApplication(new ApplicationId("a"))
                    .map(ApplicationState::application)
                    .orElseThrow();
            assertThat(kept.version()).isEqualTo(answered);
            assertThat(HistoryFold.fold(store.history(kept.id(), 1, Integer.MAX_VALUE)))
                    .isEqualTo(HistoryFold.Present.of(kept, Map.of()));
            Stores.commit(store, CommitBuilder.following(kept).growingTheFence());
        }
    }

    @Test
    void keysThatTheSystemRefusesToWriteAreNotAnsweredAndThoseThatWereAnsweredStay() throws Exception {
        Stores.open(folder).close();
        long answered = answeredUntilRefused("keys");
        try (SqliteAccessStore store = SqliteAccessStore.open(folder)) {
            assertThat(store.listKeys()).hasSize((int) answered);
            assertThat(store.createKey(key(answered))).isTrue();
        }
    }

    private long answeredUntilRefused(String what) throws Exception {
        List<String> lines = Child.run(
                        List.of("bash", "-c", "ulimit -f " + LIMIT_KIBIBYTES + "; exec \"$@\"", "bash"),
                        SmallDiskTest.class,
                        folder.toString(),
                        what)
                .lines()
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("refused: The disk of the data folder " + folder.toRealPath());
        assertThat(lines.get(2)).as("it can still be read").isEqualTo(lines.get(1));
        long answered = Long.parseLong(lines.get(1));
        assertThat(answered).isPositive();
        return answered;
    }

    /** Writes until it is refused; prints the refusal, how much was answered, and how much is read. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        if (arguments[1].equals("keys")) {
            createKeys(folder);
        } else {
            commit(folder);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void commit(Path folder) {
        SqliteChangeOrderStore store = SqliteChangeOrderStore.open(folder, OrderBuilder.NODE);
        AtomicReference<Application> answered = new AtomicReference<>(Stores.create(store, "a"));
        untilRefused(() -> answered.set(
                Stores.commit(store, CommitBuilder.following(answered.get()).growingTheFence())));
        System.out.println(answered.get().version());
        System.out.println(store.findApplication(answered.get().id())
                .orElseThrow()
                .application()
                .version());
    }

    private static void createKeys(Path folder) {
        SqliteAccessStore store = SqliteAccessStore.open(folder);
        AtomicLong answered = new AtomicLong();
        untilRefused(() -> {
            store.createKey(key(answered.get()));
            answered.incrementAndGet();
        });
        System.out.println(answered);
        System.out.println(store.listKeys().size());
    }

    private static AccessKey key(long number) {
        return new AccessKey(
                new Actor("COKEY" + number),
                new SealedSecret("sealed"),
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                List.of("x".repeat(1_000)),
                "",
                Instant.EPOCH,
                Optional.empty());
    }

    private static void untilRefused(Runnable writing) {
        boolean refused = false;
        while (!refused) {
            try {
                writing.run();
            } catch (StoreUnavailableException full) {
                System.out.println("refused: " + full.getMessage());
                refused = true;
            }
        }
    }
}
