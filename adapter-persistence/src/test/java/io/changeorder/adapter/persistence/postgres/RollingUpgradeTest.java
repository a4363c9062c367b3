package io.changeorder.adapter.persistence.postgres;

import static io.changeorder.application.fixture.OrderBuilder.aRunningOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.changeorder.adapter.persistence.postgres.Server.Gate;
import io.changeorder.application.api.Maintenance;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Nodes of this program over a database that a newer one migrates: those that run, and those that start. */
class RollingUpgradeTest {
    private static final String ADDED = "classpath:io/changeorder/adapter/persistence/upgrade/postgres-added";
    private static final String CHANGED = "classpath:io/changeorder/adapter/persistence/upgrade/postgres-changed";
    private static final NodeId FIRST = new NodeId("first");
    private static final NodeId SECOND = new NodeId("second");

    private final ExecutorService others = Executors.newCachedThreadPool();
    private PostgresServer database;

    @BeforeEach
    void takeADatabase() {
        database = Server.newDatabase();
    }

    @AfterEach
    void drop() {
        others.shutdownNow();
        Server.drop(database);
    }

    @Test
    void besideANewerProgramThatOnlyAddsNodesGoOnAndStart() {
        try (PostgresChangeOrderStore running = open(FIRST)) {
            Application application = create(running, "a");
            migrate(ADDED);
            application = growFence(running, application);
            running.renewLease(FIRST, Duration.ofHours(1));
            assertThat(running.findUnattended(FIRST, 10)).isEmpty();
            try (PostgresChangeOrderStore starting = open(SECOND);
                    AccessStore keys = PostgresAccessStore.open(database)) {
                assertThat(reload(starting, application)).isEqualTo(application);
                application = growFence(starting, application);
                assertThat(reload(running, application)).isEqualTo(application);
                assertThat(keys.hasKeys()).isFalse();
                assertThat(audit()).isEmpty();
            }
        }
    }

    @Test
    void besideANewerProgramThatChangesANodeStopsSaysSoAndLetsGo() {
        try (PostgresChangeOrderStore running = open(FIRST);
                AccessStore keys = running.access()) {
            Application application = commit(
                    running,
                    CommitBuilder.following(create(running, "a"))
                            .opening(aRunningOrder("o", new ApplicationId("a"))
                                    .heldBy(FIRST)
                                    .build()));
            running.renewLease(FIRST, Duration.ofHours(1));
            migrate(CHANGED);

            assertTooOld(() -> running.renewLease(FIRST, Duration.ofHours(1)));
            assertThat(Server.ask(database, "SELECT alive_until FROM node WHERE id = 'first'"))
                    .containsExactly("0");
            assertTooOld(() -> running.commit(
                    CommitBuilder.following(application).growingTheFence().build()));
            assertTooOld(() -> running.findUnattended(FIRST, 10));
            assertTooOld(() -> reload(running, application));
            assertTooOld(() -> running.setMaintenance(Maintenance.OFF, Optional.empty()));
            assertTooOld(keys::hasKeys);
            running.renewLease(FIRST, Duration.ZERO);
        }
    }

    @Test
    void aNodeThatIsTooOldIsRefusedAtItsStartAndToldWhatToDo() {
        migrate(CHANGED);
        for (ThrowingCallable start : List.<ThrowingCallable>of(
                () -> open(FIRST).close(),
                () -> PostgresAccessStore.open(database).close(),
                this::audit)) {
            assertThatThrownBy(start)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(
                            "newer Changeorder (schema 1001, this one knows " + PostgresSchema.VERSION + ")")
                    .hasMessageContaining("Use that one, or restore a backup from before the update");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?options=-c%20default_transaction_isolation=serializable"})
    void aCommitThatComesWhileTheDatabaseChangesIsNotDone(String parameters) throws Exception {
        PostgresServer asked = new PostgresServer(database.url() + parameters, database.user(), database.password());
        try (PostgresChangeOrderStore running = PostgresChangeOrderStore.open(asked, FIRST);
                Connection newer = Server.connect(database.url());
                Statement statement = newer.createStatement()) {
            Application application = growFence(running, create(running, "a"));
            newer.setAutoCommit(false);
            statement.execute("TRUNCATE compatibility");
            statement.execute("INSERT INTO compatibility (only_one, oldest) VALUES (1, 1001)");
            Commit commit =
                    CommitBuilder.following(application).growingTheFence().build();
            Future<CommitResult> coming = others.submit(() -> running.commit(commit));
            awaitSomebodyWaiting();
            newer.commit();

            assertThatThrownBy(coming::get).hasMessageContaining("nothing was changed. Replace this node");
            assertThat(Server.ask(database, "SELECT version FROM application"))
                    .containsExactly(Long.toString(application.version()));
            assertThat(Server.ask(database, "SELECT count(*) FROM event"))
                    .containsExactly(Long.toString(application.events()));
        }
    }

    @Test
    void theDatabaseChangesOnlyAfterTheCommitsThatAreUnderWay() throws Exception {
        try (PostgresChangeOrderStore running = open(FIRST)) {
            Application application = create(running, "a");
            Commit commit =
                    CommitBuilder.following(application).growingTheFence().build();
            Future<CommitResult> underWay;
            Future<?> migration;
            try (Gate gate = Server.shutGate(database)) {
                underWay = others.submit(() -> running.commit(commit));
                await("it is at its end").until(() -> gate.waiting().size() == 1);
                migration = others.submit(() -> migrate(CHANGED));
                awaitSomebodyWaiting();
            }
            assertThat(underWay.get()).isEqualTo(CommitResult.COMMITTED);
            migration.get();
            assertTooOld(() -> running.commit(CommitBuilder.following(commit.application())
                    .growingTheFence()
                    .build()));
            assertThat(Server.ask(database, "SELECT version FROM application"))
                    .containsExactly(Long.toString(commit.application().version()));
        }
    }

    @Test
    void theDatabaseIsNotChangedByKeysUnderOlderNodesThatRun() {
        PostgresServer older = Server.newEmptyDatabase();
        try {
            migrateTo(older, "3");
            Server.run(older, "INSERT INTO node (id, alive_until) VALUES ('older', " + Long.MAX_VALUE + ")");
            for (ThrowingCallable start : List.<ThrowingCallable>of(
                    () -> PostgresAccessStore.open(older).close(),
                    () -> PostgresAccessStore.openExisting(older).close())) {
                assertThatThrownBy(start)
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("nodes of an older one run over it");
            }
            assertThat(schemaOf(older)).containsExactly("3");
            Server.run(older, "UPDATE node SET alive_until = 0");
            try (AccessStore keys = PostgresAccessStore.openExisting(older)) {
                assertThat(keys.hasKeys()).isFalse();
            }
            assertThat(schemaOf(older)).containsExactly(Integer.toString(PostgresSchema.VERSION));
        } finally {
            Server.drop(older);
        }
    }

    @Test
    void whoeverLooksForKeysMakesNothingInAnEmptyDatabase() {
        PostgresServer empty = Server.newEmptyDatabase();
        try {
            assertThatThrownBy(() -> PostgresAccessStore.openExisting(empty))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("There is nothing of Changeorder in the database");
            assertThat(Server.ask(empty, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                    .isEmpty();
            PostgresAccessStore.open(empty).close();
            PostgresAccessStore.openExisting(empty).close();
        } finally {
            Server.drop(empty);
        }
    }

    private static List<String> schemaOf(PostgresServer asked) {
        return Server.ask(asked, PostgresSql.SCHEMA_VERSION);
    }

    private static void migrateTo(PostgresServer asked, String version) {
        Flyway.configure()
                .dataSource(asked.url(), asked.user(), asked.password())
                .table(PostgresSchema.HISTORY)
                .locations(PostgresSchema.MIGRATIONS)
                .target(version)
                .load()
                .migrate();
    }

    private static void assertTooOld(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        refused -> assertThat(refused.advice())
                                .isEqualTo("A newer Changeorder has changed the database, and does not work beside"
                                        + " this one; nothing was changed. Replace this node by a newer one."));
    }

    private void awaitSomebodyWaiting() {
        await("somebody waits for the rule")
                .until(() -> !Server.ask(
                                database,
                                "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'compatibility'::regclass")
                        .isEmpty());
    }

    private PostgresChangeOrderStore open(NodeId node) {
        return PostgresChangeOrderStore.open(database, node);
    }

    private List<?> audit() {
        return new PostgresAuditTrail(database).find(new AuditQuery(AuditQuery.By.TRACE, "t", 0, 1));
    }

    /** As a newer program does when it starts. */
    private void migrate(String location) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        PostgresSchema.migrate(source, PostgresSchema.MIGRATIONS, location);
    }

    private static Application create(ChangeOrderStore store, String id) {
        return commit(store, CommitBuilder.creating(Application.fresh(new ApplicationId(id), id, "", Instant.EPOCH)));
    }

    private static Application growFence(ChangeOrderStore store, Application application) {
        return commit(store, CommitBuilder.following(application).growingTheFence());
    }

    private static Application commit(ChangeOrderStore store, CommitBuilder builder) {
        Commit commit = builder.build();
        assertThat(store.commit(commit)).isEqualTo(CommitResult.COMMITTED);
        return commit.application();
    }

    private static Application reload(ChangeOrderStore store, Application application) {
        return store.findApplication(application.id())
                .map(ApplicationState::application)
                .orElseThrow();
    }
}
