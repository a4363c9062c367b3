package io.changeorder.adapter.persistence;

import static io.changeorder.application.fixture.OrderBuilder.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.ApplicationState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that was a newer program's, and one that an older one still has. */
class SqliteUpgradeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void whatANewerProgramOnlyAddedToIsStillUsed() throws Exception {
        Application application;
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            application = Stores.create(store, "a");
        }
        becomeNewer("oldest");
        try (SqliteChangeOrderStore store = SqliteChangeOrderStore.open(folder, NODE);
                AccessStore keys = SqliteAccessStore.open(folder)) {
            Application next =
                    Stores.commit(store, CommitBuilder.following(application).growingTheFence());
            assertThat(store.findApplication(application.id()).map(ApplicationState::application))
                    .contains(next);
            assertThat(keys.hasKeys()).isFalse();
            assertThat(audit()).isEmpty();
        }
    }

    @Test
    void whatANewerProgramChangedIsRefused() throws Exception {
        Stores.open(folder).close();
        becomeNewer("1000");
        for (ThrowingCallable start : List.<ThrowingCallable>of(
                () -> SqliteChangeOrderStore.open(folder, NODE).close(),
                () -> SqliteAccessStore.open(folder).close(),
                this::audit)) {
            assertThatThrownBy(start)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("newer Changeorder (schema 1000, this one knows ")
                    .hasMessageContaining("Use that one, or restore a backup from before the update");
        }
    }

    @Test
    void theDatabaseIsNotChangedUnderAnOlderServerThatRuns() throws Exception {
        migrateTo("4");
        try (FolderLock olderServer = FolderLock.acquire(folder, NODE)) {
            assertThatThrownBy(() -> SqliteAccessStore.open(olderServer.folder(), Duration.ZERO))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("has to be brought to the schema of this Changeorder")
                    .hasMessageContaining("(node " + NODE)
                    .hasMessageContaining("End that process first");
            assertThatThrownBy(this::audit)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("made by an older Changeorder");
        }
        try (AccessStore keys = SqliteAccessStore.open(folder)) {
            assertThat(keys.hasKeys()).isFalse();
            assertThat(audit()).isEmpty();
        }
    }

    @Test
    void aServerThatStartsWaitsForWhoeverMakesTheSchema() throws Exception {
        FutureTask<SqliteChangeOrderStore> starting = new FutureTask<>(() -> SqliteChangeOrderStore.open(folder, NODE));
        try (FolderLock making = FolderLock.acquire(folder, FolderLock.UPDATING)) {
            awaitWaiting(starting);
            assertThat(making.folder()).exists();
        }
        starting.get().close();
    }

    @Test
    void keysWaitForAServerThatStartsAndMakesTheSchema() throws Exception {
        FutureTask<SqliteAccessStore> opening = new FutureTask<>(() -> SqliteAccessStore.open(folder, PATIENCE));
        try (FolderLock lock = FolderLock.acquire(folder, NODE)) {
            awaitWaiting(opening);
            try (SqliteChangeOrderStore server = SqliteChangeOrderStore.open(lock);
                    AccessStore keys = opening.get()) {
                assertThat(keys.hasKeys()).isFalse();
                Stores.create(server, "a");
            }
        }
    }

    private static void awaitWaiting(FutureTask<?> task) {
        Thread thread = new Thread(task);
        thread.start();
        await("it waits, or is at its end")
                .until(() -> thread.getState() == Thread.State.TIMED_WAITING || task.isDone());
        assertThat(task).isNotDone();
    }

    private List<?> audit() {
        return new SqliteAuditTrail(folder).find(new AuditQuery(AuditQuery.By.TRACE, "t", 0, 1));
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + Stores.file(folder), "", "")
                .locations("classpath:io/changeorder/adapter/persistence/sqlite")
                .target(version)
                .load()
                .migrate();
    }

    private void becomeNewer(String oldest) throws SQLException {
        Stores.tamper(folder, "UPDATE compatibility SET oldest = " + oldest);
        Stores.tamper(
                folder,
                "INSERT INTO flyway_schema_history SELECT 1000, '1000', description, type, script, checksum,"
                        + " installed_by, installed_on, execution_time, success FROM flyway_schema_history WHERE version = '1'");
    }
}
