package io.changeorder.adapter.persistence.postgres;

import io.changeorder.adapter.persistence.sql.AuditRows;
import io.changeorder.adapter.persistence.sql.SchemaVersion;
import io.changeorder.adapter.persistence.sql.Selects;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;

/** Statements in PostgreSQL's dialect; the one that commits is made by {@link GroupStatement}. */
final class PostgresSql {
    /** Milliseconds by the clock of the database, which all nodes have in common. */
    static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    /** How long nobody else is offered what a node was offered: long enough to take it over. */
    private static final int RESERVED_MILLIS = 10_000;

    private static final int FORGOTTEN_AFTER_MILLIS = 86_400_000;

    static final String FIND_SCHEMA_HISTORY = "SELECT to_regclass('changeorder_schema_history') IS NOT NULL";
    static final String SCHEMA_VERSION =
            "SELECT coalesce(max(version::int), 0) FROM changeorder_schema_history WHERE success AND version IS NOT NULL";
    static final String MISSING = "SELECT n.name FROM unnest(?::text[]) AS n (name) WHERE to_regclass(n.name) IS NULL";
    /** Whether somebody is there. */
    static final String ASK = "SELECT 1";

    static final String LISTEN = "LISTEN " + GroupStatement.CHANNEL;
    static final String TELL = "SELECT pg_notify('" + GroupStatement.CHANNEL + "', ?)";

    /** What is there of a commit that was not written: version, events and stamp now, and the stamp of its last event. */
    static final String JUDGE = "SELECT a.version, a.stamp, (SELECT e.stamp FROM event e WHERE e.application = a.id"
            + " AND e.number = ?) FROM application a WHERE a.id = ?";

    static final String PUT_MAINTENANCE = "INSERT INTO maintenance (only_one, until, document) VALUES (1, ?, ?)"
            + " ON CONFLICT (only_one) DO UPDATE SET until = excluded.until, document = excluded.document";

    static final String ADD_AUDIT =
            "INSERT INTO audit (" + AuditRows.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    /** Arguments: those of a record, then those of a maintenance. */
    static final String PUT_MAINTENANCE_ON_RECORD = "WITH recorded AS (" + ADD_AUDIT + ") " + PUT_MAINTENANCE;

    /** Arguments: how old they are, and how many. Answers how many it were. */
    static final String PURGE_AUDIT =
            "WITH doomed AS MATERIALIZED (SELECT sequence FROM audit WHERE at < (SELECT " + NOW
                    + ") - ? ORDER BY at, sequence LIMIT ? FOR UPDATE SKIP LOCKED),"
                    + " gone AS (DELETE FROM audit WHERE sequence = ANY (ARRAY(SELECT sequence FROM doomed)) RETURNING sequence)"
                    + " SELECT count(*) FROM gone";

    /** Whether this program may write here. Whoever asks in its statement has the lock that a migration waits for. */
    static final String IS_NEW_ENOUGH = "(" + SchemaVersion.OLDEST + ") <= " + PostgresSchema.VERSION;

    /** Arguments: the node, and for how long. A program that is too old lets go of everything. Answers whether it is not. */
    static final String RENEW_LEASE = "INSERT INTO node (id, alive_until) SELECT ?::text, CASE WHEN " + IS_NEW_ENOUGH
            + " THEN " + NOW + " + ?::bigint ELSE 0 END"
            + " ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until RETURNING alive_until > 0";

    static final String IS_ANY_NODE_ALIVE = "SELECT EXISTS (SELECT 1 FROM node WHERE alive_until > " + NOW + ")";
    static final String FORGET_NODES = "DELETE FROM node WHERE alive_until < " + NOW + " - " + FORGOTTEN_AFTER_MILLIS;

    private static final String LIVE = "change_order o WHERE o.live";
    private static final String HALTED = "application o WHERE o.halted_by IS NOT NULL AND o.live_order IS NULL";

    /** Arguments: the node twice, the limit twice, the node. */
    static final String CLAIM_UNATTENDED =
            gone("o.lease", LIVE) + ", found AS (SELECT o.id FROM gone g CROSS JOIN LATERAL"
                    + " (SELECT o.id FROM " + LIVE
                    + " AND o.lease = g.node AND (o.reserved_by = ? OR o.reserved_until <= " + NOW
                    + ") ORDER BY o.application LIMIT ? FOR UPDATE SKIP LOCKED) o LIMIT ?)"
                    + " UPDATE change_order c SET reserved_by = ?, reserved_until = " + NOW + " + " + RESERVED_MILLIS
                    + " FROM found f WHERE c.id = f.id RETURNING c.application";

    /** Arguments: the node, the limit twice. */
    static final String FIND_HALTED = gone("o.halted_by", HALTED) + " SELECT o.id FROM gone g CROSS JOIN LATERAL"
            + " (SELECT o.id FROM " + HALTED + " AND o.halted_by = g.node ORDER BY o.id LIMIT ?) o LIMIT ?";

    /** Arguments: the node twice. */
    static final String FIND_ATTENDED = "SELECT o.application FROM " + LIVE
            + " AND o.lease = ? UNION ALL SELECT o.id FROM " + HALTED + " AND o.halted_by = ?";

    /** Arguments: how long ago they ended, and how many. Answers how many it were. */
    static final String PURGE =
            "WITH doomed AS MATERIALIZED (SELECT o.id FROM change_order o WHERE o.ended_at IS NOT NULL"
                    + " AND o.ended_at < (SELECT " + NOW + ") - ? AND NOT o.live"
                    + " AND EXISTS (SELECT 1 FROM change_order n WHERE n.application = o.application"
                    + " AND (n.created_at, n.id) > (o.created_at, o.id))"
                    + " AND NOT EXISTS (SELECT 1 FROM change_order r WHERE r.id = o.undone_by AND r.live)"
                    + " ORDER BY o.ended_at, o.id LIMIT ? FOR UPDATE OF o SKIP LOCKED),"
                    + " batches AS (DELETE FROM batch b USING doomed d WHERE b.change_order = d.id),"
                    + " unreadable AS (DELETE FROM unreadable_order u USING doomed d WHERE u.id = d.id),"
                    + " orders AS (DELETE FROM change_order o USING doomed d WHERE o.id = d.id RETURNING o.id)"
                    + " SELECT count(*) FROM orders";

    private PostgresSql() {}

    /** The nodes that have something and are gone: from each node the index leads to the next, whatever they have. */
    private static String gone(String node, String from) {
        return "WITH RECURSIVE holder (node) AS ((SELECT " + node + " FROM " + from + " ORDER BY " + node + " LIMIT 1)"
                + " UNION ALL SELECT (SELECT " + node + " FROM " + from + " AND " + node + " > h.node ORDER BY " + node
                + " LIMIT 1) FROM holder h WHERE h.node IS NOT NULL),"
                + " gone AS (SELECT h.node FROM holder h WHERE h.node IS NOT NULL AND h.node <> ?"
                + " AND NOT EXISTS (SELECT 1 FROM node n WHERE n.id = h.node AND n.alive_until > " + NOW + "))";
    }

    /** Rows that end with the total, at least one, with nulls when there is none. Arguments: the condition's twice, then limit and offset. */
    static String listOrders(OrderQuery query) {
        String direction = query.ascending() ? "" : " DESC";
        String where = " FROM change_order o WHERE o.application = ?"
                + in("o.type", query.types().size())
                + in("o.status", query.statuses().size())
                + (query.descriptionPart().isEmpty() ? "" : " AND strpos(o.description, ?) > 0");
        return page(
                "o.*",
                where,
                "SELECT " + Selects.ORDER_COLUMNS + where + " ORDER BY o.created_at" + direction + ", o.id"
                        + direction);
    }

    /** As for orders. */
    static String listApplications(ApplicationQuery query) {
        String where =
                " FROM application WHERE NOT deleted" + (query.namespace().isEmpty() ? "" : " AND namespace = ?")
                        + (query.namePart().isEmpty() ? "" : " AND strpos(name, ?) > 0");
        return page("o.document", where, "SELECT document" + where + " ORDER BY name, namespace, id");
    }

    private static String page(String columns, String where, String list) {
        return "SELECT " + columns + ", t.total FROM (SELECT count(*) AS total" + where + ") t LEFT JOIN (" + list
                + " LIMIT ? OFFSET ?) o ON true";
    }

    private static String in(String column, int values) {
        return values == 0 ? "" : " AND " + column + " IN (?" + ", ?".repeat(values - 1) + ")";
    }
}
