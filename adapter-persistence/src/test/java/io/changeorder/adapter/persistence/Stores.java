package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.SqlRows;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.id.ApplicationId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Stream;

/** Stores for tests, and what their files have inside. */
final class Stores {
    /** Bytes. */
    static final int PAGE = 2048;

    /** No page more than there are. */
    static final String FULL_DISK = "PRAGMA max_page_count = 1";

    static final String DISK_WITH_SPACE = "PRAGMA max_page_count = 1000000";

    private Stores() {}

    /** Flyway would take most of a test's time; one file is migrated and its bytes are kept. */
    private static final class Migrated {
        private static final byte[] BYTES = migrated();

        private static byte[] migrated() {
            try {
                Path folder = Files.createTempDirectory("changeorder-migrated");
                SqliteChangeOrderStore.open(folder, OrderBuilder.NODE).close();
                byte[] bytes = Files.readAllBytes(file(folder));
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path each : files.toList()) {
                        Files.delete(each);
                    }
                }
                Files.delete(folder);
                return bytes;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    static SqliteChangeOrderStore open(Path folder) {
        return open(folder, Statements.Steps.UNWATCHED);
    }

    static SqliteChangeOrderStore open(Path folder, Statements.Steps steps) {
        try {
            if (!Files.exists(file(folder))) {
                Files.createDirectories(folder);
                Files.write(file(folder), Migrated.BYTES);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        FolderLock lock = FolderLock.acquire(folder, OrderBuilder.NODE);
        try {
            return SqliteChangeOrderStore.open(lock, InstantSource.system(), steps, lock::close);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    static Path file(Path folder) {
        return folder.resolve(SqliteDatabase.FILE);
    }

    static Application create(ChangeOrderStore store, String id) {
        return commit(store, CommitBuilder.creating(Application.fresh(new ApplicationId(id), id, "", Instant.EPOCH)));
    }

    static Application commit(ChangeOrderStore store, CommitBuilder builder) {
        Commit commit = builder.build();
        CommitResult result = store.commit(commit);
        if (result != CommitResult.COMMITTED) {
            throw new AssertionError(result);
        }
        return commit.application();
    }

    /** Changes the writing connection itself. */
    static void tune(SqliteChangeOrderStore store, String pragma) {
        store.write(pragma, executing(pragma));
    }

    /** As {@link #tune(SqliteChangeOrderStore, String)}. */
    static void tune(SqliteAccessStore store, String pragma) {
        store.write(pragma, executing(pragma));
    }

    private static SqlRows.Use<Integer> executing(String pragma) {
        return writing -> {
            writing.execute(pragma);
            return 0;
        };
    }

    /** Pages go to the disk in the middle of transactions from now on. */
    static void spillEarly(SqliteChangeOrderStore store) {
        tune(store, "PRAGMA cache_size = 1");
    }

    /** Where the first page of a table begins in the file. */
    static long pageOf(Path folder, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(folder));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = '" + table + "'")) {
            return (rows.getLong(1) - 1) * PAGE;
        }
    }

    /** So many bytes of a file are noise from now on. */
    static void overwrite(Path file, long from, int length) throws IOException {
        byte[] noise = new byte[length];
        Arrays.fill(noise, (byte) 0x5a);
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(from);
            opened.write(noise);
        }
    }

    /** Runs SQL on the file behind the store's back. */
    static void tamper(Path folder, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(folder));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
