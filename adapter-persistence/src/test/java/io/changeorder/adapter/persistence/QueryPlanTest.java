package io.changeorder.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.persistence.access.AccessStatements;
import io.changeorder.adapter.persistence.sql.AuditRows;
import io.changeorder.adapter.persistence.sql.Selects;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.domain.id.ApplicationId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No query reads a whole table, and none sorts what an index has in order. */
class QueryPlanTest {
    private static final ApplicationId APP = new ApplicationId("a");

    @TempDir
    private Path folder;

    private Connection connection;

    @BeforeEach
    void open() throws Exception {
        Stores.open(folder).close();
        connection = DriverManager.getConnection("jdbc:sqlite:" + Stores.file(folder));
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
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
                Selects.APPLICATION_VERSION,
                SqliteSql.UPDATE_APPLICATION,
                Selects.FORGET_ANSWERS)) {
            assertThat(plan(sql)).as(sql).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
            assertThat(plan(sql)).as(sql).noneMatch(step -> step.contains("TEMP B-TREE FOR ORDER BY"));
        }
    }

    @Test
    void whatIsPurgedIsFoundByItsAge() throws Exception {
        List<String> statements = new ArrayList<>(SqliteSql.PURGE);
        statements.add(SqliteSql.FIND_PURGEABLE);
        statements.add(SqliteSql.FIND_OLD_AUDIT);
        statements.add(SqliteSql.PURGE_AUDIT);
        for (String sql : statements) {
            assertThat(plan(sql)).as(sql).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
            assertThat(plan(sql)).as(sql).noneMatch(step -> step.contains("TEMP B-TREE"));
        }
    }

    @Test
    void noncesAreCountedFoundAndForgottenThroughAnIndex() throws Exception {
        for (String sql : AccessStatements.onNonces(SqliteAccessStore.NOW, "")) {
            assertThat(plan(sql))
                    .as(sql)
                    .isNotEmpty()
                    .noneMatch(step -> step.startsWith("SCAN") && step.contains("nonce"))
                    .noneMatch(step -> step.contains("TEMP B-TREE"));
        }
    }

    @Test
    void recordsAreFoundThroughTheIndexOfWhatTheyAreFoundBy() throws Exception {
        for (AuditQuery.By by : AuditQuery.By.values()) {
            assertThat(plan(AuditRows.sql(by)))
                    .hasSize(1)
                    .allMatch(step -> step.startsWith("SEARCH")
                            && step.contains("audit_by_" + by.name().toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void ordersAreListedThroughTheIndexOfTheirCreation() throws Exception {
        for (boolean ascending : new boolean[] {true, false}) {
            OrderQuery query =
                    new OrderQuery(APP, List.of("DEPLOY", "STOP"), List.of("RUNNING"), "part", ascending, 0, 10);
            for (String sql : List.of(SqliteSql.listOrders(query), SqliteSql.countOrders(query))) {
                assertThat(plan(sql)).as(sql).hasSize(1).allMatch(step -> step.contains("change_order_by_creation"));
            }
        }
        OrderQuery all = new OrderQuery(APP, List.of(), List.of(), "", false, 0, 10);
        assertThat(plan(SqliteSql.countOrders(all))).allMatch(step -> step.contains("COVERING INDEX"));
    }

    @Test
    void applicationsAreListedThroughTheIndexOfTheirNames() throws Exception {
        assertThat(plan(SqliteSql.listApplications(new ApplicationQuery("part", "", 0, 10))))
                .hasSize(1)
                .allMatch(step -> step.contains("application_by_name"));
        assertThat(plan(SqliteSql.listApplications(new ApplicationQuery("", "space", 0, 10))))
                .anyMatch(step -> step.contains("INDEX application_name"));
    }

    @Test
    void whatIsLiveIsFoundWithoutLookingAtWhatEnded() throws Exception {
        assertThat(plan(SqliteSql.FIND_UNATTENDED))
                .filteredOn(step -> step.contains("change_order"))
                .hasSize(2)
                .allMatch(step -> step.startsWith("SEARCH") && step.contains("COVERING INDEX change_order_lease"));
        assertThat(plan(SqliteSql.FIND_ATTENDED))
                .filteredOn(step -> step.contains("change_order"))
                .hasSize(1)
                .allMatch(step -> step.startsWith("SEARCH") && step.contains("COVERING INDEX change_order_lease"));
        for (String sql : List.of(SqliteSql.FIND_UNATTENDED, SqliteSql.FIND_ATTENDED)) {
            assertThat(plan(sql))
                    .filteredOn(step -> step.contains("halted"))
                    .isNotEmpty()
                    .allMatch(step -> step.startsWith("SEARCH"));
        }
    }

    private List<String> plan(String sql) throws Exception {
        try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet rows = statement.executeQuery()) {
            List<String> steps = new ArrayList<>();
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
            return steps;
        }
    }
}
