package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.AuditRows;
import io.changeorder.adapter.persistence.sql.Selects;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import java.util.List;

/** Every statement in SQLite's dialect; another database has a file like this one. */
final class SqliteSql {
    static final String BEGIN = "BEGIN IMMEDIATE";
    static final String COMMIT = "COMMIT";
    static final String ROLLBACK = "ROLLBACK";
    static final String BEGIN_READING = "BEGIN";

    /** A commit touches many pages and little of each; what is written and waited for is whole pages. */
    static final String PAGE_SIZE = "PRAGMA page_size = 2048";

    static final String WRITE_AHEAD_LOG = "PRAGMA journal_mode = WAL";
    /** Pages: 4 MiB, as SQLite has it by itself with pages of its usual size. */
    static final String CHECKPOINT_EVERY = "PRAGMA wal_autocheckpoint = 2000";

    static final String QUICK_CHECK = "PRAGMA quick_check(1)";
    static final String FIND_SCHEMA_HISTORY =
            "SELECT count(*) FROM sqlite_master WHERE name = 'flyway_schema_history' HAVING count(*) > 0";
    static final String SCHEMA_VERSION =
            "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success = 1";
    static final String PUT_NODE = "INSERT INTO node (id, opened_at) VALUES (?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET opened_at = excluded.opened_at";
    /** Only one node at a time has a data folder. */
    static final String FORGET_OTHER_NODES = "DELETE FROM node WHERE id <> ?";

    /** Puts nothing where the token is taken. */
    static final String PUT_ANSWER = "INSERT INTO answer (actor, operation, token, at, document) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT (actor, operation, token)"
            + " DO UPDATE SET at = excluded.at, document = excluded.document WHERE answer.at < ?";

    static final String CREATE_APPLICATION = "INSERT INTO application (deleted, version, events, fence, live_order,"
            + " halted_by, document, id, name, namespace, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String UPDATE_APPLICATION = "UPDATE application SET deleted = ?, version = ?, events = ?, fence = ?,"
            + " live_order = ?, halted_by = ?, document = ? WHERE id = ? AND version = ? AND events = ?";
    static final Rows PUT_ORDERS = new Rows(
            "INSERT INTO change_order (id, application, type, status, live, lease, fence, created_by, created_at,"
                    + " ended_at, undoes, undone_by, description, document) VALUES ",
            14,
            " ON CONFLICT (id) DO UPDATE SET status = excluded.status, live = excluded.live, lease = excluded.lease,"
                    + " fence = excluded.fence, ended_at = excluded.ended_at, undoes = excluded.undoes,"
                    + " undone_by = excluded.undone_by, document = excluded.document");
    static final String KEEP_UNREADABLE_ORDER = "INSERT INTO unreadable_order (id, found_at, document)"
            + " SELECT id, ?, document FROM change_order WHERE id = ? ON CONFLICT (id) DO NOTHING";
    static final Rows PUT_BATCHES =
            new Rows("INSERT INTO batch (id, change_order, number) VALUES ", 3, " ON CONFLICT (id) DO NOTHING");
    static final Rows PUT_VERSIONS = new Rows(
            "INSERT INTO version (application, id, created_at, document) VALUES ",
            4,
            " ON CONFLICT (application, id)"
                    + " DO UPDATE SET created_at = excluded.created_at, document = excluded.document");
    static final Rows ADD_EVENTS =
            new Rows("INSERT INTO event (application, number, at, actor, fence, document) VALUES ", 6, "");
    static final Rows ADD_AUDIT = new Rows("INSERT INTO audit (" + AuditRows.COLUMNS + ") VALUES ", 12, "");
    static final String FIND_OLD_AUDIT = "SELECT sequence FROM audit WHERE at < ? ORDER BY at, sequence LIMIT ?";
    static final String PURGE_AUDIT = "DELETE FROM audit WHERE sequence = ?";
    static final String PUT_MAINTENANCE = "INSERT INTO maintenance (only, until, document) VALUES (1, ?, ?)"
            + " ON CONFLICT (only) DO UPDATE SET until = excluded.until, document = excluded.document";

    private static final String LIVE_BY_LEASE =
            "SELECT application, lease FROM change_order INDEXED BY change_order_lease WHERE live = 1 AND lease ";
    private static final String HALTED_BY = "SELECT id, halted_by FROM application INDEXED BY application_halted_by"
            + " WHERE halted_by IS NOT NULL AND live_order IS NULL AND halted_by ";
    /** A node is another one when it is smaller or greater: so the indexes answer it. */
    static final String FIND_UNATTENDED = LIVE_BY_LEASE + "< ?1 UNION ALL " + LIVE_BY_LEASE + "> ?1 UNION ALL "
            + HALTED_BY + "< ?1 UNION ALL " + HALTED_BY + "> ?1 LIMIT ?2";

    static final String FIND_ATTENDED = LIVE_BY_LEASE + "= ?1 UNION ALL " + HALTED_BY + "= ?1";
    static final String FIND_PURGEABLE = "SELECT o.id FROM change_order o INDEXED BY change_order_ended"
            + " WHERE o.ended_at < ? AND o.live = 0"
            + " AND EXISTS (SELECT 1 FROM change_order n WHERE n.application = o.application"
            + " AND (n.created_at, n.id) > (o.created_at, o.id))"
            + " AND NOT EXISTS (SELECT 1 FROM change_order r WHERE r.id = o.undone_by AND r.live = 1)"
            + " ORDER BY o.ended_at, o.id LIMIT ?";
    /** Of one order, what depends on it first; what has ended never lives again. */
    static final List<String> PURGE = List.of(
            "DELETE FROM batch WHERE change_order = ?",
            "DELETE FROM unreadable_order WHERE id = ?",
            "DELETE FROM change_order WHERE id = ?");

    private SqliteSql() {}

    /** Arguments: the application, its types, its statuses, and the part of a description twice. */
    private static String whereOrders(OrderQuery query) {
        return " FROM change_order o WHERE o.application = ?"
                + in("o.type", query.types().size())
                + in("o.status", query.statuses().size())
                + (query.descriptionPart().isEmpty() ? "" : " AND instr(o.description, ?) > 0");
    }

    static String countOrders(OrderQuery query) {
        return "SELECT count(*)" + whereOrders(query);
    }

    /** Arguments: as for the count, then limit and offset. */
    static String listOrders(OrderQuery query) {
        String direction = query.ascending() ? "" : " DESC";
        return "SELECT " + Selects.ORDER_COLUMNS + whereOrders(query) + " ORDER BY o.created_at" + direction + ", o.id"
                + direction + " LIMIT ? OFFSET ?";
    }

    /** Arguments: the namespace and the part of a name, where there are any. */
    private static String whereApplications(ApplicationQuery query) {
        return " FROM application WHERE deleted = 0" + (query.namespace().isEmpty() ? "" : " AND namespace = ?")
                + (query.namePart().isEmpty() ? "" : " AND instr(name, ?) > 0");
    }

    static String countApplications(ApplicationQuery query) {
        return "SELECT count(*)" + whereApplications(query);
    }

    /** Arguments: as for the count, then limit and offset. */
    static String listApplications(ApplicationQuery query) {
        return "SELECT document" + whereApplications(query) + " ORDER BY name, namespace, id LIMIT ? OFFSET ?";
    }

    private static String in(String column, int values) {
        return values == 0 ? "" : " AND " + column + " IN (?" + ", ?".repeat(values - 1) + ")";
    }

    /**
     * A statement for one row or many, as each statement costs as much as what it does.
     *
     * @param head what comes before the rows
     * @param columns how many arguments a row has
     * @param tail what comes after the rows
     */
    record Rows(String head, int columns, String tail) {
        /** Rows per statement: few enough to keep each number of them prepared. */
        static final int MOST = 8;

        String of(int rows) {
            String row = "(?" + ", ?".repeat(columns - 1) + ")";
            return head + row + (", " + row).repeat(rows - 1) + tail;
        }
    }
}
