package io.changeorder.adapter.persistence.postgres;

import io.changeorder.adapter.persistence.sql.Pause;
import io.changeorder.adapter.persistence.sql.SchemaVersion;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** That the schema in the database is the one of this program. It is the one that connections find first. */
final class PostgresSchema {
    /** For which this program was made. */
    static final int VERSION = 4;

    static final String HISTORY = "changeorder_schema_history";
    static final String MIGRATIONS = "classpath:io/changeorder/adapter/persistence/postgres";
    private static final List<String> PARTS = List.of(
            "application",
            "application_name",
            "application_by_name",
            "application_halted_by",
            "change_order",
            "change_order_live",
            "change_order_lease",
            "change_order_by_creation",
            "change_order_ended",
            "unreadable_order",
            "batch",
            "batch_of_order",
            "event",
            "event_pkey",
            "version",
            "version_by_creation",
            "answer",
            "answer_pkey",
            "answer_by_age",
            "node",
            "maintenance",
            "access_key",
            "nonce",
            "nonce_pkey",
            "nonce_until",
            "audit",
            "audit_pkey",
            "audit_by_trace",
            "audit_by_request",
            "audit_by_application",
            "audit_by_age",
            "compatibility");

    private static final int TRIES = 10;
    private static final long PAUSE_MILLIS = 300;

    private PostgresSchema() {}

    /**
     * Brings the schema to this program's version. Flyway takes most of a second to load, so it is asked only when a
     * query says that there is something to do.
     *
     * @throws StoreUnavailableException when a newer program made the schema and this one is too old for it, or
     *     something of it is missing
     */
    static void prepare(DataSource source) throws SQLException {
        for (int tries = 1; version(source).isOlder(); tries++) {
            try {
                migrate(source, MIGRATIONS);
            } catch (FlywayException failed) {
                // Another node may be at it: Flyway makes its own table before it can lock anything.
                if (tries == TRIES || Pause.isInterruptedWithin(PAUSE_MILLIS)) {
                    throw failed;
                }
            }
        }
        try (Connection connection = source.getConnection()) {
            Statements statements = new Statements(connection, Statements.Steps.UNWATCHED);
            List<String> missing = statements.list(
                    PostgresSql.MISSING, row -> row.getString(1), (Object) PARTS.toArray(String[]::new));
            if (!missing.isEmpty()) {
                throw new StoreUnavailableException("The database is damaged: " + String.join(", ", missing)
                        + (missing.size() == 1 ? " is" : " are")
                        + " missing in it. Restore it from a backup, or use an empty one.");
            }
        }
    }

    /**
     * As {@link #prepare}, for whoever is no node: nodes that run were made for the schema that there is.
     *
     * @throws StoreUnavailableException also when it would have to be changed under nodes that run
     */
    static void prepareAlone(DataSource source) throws SQLException {
        try (Statements statements = new Statements(source.getConnection(), Statements.Steps.UNWATCHED)) {
            SchemaVersion version = version(statements);
            if (version.isOlder() && !version.isNone() && isUsed(statements)) {
                throw new StoreUnavailableException(
                        "The database has to be brought to the schema of this Changeorder, and"
                                + " nodes of an older one run over it. Start a node of this one beside them first, or end them"
                                + " and wait until their leases are over.");
            }
        }
        prepare(source);
    }

    private static boolean isUsed(Statements statements) throws SQLException {
        return statements
                .first(PostgresSql.IS_ANY_NODE_ALIVE, row -> row.getBoolean(1))
                .orElse(false);
    }

    /** @throws StoreUnavailableException when there is none */
    static void requireThere(DataSource source) throws SQLException {
        if (version(source).isNone()) {
            throw new StoreUnavailableException("There is nothing of Changeorder in the database. Name the one of the"
                    + " server with --store, or start a server on this one once.");
        }
    }

    /**
     * For whoever only reads.
     *
     * @throws StoreUnavailableException when another program made the schema, with which this one can't work
     */
    static void requireCurrent(Statements statements) throws SQLException {
        if (version(statements).isOlder()) {
            throw new StoreUnavailableException(
                    "The database was made by an older Changeorder, or by none. Start a server of this one on it once.");
        }
    }

    private static SchemaVersion version(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return version(new Statements(connection, Statements.Steps.UNWATCHED));
        }
    }

    private static SchemaVersion version(Statements statements) throws SQLException {
        boolean known = statements
                .first(PostgresSql.FIND_SCHEMA_HISTORY, row -> row.getBoolean(1))
                .orElse(false);
        int stored = known
                ? statements
                        .first(PostgresSql.SCHEMA_VERSION, row -> row.getInt(1))
                        .orElse(0)
                : 0;
        SchemaVersion version = new SchemaVersion(stored, VERSION);
        version.requireNotTooNew(statements, "The database");
        return version;
    }

    /** Does what is found there and was not done yet. */
    static void migrate(DataSource source, String... locations) {
        Migrating.migrate(source, locations);
    }

    /** Loaded only when needed, and Flyway with it. Of several nodes at once one migrates, and the others wait. */
    private static final class Migrating {
        private Migrating() {}

        static void migrate(DataSource source, String... locations) {
            Flyway.configure(PostgresSchema.class.getClassLoader())
                    .dataSource(source)
                    .table(HISTORY)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .locations(locations)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        }
    }
}
