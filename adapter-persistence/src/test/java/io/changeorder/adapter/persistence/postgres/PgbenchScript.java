package io.changeorder.adapter.persistence.postgres;

import io.changeorder.adapter.persistence.sql.CommitRows;
import io.changeorder.application.spi.store.Commit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@link MeasuredCommands} have written, for pgbench to write it: the same values, but for those that differ from
 * client to client and from command to command, which are made of pgbench's variables.
 */
final class PgbenchScript {
    /** No other value is the same as a number of it. */
    private static final int EXAMPLE = 987_654;

    private static final String NEXT = """
            \\set expected :version
            \\set version :version + 1
            \\set before :events
            \\set events :events + 1
            """;

    private final Commit example = MeasuredCommands.example(EXAMPLE).next();
    private final PostgresCommit commit = MeasuredCommands.unsent(example);

    /** The one statement that the store makes of a command. */
    String oneStatement() {
        GroupStatement statement = new GroupStatement(List.of(commit), "");
        StringBuilder script = new StringBuilder(NEXT);
        int argument = 0;
        for (String between : statement.sql().split("\\?", -1)) {
            script.append(between);
            if (argument < statement.arguments().length) {
                script.append(array((Object[]) statement.arguments()[argument]));
                argument++;
            }
        }
        return script.append(";\n").toString();
    }

    /** A transaction of a statement for each table, as it is usually written. */
    String oneTransaction() {
        CommitRows rows = commit.rows();
        Queue<@Nullable Object> application = new ArrayDeque<>(
                Arrays.stream(commit.application()).map(PgbenchScript::value).toList());
        return NEXT + "BEGIN;\n" + "UPDATE application SET deleted = " + application.poll() + ", version = "
                + application.poll() + ", events = " + application.poll() + ", fence = " + application.poll()
                + ", live_order = " + application.poll() + ", halted_by = " + application.poll() + ", document = "
                + application.poll() + ", stamp = 1 WHERE id = " + application.poll()
                + " AND version = :expected AND events = :before;\n"
                + insert(
                        "change_order (id, application, type, status, live, lease, fence, created_by, created_at, ended_at,"
                                + " undoes, undone_by, description, document)",
                        rows.orders(),
                        "(id) DO UPDATE SET status = excluded.status, live = excluded.live, lease = excluded.lease,"
                                + " fence = excluded.fence, ended_at = excluded.ended_at, undoes = excluded.undoes,"
                                + " undone_by = excluded.undone_by, document = excluded.document, reserved_until = 0")
                + insert("batch (id, change_order, number)", rows.batches(), "(id) DO NOTHING")
                + insert("event (application, number, at, actor, fence, document, stamp)", commit.events(), "")
                + insert(
                        "answer (actor, operation, token, at, document)",
                        commit.answers(),
                        "(actor, operation, token) DO UPDATE SET at = excluded.at, document = NULL")
                + insert(
                        "audit (at, actor, operation, resource, application, change_order, request, trace, address, secure,"
                                + " outcome, reason)",
                        rows.audit(),
                        "")
                + "COMMIT;\n";
    }

    private static String insert(String table, List<@Nullable Object[]> rows, String onConflict) {
        return "INSERT INTO " + table + " VALUES "
                + rows.stream()
                        .map(row -> Arrays.stream(row)
                                .map(PgbenchScript::value)
                                .collect(Collectors.joining(", ", "(", ")")))
                        .collect(Collectors.joining(", "))
                + (onConflict.isEmpty() ? "" : " ON CONFLICT " + onConflict) + ";\n";
    }

    private static String array(@Nullable Object[] values) {
        return Arrays.stream(values).map(PgbenchScript::value).collect(Collectors.joining(", ", "ARRAY[", "]"));
    }

    private static String value(@Nullable Object value) {
        if (value instanceof String text) {
            // A document; pgbench takes whatever follows a colon for a variable.
            return text.startsWith("{") ? quoted(text.replace(':', '=')) : text(text);
        }
        return value instanceof Long number ? number(number) : String.valueOf(value);
    }

    private static String number(long number) {
        if (number == EXAMPLE) {
            return ":expected";
        } else if (number == EXAMPLE + 1L) {
            return ":version";
        } else if (number == 2L * EXAMPLE) {
            return ":before";
        } else if (number == 2L * EXAMPLE + 1) {
            return ":events";
        }
        return Long.toString(number);
    }

    private static String text(String text) {
        String client = Integer.toString(EXAMPLE);
        if (!text.contains(client)) {
            return quoted(text);
        }
        return "("
                + quoted(text)
                        // The client comes first, what is the command's own after it.
                        .replaceFirst(client, "' || :client_id::text || '")
                        .replaceFirst(client, "' || :expected::text || '")
                + ")";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
