package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.SchemaVersion;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The database file: how it is opened, and that its schema is the one of this program. */
final class SqliteDatabase {
    static final String FILE = "changeorder.db";
    private static final int SCHEMA_VERSION = 5;
    private static final long LARGEST_CHECKED_WHOLE = 16L * 1024 * 1024;
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final String MIGRATIONS = "classpath:io/changeorder/adapter/persistence/sqlite";

    private final Path file;

    SqliteDatabase(Path folder) {
        file = folder.resolve(FILE);
    }

    /** The one connection that writes. Makes the file if there is none. */
    Statements openWriter(Statements.Steps steps) throws SQLException {
        SQLiteConfig config = config();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        Statements writer = leftAlone(connect(config), steps);
        try {
            // The driver does not keep to an order, and the first of these does nothing after the second.
            writer.execute(SqliteSql.PAGE_SIZE);
            writer.execute(SqliteSql.WRITE_AHEAD_LOG);
            writer.execute(SqliteSql.CHECKPOINT_EVERY);
            return writer;
        } catch (SQLException failed) {
            writer.close();
            throw failed;
        }
    }

    /** A new connection finds the files by their names, and would read others than those that are written to. */
    Statements openReader(DatabaseFiles files) throws SQLException {
        files.requireThere();
        return openReader();
    }

    Statements openReader() throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return leftAlone(connect(config), Statements.Steps.UNWATCHED);
    }

    /**
     * With auto-commit the driver tries to begin and commit a transaction around every statement, even inside of ours,
     * which takes as long as the statement. Without, it believes that one is open, and leaves them to us.
     */
    private static Statements leftAlone(Connection connection, Statements.Steps steps) throws SQLException {
        connection.setAutoCommit(false);
        Statements statements = new Statements(connection, steps);
        statements.execute(SqliteSql.COMMIT);
        return statements;
    }

    /**
     * Brings the schema to this program's version. Flyway takes most of a second to load, so it is asked only when a
     * query says that there is something to do.
     *
     * @throws StoreUnavailableException when a newer program made the schema and this one is too old for it
     */
    void migrate(Statements writer) throws SQLException {
        if (isOlder(writer)) {
            Migrating.migrate(dataSource(config()));
        }
    }

    /**
     * For whoever only reads.
     *
     * @throws StoreUnavailableException when another program made the schema, with which this one can't work
     */
    void requireCurrent(Statements reader) throws SQLException {
        if (isOlder(reader)) {
            throw new StoreUnavailableException("The database " + file + " was made by an older Changeorder. Start a"
                    + " server of this one on it once.");
        }
    }

    /**
     * Whether the schema is yet to be brought to this program's version.
     *
     * @throws StoreUnavailableException when a newer program made the schema and this one is too old for it
     */
    boolean isOlder(Statements statements) throws SQLException {
        SchemaVersion version = new SchemaVersion(schemaVersion(statements), SCHEMA_VERSION);
        version.requireNotTooNew(statements, "The database " + file);
        return version.isOlder();
    }

    /**
     * Refuses a file that is damaged, as far as it can be told in a moment: the whole of a small one, the beginning of a
     * large one. Damage that is met later makes what meets it fail.
     */
    void check(Statements writer) throws SQLException {
        if (file.toFile().length() > LARGEST_CHECKED_WHOLE) {
            return;
        }
        String finding =
                writer.first(SqliteSql.QUICK_CHECK, row -> row.getString(1)).orElse("");
        if (!finding.equals("ok")) {
            throw new SQLiteException(finding, SQLiteErrorCode.SQLITE_CORRUPT);
        }
    }

    /** What is under it, once something was written. */
    DatabaseFiles files() {
        return DatabaseFiles.under(file);
    }

    private static int schemaVersion(Statements writer) throws SQLException {
        Optional<Integer> table = writer.first(SqliteSql.FIND_SCHEMA_HISTORY, row -> row.getInt(1));
        return table.isEmpty()
                ? 0
                : writer.first(SqliteSql.SCHEMA_VERSION, row -> row.getInt(1)).orElse(0);
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        return config;
    }

    private Connection connect(SQLiteConfig config) throws SQLException {
        return dataSource(config).getConnection();
    }

    private SQLiteDataSource dataSource(SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /** Loaded only when needed, and Flyway with it. */
    private static final class Migrating {
        private Migrating() {}

        static void migrate(SQLiteDataSource source) {
            Flyway.configure(SqliteDatabase.class.getClassLoader())
                    .dataSource(source)
                    .locations(MIGRATIONS)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        }
    }
}
