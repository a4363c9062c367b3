package io.changeorder.adapter.persistence;

import static io.changeorder.application.fixture.OrderBuilder.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
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
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFaultsTest {
    private static final String FULL_DISK = "PRAGMA max_page_count = 1";
    private static final String DISK_WITH_SPACE = "PRAGMA max_page_count = 1000000";

    @TempDir
    private Path folder;

    @Test
    void whatWasCommittedIsThereAfterwards() {
        Application application;
        try (SqliteChangeOrderStore store = SqliteChangeOrderStore.open(folder, NODE)) {
            application = Stores.create(store, "a");
        }
        try (SqliteChangeOrderStore store = SqliteChangeOrderStore.open(folder, NODE)) {
            assertThat(store.findApplication(application.id()).map(ApplicationState::application))
                    .contains(application);
        }
    }

    @Test
    void aSecondOwnerIsRefused() {
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            assertThatThrownBy(() -> SqliteChangeOrderStore.open(folder, new NodeId("second")))
                    .isInstanceOf(DataFolderInUseException.class)
                    .hasMessageContaining(NODE.value());
            Stores.create(store, "a");
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
    void aFullDiskRefusesCommitsAndLosesNothing() {
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            Application application = Stores.create(store, "a");
            Stores.tune(store, FULL_DISK);
            assertThatThrownBy(() -> fill(store, application))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            full -> assertThat(full.advice())
                                    .isEqualTo("The disk of the data folder is full; nothing was changed. Free some"
                                            + " space on it."))
                    .hasMessageContaining("is full; nothing was changed")
                    .hasMessageContaining(folder.getFileName().toString());
            ApplicationState kept = store.findApplication(application.id()).orElseThrow();
            assertThat(HistoryFold.fold(store.history(application.id(), 1, Integer.MAX_VALUE)))
                    .isEqualTo(HistoryFold.Present.of(kept.application(), Map.of()));
            Stores.tune(store, DISK_WITH_SPACE);
            Stores.commit(store, CommitBuilder.following(kept.application()).growingTheFence());
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
    void aDatabaseWithDamagedPagesIsRefused() throws Exception {
        fillWithApplications();
        try (RandomAccessFile file = new RandomAccessFile(Stores.file(folder).toFile(), "rw")) {
            byte[] noise = new byte[(int) file.length() - 4096];
            Arrays.fill(noise, (byte) 0x5a);
            file.seek(4096);
            file.write(noise);
        }
        assertDamaged();
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
    void aDatabaseOfANewerProgramIsRefused() throws Exception {
        Stores.open(folder).close();
        Stores.tamper(
                folder,
                "INSERT INTO flyway_schema_history SELECT installed_rank + 1, '7', description, type, script, checksum,"
                        + " installed_by, installed_on, execution_time, success FROM flyway_schema_history");
        assertThatThrownBy(() -> SqliteChangeOrderStore.open(folder, NODE))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("newer Changeorder (schema 7, this one knows 1)");
    }

    @Test
    void aLiveOrderThatCantBeReadIsEndedAndBlocksNothing() throws Exception {
        Application before = withALiveOrder();
        Stores.tamper(folder, "UPDATE change_order SET document = replace(document, '\"format\":1', '\"format\":99')");
        try (SqliteChangeOrderStore store = Stores.open(folder)) {
            ApplicationState state = store.findApplication(before.id()).orElseThrow();
            assertThat(state.live()).isEmpty();
            assertThat(state.application().fence()).isEqualTo(before.fence().next());
            assertThat(state.application().growth()).isEqualTo(Growth.HALTED);
            assertThat(store.findAttended(NODE)).containsExactly(before.id());

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
            assertThat(rows.getString(1)).startsWith("{\"format\":99");
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
