package io.changeorder.adapter.persistence.postgres;

import static io.changeorder.application.fixture.OrderBuilder.NODE;
import static io.changeorder.application.fixture.OrderBuilder.aRunningOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.changeorder.adapter.persistence.postgres.PostgresChangeOrderStore.Patience;
import io.changeorder.adapter.persistence.sql.Selects;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.ChangeOrderStore.Watcher;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresFaultsTest {
    private static final NodeId FIRST = new NodeId("first");
    private static final NodeId SECOND = new NodeId("second");

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private PostgresServer database;

    @BeforeEach
    void takeADatabase() {
        database = Server.newDatabase();
    }

    @AfterEach
    void giveItBack() {
        callers.shutdownNow();
        Server.giveBack(database);
    }

    @Test
    void aCommitWhoseAnswerWasLostIsFoundOutToBeDone() {
        AtomicReference<Runnable> afterNext = new AtomicReference<>(() -> {});
        try (PostgresChangeOrderStore store = open(NODE, new Statements.Steps() {
            @Override
            public void before(String sql) {}

            @Override
            public void after(String sql) {
                afterNext.getAndSet(() -> {}).run();
            }
        })) {
            Application application = create(store, "a");
            Commit commit =
                    CommitBuilder.following(application).growingTheFence().build();
            afterNext.set(() -> sneak(new SQLException("the network is gone", "08006")));
            assertThat(store.commit(commit)).isEqualTo(CommitResult.COMMITTED);
            assertThat(reload(store, application)).isEqualTo(commit.application());
            assertThat(store.commit(commit)).as("by somebody else").isEqualTo(CommitResult.CONFLICT);

            Commit creation = CommitBuilder.creating(fresh("b")).build();
            afterNext.set(() -> sneak(new SQLException("the network is gone", "08006")));
            assertThat(store.commit(creation)).isEqualTo(CommitResult.COMMITTED);
            assertThat(store.history(creation.application().id(), 1, 10)).hasSize(1);
        }
    }

    @Test
    void aCommitThatTheServerEndedIsDoneOnce() {
        try (PostgresChangeOrderStore store = open(NODE, Statements.Steps.UNWATCHED)) {
            Application application = create(store, "a");
            for (int round = 0; round < 5; round++) {
                endConnections();
                Commit commit =
                        CommitBuilder.following(application).growingTheFence().build();
                assertThat(store.commit(commit)).isEqualTo(CommitResult.COMMITTED);
                application = commit.application();
                assertThat(reload(store, application)).isEqualTo(application);
            }
        }
    }

    @Test
    void whatIsSentOnConnectionsThatTheServerHasJustEndedIsDoneOnce() throws Exception {
        AtomicInteger cuts = new AtomicInteger();
        try (PostgresChangeOrderStore store = open(neverAsking(), sql -> {
            if (isCommit(sql) && cuts.getAndDecrement() > 0) {
                endConnections();
            }
        })) {
            List<Application> applications = new ArrayList<>();
            for (int number = 0; number < 16; number++) {
                applications.add(create(store, "a" + number));
            }
            cuts.set(5);
            List<Future<Application>> committing = new ArrayList<>();
            for (Application application : applications) {
                committing.add(callers.submit(
                        () -> commit(store, CommitBuilder.following(application).growingTheFence())));
            }
            for (Future<Application> each : committing) {
                Application committed = each.get();
                assertThat(reload(store, committed)).isEqualTo(committed);
                assertThat(store.history(committed.id(), 1, 10)).hasSize((int) committed.events());
            }
            assertThat(cuts).hasNonPositiveValue();
        }
    }

    @Test
    void whoeverHasJustReadSendsNothingButTheCommit() {
        List<String> sent = new CopyOnWriteArrayList<>();
        try (PostgresChangeOrderStore store = open(neverAsking(), sent::add)) {
            Application application = create(store, "a");
            sent.clear();
            reload(store, application);
            commit(store, CommitBuilder.following(application).growingTheFence());
            assertThat(sent)
                    .hasSize(2)
                    .last()
                    .satisfies(sql -> assertThat(isCommit(sql)).isTrue());
        }
    }

    @Test
    void aConnectionThatWasSilentIsAskedBeforeAnythingIsWrittenOnIt() {
        List<String> sent = new CopyOnWriteArrayList<>();
        try (PostgresChangeOrderStore store = open(silence(Duration.ZERO), sent::add)) {
            create(store, "a");
            assertThat(sent).hasSize(2).first().isEqualTo(PostgresSql.ASK);
        }
    }

    @Test
    void aCommitOfWhichNothingIsHeardAnyMoreIsNotSaidToBeUndone() {
        try (PostgresChangeOrderStore store = open(NODE, new Statements.Steps() {
            @Override
            public void before(String sql) {}

            @Override
            public void after(String sql) {
                if (isCommit(sql)) {
                    sneak(new SQLException("the network is gone", "08006"));
                }
            }
        })) {
            Commit commit = CommitBuilder.creating(fresh("a")).build();
            assertThatThrownBy(() -> store.commit(commit))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("whether this was done is not known")
                    .hasMessageNotContaining("nothing was changed");
            assertThat(reload(store, commit.application())).isEqualTo(commit.application());
        }
    }

    @Test
    void serializationFailuresAreTriedAgain() {
        AtomicInteger failures = new AtomicInteger();
        try (PostgresChangeOrderStore store = open(NODE, sql -> {
            if (failures.getAndDecrement() > 0) {
                sneak(new SQLException("could not serialize access", failures.get() % 2 == 0 ? "40001" : "40P01"));
            }
        })) {
            failures.set(4);
            Application application = create(store, "a");
            failures.set(4);
            assertThat(reload(store, application)).isEqualTo(application);
        }
    }

    @Test
    void aNodeIsNotOfferedWhatAnotherOneWasOfferedJustBefore() {
        try (PostgresChangeOrderStore first = open(FIRST, Statements.Steps.UNWATCHED);
                PostgresChangeOrderStore second = open(SECOND, Statements.Steps.UNWATCHED)) {
            for (int number = 0; number < 6; number++) {
                Application application = create(first, "a" + number);
                commit(
                        first,
                        CommitBuilder.following(application)
                                .opening(aRunningOrder("o" + number, application.id())
                                        .heldBy(new NodeId("gone"))
                                        .build()));
            }
            List<ApplicationId> offered = first.findUnattended(FIRST, 4);
            assertThat(offered).hasSize(4);
            assertThat(second.findUnattended(SECOND, 10)).hasSize(2).doesNotContainAnyElementsOf(offered);
            assertThat(first.findUnattended(FIRST, 4)).containsExactlyInAnyOrderElementsOf(offered);
        }
    }

    @Test
    void anAnswerWhoseTokenIsTakenAnewIsNotForgottenWithTheOldOne() throws Exception {
        Server.run(database, "INSERT INTO answer VALUES ('alice', 'DEPLOY', 'token', 0, 'old')");
        try (Connection taking = Server.connect(database.url());
                Statement statement = taking.createStatement();
                Statements forgetting = new Statements(Server.connect(database.url()), Statements.Steps.UNWATCHED)) {
            taking.setAutoCommit(false);
            statement.execute("UPDATE answer SET at = 10, document = 'new'");
            Future<Integer> forgotten = callers.submit(() -> forgetting.update(Selects.FORGET_ANSWERS, 5, 5));
            await("it waits for who takes the token")
                    .until(() -> Server.askAsAdministrator(
                                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '"
                                            + Server.nameOf(database) + "'")
                            .equals(List.of("1")));
            taking.commit();
            assertThat(forgotten.get()).isZero();
        }
        assertThat(Server.ask(database, "SELECT document FROM answer")).containsExactly("new");
    }

    @Test
    void manyNodesMayStartAtOnceOverAnEmptyDatabase() throws Exception {
        PostgresServer empty = Server.newEmptyDatabase();
        try {
            List<Future<?>> starting = new ArrayList<>();
            for (int node = 0; node < 4; node++) {
                NodeId id = new NodeId("node-" + node);
                starting.add(callers.submit(
                        () -> PostgresChangeOrderStore.open(empty, id).close()));
            }
            for (Future<?> each : starting) {
                each.get();
            }
            PostgresChangeOrderStore.open(empty, NODE).close();
        } finally {
            Server.drop(empty);
        }
    }

    @Test
    void oneConnectionOfAHostIsEnoughAlsoWithoutAutoCommit() {
        try (HikariDataSource pool = poolOfAHost();
                PostgresChangeOrderStore store = PostgresChangeOrderStore.open(pool, NODE);
                PostgresChangeOrderStore other = open(SECOND, Statements.Steps.UNWATCHED)) {
            Application application = create(store, "a");
            assertThat(reload(other, application)).isEqualTo(application);
            Commit commit =
                    CommitBuilder.following(application).growingTheFence().build();
            assertThat(store.commit(commit)).isEqualTo(CommitResult.COMMITTED);
            assertThat(store.commit(commit)).isEqualTo(CommitResult.CONFLICT);
        }
    }

    @Test
    void whileAHostHasItsConnectionsElsewhereNothingIsDoneNorDoneLater() throws SQLException {
        try (HikariDataSource pool = poolOfAHost();
                PostgresChangeOrderStore store = PostgresChangeOrderStore.open(pool, NODE)) {
            Application application = create(store, "a");
            Commit commit =
                    CommitBuilder.following(application).growingTheFence().build();
            try (Connection elsewhere = pool.getConnection()) {
                assertThat(elsewhere.isValid(1)).isTrue();
                assertAllAreInUse(() -> store.commit(commit));
                assertAllAreInUse(() -> reload(store, application));
                assertAllAreInUse(() -> store.renewLease(NODE, Duration.ofSeconds(1)));
            }
            assertThat(reload(store, application)).isEqualTo(application);
            assertThat(store.commit(commit)).isEqualTo(CommitResult.COMMITTED);
        }
    }

    @Test
    void connectionsOfAHostThatTheServerHasEndedArePassedOver() {
        try (HikariDataSource pool = poolOfAHost();
                PostgresDatabase asking = over(pool)) {
            for (int round = 0; round < 5; round++) {
                assertThat(asking.useOnce(PostgresFaultsTest::one)).isEqualTo(1);
                endConnections();
                assertThat(asking.useOnce(PostgresFaultsTest::one)).isEqualTo(1);
            }
        }
    }

    private static int one(Statements statements) throws SQLException {
        return statements.first("SELECT 1", row -> row.getInt(1)).orElseThrow();
    }

    @Test
    void thatAllConnectionsAreInUseIsOnlySaidWhereItIsKnown() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                HikariDataSource pool = poolOfAHost(
                        "jdbc:postgresql://localhost:" + silent.getLocalPort() + "/silent?loginTimeout=600");
                PostgresDatabase asking = over(pool)) {
            assertNoConnection(() -> asking.useOnce(PostgresFaultsTest::one));
        }
        HikariDataSource closed;
        try (HikariDataSource pool = poolOfAHost()) {
            closed = pool;
        }
        try (PostgresDatabase asking = over(closed)) {
            assertNoConnection(() -> asking.use(PostgresFaultsTest::one));
        }
    }

    private static void assertNoConnection(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("the server can't be reached, or others have all of them; nothing was changed");
    }

    /** Asks every connection before it is used. */
    private static PostgresDatabase over(HikariDataSource pool) {
        return new PostgresDatabase(pool, Duration.ZERO, Statements.Steps.UNWATCHED, () -> {});
    }

    private static void assertAllAreInUse(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Every connection to the database is in use; nothing was changed");
    }

    /** With one connection, for which nobody waits long. */
    private HikariDataSource poolOfAHost() {
        return poolOfAHost(database.url());
    }

    private HikariDataSource poolOfAHost(String url) {
        HikariConfig config = new HikariConfig();
        config.setInitializationFailTimeout(-1);
        config.setJdbcUrl(url);
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(1_000);
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    @Test
    void whoeverListensHearsThatItMayHaveMissedSomethingWhenItsConnectionWasCut() {
        AtomicInteger changes = new AtomicInteger();
        try (PostgresChangeOrderStore store = open(NODE, Statements.Steps.UNWATCHED)) {
            store.watch(new Watcher() {
                @Override
                public void committed(ApplicationId application) {}

                @Override
                public void changed() {
                    changes.incrementAndGet();
                }
            });
            endConnections();
            await("it is told").until(() -> changes.get() > 0);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("changeorder-store-listening"));
    }

    @Test
    void whatIsWrongWithTheServerIsSaidAndNeverThePassword() {
        String host = database.url().substring(0, database.url().lastIndexOf('/') + 1);
        assertUnavailable(
                new PostgresServer(host + "no_such_database", database.user(), database.password()),
                "no such database");
        assertUnavailable(
                new PostgresServer("jdbc:postgresql://localhost:1/x", database.user(), "hush-hush"),
                "can't be reached");
        assertThat(new PostgresServer(database.url(), "me", "hush-hush").toString())
                .doesNotContain("hush");
        for (String url : List.of(
                "jdbc:postgresql://localhost/x?user=me&password=hush-hush",
                "jdbc:postgresql://me:hush-hush@localhost/x")) {
            assertThatThrownBy(() -> new PostgresServer(url, "", ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("there is a password in the address")
                    .hasMessageNotContaining("hush");
        }
    }

    private static void assertUnavailable(PostgresServer server, String why) {
        assertThatThrownBy(() -> PostgresChangeOrderStore.open(server, NODE))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("nothing was changed")
                .hasMessageNotContaining("hush");
    }

    private PostgresChangeOrderStore open(NodeId node, Statements.Steps steps) {
        return PostgresChangeOrderStore.open(database, node, Patience.USUAL, steps);
    }

    private PostgresChangeOrderStore open(Patience patience, Statements.Steps steps) {
        return PostgresChangeOrderStore.open(database, NODE, patience, steps);
    }

    private static Patience neverAsking() {
        return silence(Duration.ofHours(1));
    }

    private static Patience silence(Duration silence) {
        return new Patience(Patience.USUAL.connection(), Patience.USUAL.statement(), Patience.USUAL.lock(), silence);
    }

    private static boolean isCommit(String sql) {
        return sql.startsWith("WITH todo");
    }

    private void endConnections() {
        Server.runAsAdministrator("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"
                + Server.nameOf(database) + "'");
    }

    private static Application fresh(String id) {
        return Application.fresh(new ApplicationId(id), id, "", Instant.EPOCH);
    }

    private static Application create(ChangeOrderStore store, String id) {
        return commit(store, CommitBuilder.creating(fresh(id)));
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

    /** A failure of the driver, from where none is declared. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(SQLException failure) throws E {
        throw (E) failure;
    }
}
