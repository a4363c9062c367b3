package io.changeorder.adapter.persistence;

import static io.changeorder.application.fixture.OrderBuilder.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Status;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFaultsTest {
    @TempDir
    private Path folder;

    @Test
    void nothingIsCommittedIntoFilesThatWereDeleted() throws Exception {
        for (String name : List.of(SqliteDatabase.FILE, SqliteDatabase.FILE + "-wal")) {
            Path own = folder.resolve(name + "-goes");
            try (SqliteChangeOrderStore store = Stores.open(own)) {
                Application application = Stores.create(store, "a");
                Files.delete(own.resolve(name));
                assertThatThrownBy(() -> store.commit(CommitBuilder.following(application)
                                .growingTheFence()
                                .build()))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining(name + " is gone")
                        .hasMessageContaining("nothing was changed. Bring it back as it was");
                assertThatThrownBy(() -> store.findApplication(application.id()))
                        .as("a new connection would find nothing, or something old")
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining(name + " is gone");
            }
        }
    }

    @Test
    void nothingIsCommittedWhereAnotherFileIsInThePlaceOfTheDatabase() throws Exception {
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            Application application = Stores.create(store, "a");
            Path backup = Files.copy(Stores.file(folder), folder.resolve("backup"));
            Files.move(backup, Stores.file(folder), StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> store.commit(CommitBuilder.following(application)
                            .growingTheFence()
                            .build()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("another file is in its place");
        }
    }

    @Test
    void onlyTheNodeThatOwnsTheFolderIsKnown() throws Exception {
        for (String node : List.of("first", "second", "third")) {
            SqliteChangeOrderStore.open(folder, new NodeId(node)).close();
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + Stores.file(folder));
                var rows = connection.createStatement().executeQuery("SELECT group_concat(id) FROM node")) {
            assertThat(rows.getString(1)).isEqualTo("third");
        }
    }

    @Test
    void aStoreInAFolderThatIsOwnedAlreadyLeavesItOwned() {
        try (FolderLock lock = FolderLock.acquire(folder, NODE)) {
            SqliteChangeOrderStore.open(lock).close();
            SqliteChangeOrderStore.open(lock).close();
            assertThatThrownBy(() -> SqliteChangeOrderStore.open(folder, NODE))
                    .isInstanceOf(DataFolderInUseException.class);
        }
    }

    @Test
    void aCallerIsAdvisedAboutAFullDiskAndNotToldWhereItIs() {
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            Application application = Stores.create(store, "a");
            Stores.tune(store, "PRAGMA max_page_count = 1");
            assertThatThrownBy(() -> fill(store, application))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            full -> assertThat(full.advice())
                                    .isEqualTo("The disk of the data folder is full; nothing was changed. Free some"
                                            + " space on it."))
                    .hasMessageContaining(folder.getFileName().toString());
        }
    }

    private static void fill(SqliteChangeOrderStore store, Application application) {
        for (Application last = application; last.version() < 10_000; ) {
            CommitBuilder commit = CommitBuilder.following(last);
            for (int event = 0; event < 100; event++) {
                commit.growingTheFence();
            }
            last = Stores.commit(store, commit);
        }
    }

    @Test
    void aFolderThatTurnsReadOnlyRefusesCommitsAndIsStillRead() {
        Application application;
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            Application created = Stores.create(store, "a");
            application = created;
            Stores.tune(store, "PRAGMA query_only = 1");
            assertThatThrownBy(() -> store.commit(
                            CommitBuilder.following(created).growingTheFence().build()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("can't be written; nothing was changed");
            assertThat(store.findApplication(created.id()).map(ApplicationState::application))
                    .contains(created);
        }
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            Stores.commit(store, CommitBuilder.following(application).growingTheFence());
        }
    }

    @Test
    void aFolderThatCantBeWrittenIsRefused() {
        assertThatThrownBy(() -> SqliteChangeOrderStore.open(Path.of("/proc/changeorder"), NODE))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Make it writable");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws Exception {
        String garbage = "this is not a database, and it is longer than the header of one. ".repeat(100);
        Files.writeString(Stores.file(folder), garbage);
        assertDamaged();
        assertThat(Files.readString(Stores.file(folder))).isEqualTo(garbage);
        assertThat(FolderLock.owner(folder)).isEmpty();
    }

    @Test
    void aDatabaseWithADamagedHeaderIsRefused() throws Exception {
        fillWithApplications();
        Stores.overwrite(Stores.file(folder), 0, 64);
        assertDamaged();
    }

    @Test
    void aDatabaseWithOneDamagedPageInTheMiddleIsRefused() throws Exception {
        fillWithApplications();
        Stores.overwrite(Stores.file(folder), Stores.pageOf(folder, "application"), Stores.PAGE);
        assertDamaged();
    }

    @Test
    void aDatabaseWhoseRowsAreDamagedIsRefused() throws Exception {
        fillWithApplications();
        Stores.overwrite(
                Stores.file(folder), 2L * Stores.PAGE, (int) Files.size(Stores.file(folder)) - 2 * Stores.PAGE);
        assertDamaged();
    }

    @Test
    void damageInALargeDatabaseIsNamedWhereItIsMet() throws Exception {
        fillWithApplications();
        Stores.tamper(folder, "CREATE TABLE padding AS SELECT zeroblob(17 * 1024 * 1024) AS padding");
        Stores.overwrite(Stores.file(folder), Stores.pageOf(folder, "application"), Stores.PAGE);
        try (SqliteChangeOrderStore store = SqliteChangeOrderStore.open(folder, NODE)) {
            assertThat(store.maintenance()).as("the rest is whole").isEqualTo(Maintenance.OFF);
            assertThatThrownBy(() -> store.findApplication(new ApplicationId("a1")))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("is damaged. Restore the folder from a backup");
            assertThatThrownBy(() -> Stores.create(store, "new"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("is damaged. Restore the folder from a backup");
        }
    }

    @Test
    void aDatabaseThatIsCutOffIsRefused() throws Exception {
        fillWithApplications();
        try (RandomAccessFile file = new RandomAccessFile(Stores.file(folder).toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertDamaged();
    }

    private void fillWithApplications() {
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            for (int number = 0; number < 200; number++) {
                Stores.create(store, "a" + number);
            }
        }
    }

    private void assertDamaged() {
        assertThatThrownBy(() -> SqliteChangeOrderStore.open(folder, NODE))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("Restore the folder from a backup");
    }

    @Test
    void whatIsWrongInAWayThatNobodyThoughtOfStillSaysWhatToDo() throws Exception {
        Stores.open(folder).close();
        Stores.tamper(folder, "DROP TABLE maintenance");
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            assertThatThrownBy(store::maintenance)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("no such table: maintenance")
                    .hasMessageContaining("restore the folder from a backup");
        }
    }

    @Test
    void whatWasHaltedBeforeItWasKeptByWhomIsAnybodys() throws Exception {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + Stores.file(folder), "", "")
                .locations("classpath:io/changeorder/adapter/persistence/sqlite")
                .target("1")
                .load()
                .migrate();
        Stores.tamper(
                folder,
                "INSERT INTO application (id, name, namespace, deleted, created_at, version, events, fence, growth_halted,"
                        + " document) VALUES ('halted', 'a', '', 0, 0, 1, 0, 0, 1, '{}'), ('free', 'b', '', 0, 0, 1, 0,"
                        + " 0, 0, '{}')");
        try (SqliteChangeOrderStore store = SqliteChangeOrderStore.open(folder, NODE)) {
            assertThat(store.findUnattended(NODE, 10)).containsExactly(new ApplicationId("halted"));
        }
    }

    @Test
    void aLiveOrderThatCantBeReadIsEndedAndBlocksNothing() throws Exception {
        Application before = withALiveOrder();
        Stores.tamper(folder, "UPDATE change_order SET document = replace(document, '\"format\":1', '\"format\":0')");
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            ApplicationState state = store.findApplication(before.id()).orElseThrow();
            assertThat(state.live()).isEmpty();
            assertThat(state.application().fence()).isEqualTo(before.fence().next());
            assertThat(state.application().growth()).isEqualTo(Growth.HALTED);
            assertThat(store.findUnattended(NODE, 10))
                    .as("whoever looks has growth go on")
                    .containsExactly(before.id());

            ChangeOrder order = store.findOrder(new ChangeOrderId("o")).orElseThrow();
            assertThat(order.status()).isEqualTo(Status.SYSTEM_FAILED);
            assertThat(order.change().description()).isEqualTo("why");
            assertThat(order.createdBy()).isEqualTo(OrderBuilder.ALICE);
            assertThat(order.ending().orElseThrow().by()).isEqualTo(Actor.ENGINE);

            List<Event> history = store.history(before.id(), before.events() + 1, 10);
            assertThat(history.get(0).what())
                    .isEqualTo(new Happening.OrderMoved(
                            order.id(),
                            Input.UNREADABLE,
                            Status.RUNNING,
                            Status.SYSTEM_FAILED,
                            0,
                            Optional.empty(),
                            Optional.empty()));
            assertThat(HistoryFold.fold(store.history(before.id(), 1, 100)).liveOrder())
                    .isEmpty();
            Stores.commit(
                    store,
                    CommitBuilder.following(state.application())
                            .opening(OrderBuilder.aRunningOrder("next", before.id())
                                    .build()));
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + Stores.file(folder));
                var rows = connection.createStatement().executeQuery("SELECT document FROM unreadable_order")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).startsWith("{\"format\":0");
        }
    }

    @Test
    void aLiveOrderThatCantBeReadIsEndedByWhoeverMeetsItFirst() throws Exception {
        Application before = withALiveOrder();
        Stores.tamper(folder, "UPDATE change_order SET document = 'rubbish'");
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            assertThat(store.listOrders(new OrderQuery(before.id(), List.of(), List.of(), "", true, 0, 10))
                            .items())
                    .extracting(ChangeOrder::status)
                    .containsExactly(Status.SYSTEM_FAILED);
            assertThat(store.findApplication(before.id()).orElseThrow().live()).isEmpty();
            assertThat(store.commit(
                            CommitBuilder.following(before).growingTheFence().build()))
                    .isEqualTo(CommitResult.CONFLICT);
        }
    }

    @Test
    void whatANewerProgramWroteIsLeftAsItIs() throws Exception {
        Application before = withALiveOrder();
        Stores.tamper(folder, "UPDATE change_order SET document = replace(document, '\"format\":1', '\"format\":2')");
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            assertNewer(() -> store.findApplication(before.id()));
            assertNewer(() -> store.findOrder(new ChangeOrderId("o")));
            assertNewer(() -> store.listOrders(new OrderQuery(before.id(), List.of(), List.of(), "", true, 0, 10)));
            Stores.tamper(
                    folder, "UPDATE application SET document = replace(document, '\"format\":1', '\"format\":2')");
            assertNewer(() -> store.listApplications(new ApplicationQuery("", "", 0, 10)));
            Stores.tamper(
                    folder, "UPDATE application SET document = replace(document, '\"format\":2', '\"format\":1')");
            Stores.tamper(
                    folder, "UPDATE change_order SET document = replace(document, '\"format\":2', '\"format\":1')");
            ApplicationState state = store.findApplication(before.id()).orElseThrow();
            assertThat(state.application()).isEqualTo(before);
            assertThat(state.live().map(ChangeOrder::status)).contains(Status.RUNNING);
        }
    }

    private static void assertNewer(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        refused -> assertThat(refused.advice())
                                .isEqualTo("A newer Changeorder wrote what is stored; nothing was changed. Replace this"
                                        + " node by a newer one."));
    }

    @Test
    void namesInColumnsThatNobodyKnowsAreOnlyMissedWhereTheDocumentCantBeRead() throws Exception {
        Application before = withALiveOrder();
        for (String column : List.of("type", "status")) {
            Stores.tamper(folder, "UPDATE change_order SET " + column + " = 'CONQUER'");
            try (SqliteChangeOrderStore store = Stores.open(folder)) {
                assertThat(store.findApplication(before.id()).orElseThrow().live())
                        .isPresent();
            }
        }
        Stores.tamper(folder, "UPDATE change_order SET document = 'rubbish'");
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            assertThatThrownBy(() -> store.findApplication(before.id()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("it is damaged, or a newer Changeorder wrote it");
        }
    }

    @Test
    void aRecordOfTheAuditThatNamesWhatNobodyKnowsIsToldOf() throws Exception {
        Stores.open(folder).close();
        Stores.tamper(
                folder,
                "INSERT INTO audit (at, actor, operation, resource, trace, secure, outcome, reason)"
                        + " VALUES (0, 'alice', 'CONQUER', 'r', 't', 0, 'ACCEPTED', '')");
        assertThatThrownBy(() -> new SqliteAuditTrail(folder).find(new AuditQuery(AuditQuery.By.TRACE, "t", 0, 1)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("it is damaged, or a newer Changeorder wrote it");
    }

    @Test
    void anEndedOrderThatCantBeReadIsSystemFailedAndChangesNothing() throws Exception {
        Application before;
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            before = Stores.create(store, "a");
            before = Stores.commit(
                    store,
                    CommitBuilder.following(before)
                            .ending(OrderBuilder.aSucceededOrder("o", before.id())
                                    .build()));
        }
        Stores.tamper(folder, "UPDATE change_order SET document = ''");
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            assertThat(store.findOrder(new ChangeOrderId("o")).map(ChangeOrder::status))
                    .contains(Status.SYSTEM_FAILED);
            assertThat(store.findOrderOfBatch(OrderBuilder.batch(new ChangeOrderId("o"), 1)))
                    .isPresent();
            assertThat(store.findApplication(before.id()).map(ApplicationState::application))
                    .contains(before);
        }
    }

    @Test
    void anApplicationThatCantBeReadBlocksNoOther() throws Exception {
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            Application bad = Stores.create(store, "bad");
            Stores.create(store, "good");
            Stores.commit(
                    store,
                    CommitBuilder.following(bad)
                            .with(Version.of(bad.id(), OrderBuilder.BEFORE, Settings.of(1), bad.createdAt()))
                            .with(Version.of(bad.id(), OrderBuilder.AFTER, Settings.of(1), bad.createdAt())));
        }
        Stores.tamper(folder, "UPDATE application SET document = '{}' WHERE id = 'bad'");
        Stores.tamper(folder, "UPDATE version SET document = '{}' WHERE id = '" + OrderBuilder.BEFORE.id() + "'");
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            assertThat(store.listApplications(new ApplicationQuery("", "", 0, 10))
                            .items())
                    .extracting(Application::name)
                    .containsExactly("good");
            assertThat(store.listVersions(new ApplicationId("bad")))
                    .extracting(Version::id)
                    .containsExactly(OrderBuilder.AFTER.id());
            assertThatThrownBy(() -> store.findApplication(new ApplicationId("bad")))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("can't be read");
            assertThat(store.findApplication(new ApplicationId("good"))).isPresent();
        }
    }

    private Application withALiveOrder() {
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            Application created = Stores.create(store, "a");
            ChangeOrder order = OrderBuilder.aRunningOrder("o", created.id())
                    .withDescription("why")
                    .build();
            return Stores.commit(
                    store,
                    CommitBuilder.following(created)
                            .opening(order)
                            .intending(order, order.progress().batches().get(0).target()));
        }
    }
}
