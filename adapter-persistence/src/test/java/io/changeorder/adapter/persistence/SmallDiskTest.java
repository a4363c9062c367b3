package io.changeorder.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.id.ApplicationId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        List<String> lines = Child.run(
                        List.of("bash", "-c", "ulimit -f " + LIMIT_KIBIBYTES + "; exec \"$@\"", "bash"),
                        SmallDiskTest.class,
                        folder.toString())
                .lines()
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("refused: The disk of the data folder " + folder.toRealPath());
        long answered = Long.parseLong(lines.get(1));
        assertThat(lines.get(2)).as("it can still be read").isEqualTo(lines.get(1));
        assertThat(answered).isPositive();
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

    /** Commits until it is refused; prints the refusal, the last version that was answered, and the one that is read. */
    public static void main(String[] arguments) {
        SqliteChangeOrderStore store = SqliteChangeOrderStore.open(Path.of(arguments[0]), OrderBuilder.NODE);
        Application answered = Stores.create(store, "a");
        boolean refused = false;
        while (!refused) {
            try {
                answered =
                        Stores.commit(store, CommitBuilder.following(answered).growingTheFence());
            } catch (StoreUnavailableException full) {
                System.out.println("refused: " + full.getMessage());
                refused = true;
            }
        }
        System.out.println(answered.version());
        System.out.println(
                store.findApplication(answered.id()).orElseThrow().application().version());
        Runtime.getRuntime().halt(0);
    }
}
