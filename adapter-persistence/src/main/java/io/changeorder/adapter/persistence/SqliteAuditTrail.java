package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.AuditRows;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Reads the records of a data folder, whoever owns it and whether anybody does; writes nothing. Safe from any thread. */
public final class SqliteAuditTrail {
    private final Path folder;

    /** Of this data folder. */
    public SqliteAuditTrail(Path folder) {
        this.folder = folder;
    }

    /**
     * The records that have this in common, the newest first.
     *
     * @throws StoreUnavailableException when there is no database of this program in the folder; the message says what
     *     to do
     */
    public List<AuditEntry> find(AuditQuery query) {
        SqliteDatabase database = new SqliteDatabase(folder);
        try (Statements reader = database.openReader()) {
            database.requireCurrent(reader);
            return AuditRows.find(reader, query);
        } catch (SQLException failed) {
            throw new StoreUnavailableException(
                    "The database in " + folder + " can't be read: " + failed.getMessage()
                            + ". Name the folder of the server with --data.",
                    failed);
        }
    }
}
