package io.changeorder.adapter.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.persistence.access.AccessStatements;
import io.changeorder.adapter.persistence.sql.AuditRows;
import io.changeorder.adapter.persistence.sql.Selects;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.domain.id.ApplicationId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No query reads a whole table, where there are thousands of rows and the planner knows of them. */
class PostgresPlanTest {
    private static final ApplicationId APP = new ApplicationId("app-7");
    private static final Pattern PARAMETER = Pattern.compile("[?]");
    private static PostgresServer database;

    @BeforeAll
    static void fill() {
        database = Server.newDatabase();
        Server.run(
                database,
                "ALTER TABLE application DISABLE TRIGGER USER",
                "INSERT INTO application SELECT 'app-' || n, 'name-' || n, 'space-' || n % 10, false, n, 1, 5, 1, NULL,"
                        + " CASE WHEN n % 100 = 0 THEN 'node-' || n % 3 END, n, repeat('x', 500)"
                        + " FROM generate_series(1, 5000) n",
                "INSERT INTO change_order SELECT 'order-' || n, 'app-' || n % 5000, 'DEPLOY',"
                        + " CASE WHEN n <= 5000 THEN 'RUNNING' ELSE 'SUCCEEDED' END, n <= 5000, 'node-' || n % 3, 1, 'me', n,"
                        + " CASE WHEN n > 5000 THEN n END, NULL, NULL, 'why', NULL, 0, repeat('x', 500)"
                        + " FROM generate_series(1, 20000) n",
                "INSERT INTO batch SELECT 'batch-' || n, 'order-' || n % 20000, 1 FROM generate_series(1, 20000) n",
                "INSERT INTO event SELECT 'app-' || n % 5000, 1 + n / 5000, n, 'me', 1, n, repeat('x', 200)"
                        + " FROM generate_series(0, 24999) n",
                "INSERT INTO version SELECT 'app-' || n % 5000, 'version-' || n, n, 'x' FROM generate_series(1, 10000) n",
                "INSERT INTO answer SELECT 'me', 'DEPLOY', 'token-' || n, n, 'x' FROM generate_series(1, 10000) n",
                "INSERT INTO node SELECT 'node-' || n, 9000000000000 FROM generate_series(1, 2) n",
                "INSERT INTO audit (at, actor, operation, resource, application, request, trace, secure, outcome, reason)"
                        + " SELECT n, 'me', 'STOP_APPLICATION', 'r', 'app-' || n % 5000, 'request-' || n, 'trace-' || n,"
                        + " true, 'ACCEPTED', '' FROM generate_series(1, 20000) n",
                "INSERT INTO nonce SELECT 'key-' || n % 3, n % 4096, decode(md5(n::text), 'hex'), n"
                        + " FROM generate_series(1, 20000) n",
                "ANALYZE");
    }

    @AfterAll
    static void drop() {
        Server.drop(database);
    }

    @Test
    void everythingIsFoundThroughAnIndex() throws Exception {
        for (String sql : List.of(
                Selects.FIND_APPLICATION,
                Selects.FIND_ORDER,
                Selects.FIND_ORDER_OF_BATCH,
                Selects.FIND_VERSION,
                Selects.LIST_VERSIONS,
                Selects.HISTORY,
                Selects.FIND_ANSWER,
                Selects.IS_TOKEN_TAKEN,
                Selects.FORGET_ANSWERS,
                PostgresSql.JUDGE)) {
            assertThat(scanned(sql)).as(sql).isEmpty();
        }
    }

    @Test
    void recordsAreFoundThroughTheIndexOfWhatTheyAreFoundBy() throws Exception {
        for (AuditQuery.By by : AuditQuery.By.values()) {
            assertThat(plan(AuditRows.sql(by)))
                    .anyMatch(step -> step.contains("audit_by_" + by.name().toLowerCase(Locale.ROOT)))
                    .noneMatch(step -> step.contains("Sort"));
        }
        assertThat(scanned(PostgresSql.PURGE_AUDIT))
                .as(String.join("\n", plan(PostgresSql.PURGE_AUDIT)))
                .isEmpty();
    }

    @Test
    void listsAreReadThroughTheIndexOfTheirOrder() throws Exception {
        for (boolean ascending : new boolean[] {true, false}) {
            String sql = PostgresSql.listOrders(
                    new OrderQuery(APP, List.of("DEPLOY", "STOP"), List.of("RUNNING"), "part", ascending, 0, 10));
            assertThat(scanned(sql)).as(sql).isEmpty();
        }
        assertThat(plan(PostgresSql.listApplications(new ApplicationQuery("", "space-1", 0, 10))))
                .anyMatch(step -> step.contains("application_by_name") || step.contains("application_name"));
    }

    @Test
    void whatNeedsANodeIsFoundWithoutLookingAtWhatDoesNot() throws Exception {
        for (String sql : List.of(
                PostgresSql.CLAIM_UNATTENDED, PostgresSql.FIND_HALTED, PostgresSql.FIND_ATTENDED, PostgresSql.PURGE)) {
            // For many batches at once a scan of them is what is cheapest here.
            assertThat(scanned(sql)).as(sql).isSubsetOf("batch");
        }
    }

    @Test
    void aGroupOfCommitsLooksAtNothingButItsOwn() throws Exception {
        PostgresCommit commit =
                MeasuredCommands.unsent(MeasuredCommands.example(1).next());
        String sql = new GroupStatement(List.of(commit, commit), "told").sql();
        assertThat(scanned(sql)).as(String.join("\n", plan(sql))).isEmpty();
    }

    @Test
    void noncesAreCountedFoundAndForgottenThroughAnIndex() throws Exception {
        for (String sql : AccessStatements.onNonces(PostgresSql.NOW, PostgresAccessStore.LOCK)) {
            assertThat(scanned(sql)).as(String.join("\n", plan(sql))).isEmpty();
        }
    }

    @Test
    void theTestSeesAScan() throws Exception {
        assertThat(scanned("SELECT * FROM change_order WHERE document = ?")).containsExactly("change_order");
        assertThat(scanned("SELECT * FROM event WHERE at = ?")).containsExactly("event");
    }

    /** The tables that are read as a whole. */
    private static List<String> scanned(String sql) throws Exception {
        return plan(sql).stream()
                .filter(step -> step.contains("Seq Scan on "))
                .map(step -> step.replaceAll(".*Seq Scan on (\\w+).*", "$1"))
                .filter(table -> !List.of("node", "maintenance", "compatibility", "unreadable_order")
                        .contains(table))
                .toList();
    }

    /** As it is planned for any arguments. */
    private static List<String> plan(String sql) throws Exception {
        AtomicInteger number = new AtomicInteger();
        String numbered = PARAMETER.matcher(sql).replaceAll(found -> "\\$" + number.incrementAndGet());
        int arguments = number.get();
        try (Connection connection = Server.connect(database.url());
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE asked AS " + numbered);
            try (ResultSet rows = statement.executeQuery(
                    "EXPLAIN EXECUTE asked" + (arguments == 0 ? "" : "(NULL" + ", NULL".repeat(arguments - 1) + ")"))) {
                List<String> steps = new ArrayList<>();
                while (rows.next()) {
                    steps.add(rows.getString(1));
                }
                return steps;
            }
        }
    }
}
