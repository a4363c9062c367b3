package io.changeorder.adapter.persistence;

import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.id.ApplicationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** Stores for tests, and what their files have inside. */
final class Stores {
    private static final Path MIGRATED = migrated();

    private Stores() {}

    /** Flyway would take most of a test's time; one migrated file is made and copied. */
    private static Path migrated() {
        try {
            Path folder = Files.createTempDirectory("changeorder-migrated");
            SqliteChangeOrderStore.open(folder, OrderBuilder.NODE).close();
            folder.toFile().deleteOnExit();
            try (var files = Files.list(folder)) {
                files.forEach(file -> file.toFile().deleteOnExit());
            }
            return file(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static SqliteChangeOrderStore open(Path folder) {
        try {
            if (!Files.exists(file(folder))) {
                Files.createDirectories(folder);
                Files.copy(MIGRATED, file(folder));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return SqliteChangeOrderStore.open(folder, OrderBuilder.NODE);
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
        store.write(pragma, writing -> {
            writing.execute(pragma);
            return 0;
        });
    }

    /** Runs SQL on the file behind the store's back. */
    static void tamper(Path folder, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(folder));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
