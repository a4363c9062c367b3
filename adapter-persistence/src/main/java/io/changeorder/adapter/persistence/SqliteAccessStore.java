package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.access.SqlAccessStore;
import io.changeorder.adapter.persistence.sql.GroupWriter;
import io.changeorder.adapter.persistence.sql.Pause;
import io.changeorder.adapter.persistence.sql.SqlRows;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The access keys in the database of a data folder. Anybody who may write the folder opens it, beside the server that
 * owns the folder, and beside others: each write takes its turn with theirs, and is durable on the disk before it is
 * answered; those that wait here are one. Safe from any thread.
 */
public final class SqliteAccessStore extends SqlAccessStore {
    static final String NOW = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    /** In which a server that has just begun has made the schema. */
    private static final Duration START = Duration.ofSeconds(5);

    private static final long PAUSE_MILLIS = 100;

    private final Statements statements;
    private final GroupWriter writer;
    private final Readers readers;
    private final SqliteFailures failures;

    private SqliteAccessStore(Statements statements, DatabaseFiles files, Readers readers, SqliteFailures failures) {
        super(NOW, "");
        this.statements = statements;
        this.readers = readers;
        this.failures = failures;
        this.writer =
                new GroupWriter("changeorder-access", new SqliteTransactions(statements, files), failures::unavailable);
        this.writer.start();
    }

    /**
     * Opens the keys in a data folder; folder and database are made if there are none.
     *
     * @throws StoreUnavailableException when the folder can't be written, the database is damaged, a newer program's, or
     *     an older one's of which a server runs; the message says what to do
     */
    public static SqliteAccessStore open(Path folder) {
        return open(folder, START);
    }

    /** @param patience with a server that may be about to make the schema */
    static SqliteAccessStore open(Path folder, Duration patience) {
        Path real = folder(folder);
        SqliteFailures failures = new SqliteFailures(real);
        SqliteDatabase database = new SqliteDatabase(real);
        try {
            Statements writing = database.openWriter(Statements.Steps.UNWATCHED);
            try {
                migrateAlone(real, database, writing, patience);
                DatabaseFiles files = database.files();
                Readers readers = new Readers(() -> database.openReader(files), failures::unavailable);
                return new SqliteAccessStore(writing, files, readers, failures);
            } catch (SQLException | RuntimeException failed) {
                writing.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw failures.unavailable(failed);
        }
    }

    /** A server that runs was made for the schema that there is. */
    private static void migrateAlone(Path folder, SqliteDatabase database, Statements writing, Duration patience)
            throws SQLException {
        long from = System.nanoTime();
        while (database.isOlder(writing)) {
            try (FolderLock alone = FolderLock.acquire(folder, FolderLock.UPDATING)) {
                new SqliteDatabase(alone.folder()).migrate(writing);
            } catch (DataFolderInUseException inUse) {
                if (System.nanoTime() - from > patience.toNanos() || Pause.isInterruptedWithin(PAUSE_MILLIS)) {
                    throw new StoreUnavailableException(
                            "The database in " + folder + " has to be brought to the schema of this Changeorder, and"
                                    + " nobody may use it meanwhile. " + inUse.getMessage(),
                            inUse);
                }
            }
        }
    }

    /** Where the keys of a data folder are, or would be. */
    public static Path database(Path folder) {
        return folder.resolve(SqliteDatabase.FILE);
    }

    private static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder).toRealPath();
        } catch (IOException unwritable) {
            throw SqliteFailures.unwritable(folder, unwritable);
        }
    }

    @Override
    protected <T> T read(SqlRows.Use<T> use) {
        return readers.read(use);
    }

    @Override
    protected <T> T write(String subject, SqlRows.Use<T> use) {
        return writer.write(new PlainWrite<>(subject, statements, use));
    }

    @Override
    public void close() {
        writer.close();
        try (statements) {
            readers.close();
        } catch (SQLException failed) {
            throw failures.unavailable(failed);
        }
    }
}
