package io.changeorder.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.adapter.persistence.access.CrowdedFixture;
import io.changeorder.application.contract.AccessFixture;
import io.changeorder.application.contract.AccessStoreContract;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAccessStoreTest extends AccessStoreContract {
    @TempDir
    private Path folder;

    /** Beside a server that has the folder. */
    @Override
    protected AccessFixture makeFixture() {
        return new Fixture(folder.resolve("data"));
    }

    @Test
    void aFolderThatHasNothingYetIsMadeReadyAndAServerOpensItAfterwards() {
        Path fresh = folder.resolve("fresh");
        try (AccessStore store = SqliteAccessStore.open(fresh)) {
            assertThat(store.hasKeys()).isFalse();
        }
        SqliteChangeOrderStore.open(fresh, OrderBuilder.NODE).close();
    }

    /** What a process leaves that is killed are its files as they are. */
    @Test
    void whatWasAnsweredBeforeACrashIsThereAfterIt() throws Exception {
        Path crashed = folder.resolve("crashed");
        Path left = Files.createDirectory(folder.resolve("left"));
        Actor key = new Actor("COKEY");
        try (AccessStore store = SqliteAccessStore.open(crashed)) {
            assertThat(store.rememberNonce(key, "n", Duration.ofMinutes(30))).isTrue();
            for (String file : List.of("changeorder.db", "changeorder.db-wal")) {
                Files.copy(crashed.resolve(file), left.resolve(file));
            }
        }
        try (AccessStore store = SqliteAccessStore.open(left)) {
            assertThat(store.rememberNonce(key, "n", Duration.ofMinutes(30))).isFalse();
        }
    }

    @Test
    void aFolderThatCanNotBeMadeIsRefusedWithAWordOnWhatToDo() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> SqliteAccessStore.open(file.resolve("below")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("use another folder");
    }

    @Test
    void aKeyThatCanNotBeReadIsRefusedWithAWordOnWhatToDo() throws Exception {
        Stores.tamper(
                folder.resolve("data"), "INSERT INTO access_key (id, created_at, document) VALUES ('x', 0, '{}')");
        try (AccessStore store = SqliteAccessStore.open(folder.resolve("data"))) {
            assertThatThrownBy(store::listKeys)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("Restore a backup");
        }
    }

    private static final class Fixture implements CrowdedFixture {
        private final Path folder;
        private final SqliteChangeOrderStore server;
        private SqliteAccessStore store;

        Fixture(Path folder) {
            this.folder = folder;
            this.server = Stores.open(folder);
            this.store = openAnother();
        }

        @Override
        public AccessStore store() {
            return store;
        }

        @Override
        public void reopen() {
            store.close();
            store = openAnother();
        }

        @Override
        public SqliteAccessStore openAnother() {
            return SqliteAccessStore.open(folder);
        }

        @Override
        public void letPass(Duration time) throws SQLException {
            Stores.tamper(folder, "UPDATE nonce SET until = until - " + time.toMillis());
        }

        @Override
        public void fill() {
            Stores.tune(store, Stores.FULL_DISK);
        }

        @Override
        public void makeRoom() {
            Stores.tune(store, Stores.DISK_WITH_SPACE);
        }

        @Override
        public void close() {
            store.close();
            server.close();
        }
    }
}
