package io.changeorder.adapter.persistence.postgres;

import io.changeorder.adapter.persistence.sql.CommitRows;
import io.changeorder.application.spi.store.StoredAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one statement that writes a group of commits: those whose application still has the expected version, whole, and
 * nothing of the others. Everything else in it selects from the applications that it won. Its rows are their ids; there
 * are none where this program is too old for the database.
 */
final class GroupStatement {
    static final String CHANNEL = "changeorder";

    private static final String WON = " AS t (%s) JOIN won w ON w.id = t.subject";
    private static final Part TODO = new Part(
            "boolean deleted, bigint version, bigint events, bigint fence, text live_order, text halted_by,"
                    + " text document, text id, bigint expected, bigint events_before, bigint stamp, text name,"
                    + " text namespace, bigint created_at",
            "");
    private static final Part ORDERS = new Part(
            "text subject, text id, text application, text type, text status, boolean live, text lease, bigint fence,"
                    + " text created_by, bigint created_at, bigint ended_at, text undoes, text undone_by,"
                    + " text description, text document",
            "orders AS (INSERT INTO change_order (%2$s) SELECT %3$s FROM %1$s WITH ORDINALITY"
                    + WON.formatted("%4$s, position")
                    // What ended comes first, so that its place as the live order is free.
                    + " ORDER BY t.position ON CONFLICT (id) DO UPDATE SET status = excluded.status,"
                    + " live = excluded.live, lease = excluded.lease, fence = excluded.fence,"
                    + " ended_at = excluded.ended_at, undoes = excluded.undoes, undone_by = excluded.undone_by,"
                    + " document = excluded.document, reserved_until = 0)");
    private static final Part BATCHES = new Part(
            "text subject, text id, text change_order, bigint number",
            "batches AS (INSERT INTO batch (%2$s) SELECT %3$s FROM %1$s" + WON.formatted("%4$s")
                    + " ON CONFLICT (id) DO NOTHING)");
    private static final Part VERSIONS = new Part(
            "text subject, text application, text id, bigint created_at, text document",
            "versions AS (INSERT INTO version (%2$s) SELECT %3$s FROM %1$s" + WON.formatted("%4$s")
                    + " ON CONFLICT (application, id)"
                    + " DO UPDATE SET created_at = excluded.created_at, document = excluded.document)");
    private static final Part EVENTS = new Part(
            "text subject, text application, bigint number, bigint at, text actor, bigint fence, text document,"
                    + " bigint stamp",
            "events AS (INSERT INTO event (%2$s) SELECT %3$s FROM %1$s" + WON.formatted("%4$s") + ")");
    /** Where the token is taken the document becomes null, which the column refuses, and with it the whole statement. */
    private static final Part ANSWERS = new Part(
            "text subject, text actor, text operation, text token, bigint at, text document",
            "answers AS (INSERT INTO answer (%2$s) SELECT %3$s FROM %1$s" + WON.formatted("%4$s")
                    + " ON CONFLICT (actor, operation, token) DO UPDATE SET at = excluded.at, document = CASE WHEN"
                    + " answer.at < excluded.at - " + StoredAnswer.LIFETIME.toMillis()
                    + " THEN excluded.document END)");

    private static final Part AUDIT = new Part(
            "text subject, bigint at, text actor, text operation, text resource, text application, text change_order,"
                    + " text request, text trace, text address, boolean secure, text outcome, text reason",
            "recorded AS (INSERT INTO audit (%2$s) SELECT %3$s FROM %1$s" + WON.formatted("%4$s") + ")");
    /** Sees the document as it was before the statement. */
    private static final Part UNREADABLE = new Part(
            "text subject, text id, bigint found_at",
            "kept AS (INSERT INTO unreadable_order (id, found_at, document) SELECT t.id, t.found_at, o.document FROM %1$s"
                    + WON.formatted("%4$s") + " JOIN change_order o ON o.id = t.id ON CONFLICT (id) DO NOTHING)");

    private static final String APPLICATIONS = "WITH todo AS MATERIALIZED (SELECT * FROM " + TODO.unnest() + " AS t ("
            + TODO.all() + ") WHERE " + PostgresSql.IS_NEW_ENOUGH + "),"
            + " updated AS (UPDATE application a SET deleted = t.deleted, version = t.version, events = t.events,"
            + " fence = t.fence, live_order = t.live_order, halted_by = t.halted_by, document = t.document,"
            + " stamp = t.stamp FROM todo t WHERE t.expected > 0 AND a.id = t.id AND a.version = t.expected"
            + " AND a.events = t.events_before RETURNING a.id),"
            + " created AS (INSERT INTO application (id, name, namespace, deleted, created_at, version, events, fence,"
            + " live_order, halted_by, stamp, document) SELECT t.id, t.name, t.namespace, t.deleted, t.created_at,"
            + " t.version, t.events, t.fence, t.live_order, t.halted_by, t.stamp, t.document FROM todo t"
            + " WHERE t.expected = 0 ON CONFLICT (id) DO NOTHING RETURNING id),"
            + " won AS MATERIALIZED (SELECT id FROM updated UNION ALL SELECT id FROM created)";
    private static final String TELL = "told AS MATERIALIZED (SELECT pg_notify('" + CHANNEL + "', ?) FROM won LIMIT 1)";

    private final List<String> parts = new ArrayList<>();
    private final List<@Nullable Object> arguments = new ArrayList<>();
    private final boolean told;

    /** @param message to the other nodes; empty for none */
    GroupStatement(List<PostgresCommit> group, String message) {
        List<@Nullable Object[]> applications = new ArrayList<>();
        for (PostgresCommit commit : group) {
            applications.add(commit.application());
        }
        parts.add(APPLICATIONS);
        TODO.addColumns(applications, arguments);
        add(UNREADABLE, group, PostgresCommit::unreadable);
        add(ORDERS, group, commit -> commit.rows().orders());
        add(BATCHES, group, commit -> commit.rows().batches());
        add(VERSIONS, group, commit -> commit.rows().versions());
        add(EVENTS, group, PostgresCommit::events);
        add(ANSWERS, group, PostgresCommit::answers);
        add(AUDIT, group, commit -> commit.rows().audit());
        told = !message.isEmpty();
        if (told) {
            parts.add(TELL);
            arguments.add(message);
        }
    }

    /** The same for every group that has the same kinds of rows. */
    String sql() {
        return String.join(", ", parts)
                + (told ? " SELECT id, (SELECT count(*) FROM told) FROM won" : " SELECT id FROM won");
    }

    @Nullable
    Object[] arguments() {
        return arguments.toArray();
    }

    private interface RowsOf {
        List<@Nullable Object[]> of(PostgresCommit commit);
    }

    private void add(Part part, List<PostgresCommit> group, RowsOf rowsOf) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (PostgresCommit commit : group) {
            for (@Nullable Object[] row : rowsOf.of(commit)) {
                rows.add(CommitRows.behind(commit.rows().subject(), row));
            }
        }
        if (!rows.isEmpty()) {
            parts.add(part.sql());
            part.addColumns(rows, arguments);
        }
    }

    /** Rows of one table, given as an array for each column. */
    private static final class Part {
        private final List<String> types;
        private final List<String> names;
        private final String sql;

        /**
         * @param definition the columns and their types
         * @param template with the arrays as rows, the table's columns, the same of {@code t}, and all columns of the rows
         */
        Part(String definition, String template) {
            List<String> columns = List.of(definition.split(", *", -1));
            types = columns.stream()
                    .map(column -> column.substring(0, column.indexOf(' ')))
                    .toList();
            names = columns.stream()
                    .map(column -> column.substring(column.indexOf(' ') + 1))
                    .toList();
            List<String> table = names.subList(1, names.size());
            sql = template.formatted(
                    unnest(),
                    String.join(", ", table),
                    table.stream().map(column -> "t." + column).collect(Collectors.joining(", ")),
                    all());
        }

        String all() {
            return String.join(", ", names);
        }

        String unnest() {
            return types.stream().map(type -> "?::" + type + "[]").collect(Collectors.joining(", ", "unnest(", ")"));
        }

        String sql() {
            return sql;
        }

        void addColumns(List<@Nullable Object[]> rows, List<? super Object> columns) {
            int index = 0;
            for (String type : types) {
                columns.add(column(type, rows, index));
                index++;
            }
        }

        private static Object column(String type, List<@Nullable Object[]> rows, int index) {
            @Nullable
            Object[] values = switch (type) {
                case "text" -> new @Nullable String[rows.size()];
                case "boolean" -> new @Nullable Boolean[rows.size()];
                default -> new @Nullable Long[rows.size()];
            };
            int at = 0;
            for (@Nullable Object[] row : rows) {
                Object value = row[index];
                values[at] = value instanceof Integer number ? Long.valueOf(number) : value;
                at++;
            }
            return values;
        }
    }
}
