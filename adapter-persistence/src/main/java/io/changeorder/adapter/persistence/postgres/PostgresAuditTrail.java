package io.changeorder.adapter.persistence.postgres;

import io.changeorder.adapter.persistence.sql.AuditRows;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads the records of a shared database with a connection of its own; writes nothing. Safe from any thread. */
public final class PostgresAuditTrail {
    private final PostgresServer server;

    /** Of this database. */
    public PostgresAuditTrail(PostgresServer server) {
        this.server = server;
    }

    /**
     * The records that have this in common, the newest first.
     *
     * @throws StoreUnavailableException when it can't be reached or is not one of this program; the message says what
     *     to do
     */
    public List<AuditEntry> find(AuditQuery query) {
        try (Connection connection = server.connect();
                Statements reader = new Statements(connection, Statements.Steps.UNWATCHED)) {
            PostgresSchema.requireCurrent(reader);
            return AuditRows.find(reader, query);
        } catch (SQLException failed) {
            throw PostgresFailures.unavailable(failed);
        }
    }
}
