package io.changeorder.adapter.persistence.sql;

import io.changeorder.application.spi.store.StoreUnavailableException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema that a database has, as seen by a program that was made for one. A newer one is as good to it as its own,
 * as long as the migrations to it say so.
 *
 * @param stored the one in the database; 0 for none
 * @param own the one that this program was made for
 */
public record SchemaVersion(int stored, int own) {
    /** From which schema on a program may be here. In every database since there is a rule. */
    public static final String OLDEST = "SELECT oldest FROM compatibility";

    private static final Logger LOG = LoggerFactory.getLogger(SchemaVersion.class);

    /** Whether this program has to bring the database to its own schema before it can use it. */
    public boolean isOlder() {
        return stored < own;
    }

    /** Whether there is no schema at all. */
    public boolean isNone() {
        return stored == 0;
    }

    /**
     * A program may be older than the database, but not too old for it.
     *
     * @param database what it is called, at the beginning of a sentence
     * @throws StoreUnavailableException when it is too old; the message says what to do
     */
    public void requireNotTooNew(Statements statements, String database) throws SQLException {
        if (stored <= own) {
            return;
        }
        int oldest = statements.first(OLDEST, row -> row.getInt(1)).orElse(Integer.MAX_VALUE);
        if (oldest > own) {
            throw new StoreUnavailableException(database + " was made by a newer Changeorder (schema " + stored
                    + ", this one knows " + own + ") that no longer works beside this one. Use that one, or restore a"
                    + " backup from before the update.");
        }
        LOG.info(
                "{} was made by a newer Changeorder (schema {}, this one knows {}) that works beside this one",
                database,
                stored,
                own);
    }
}
