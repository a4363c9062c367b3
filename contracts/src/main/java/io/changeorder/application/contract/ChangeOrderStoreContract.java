package io.changeorder.application.contract;

import static io.changeorder.application.fixture.OrderBuilder.ALICE;
import static io.changeorder.application.fixture.OrderBuilder.NODE;
import static io.changeorder.application.fixture.OrderBuilder.aPreparingOrder;
import static io.changeorder.application.fixture.OrderBuilder.aRunningOrder;
import static io.changeorder.application.fixture.OrderBuilder.aSucceededOrder;
import static io.changeorder.application.fixture.OrderBuilder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.fixture.Revisions;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ChangeOrderStore} does, also in {@linkplain StoreTroublesContract trouble}. An adapter's test is a
 * subclass that makes a fixture.
 */
public abstract class ChangeOrderStoreContract extends StoreTroublesContract {
    private static final NodeId OTHER_NODE = new NodeId("node-that-is-gone");
    private static final int ROUNDS = 20;

    @Test
    @Guarantee("What was committed is found")
    void whatWasNeverCommittedIsNotFound() {
        ApplicationId application = new ApplicationId("nobody");
        assertThat(store.findApplication(application)).isEmpty();
        assertThat(store.findOrder(new ChangeOrderId("nothing"))).isEmpty();
        assertThat(store.findOrderOfBatch(new BatchId("nothing"))).isEmpty();
        assertThat(store.findVersion(application, OrderBuilder.AFTER.id())).isEmpty();
        assertThat(store.listVersions(application)).isEmpty();
        assertThat(store.findAnswer(key("t"), Instant.EPOCH)).isEmpty();
        assertThat(store.history(application, 1, 10)).isEmpty();
        assertThat(store.listOrders(all(application)).items()).isEmpty();
        assertThat(store.listOrders(all(application)).total()).isZero();
        assertThat(store.listApplications(new ApplicationQuery("", "", 0, 10)).items())
                .isEmpty();
        assertThat(store.findUnattended(NODE, 10)).isEmpty();
        assertThat(store.findAttended(NODE)).isEmpty();
        assertThat(store.maintenance()).isEqualTo(Maintenance.OFF);
        for (AuditQuery.By by : AuditQuery.By.values()) {
            assertThat(store.findAudit(new AuditQuery(by, "nobody", 0, 10))).isEmpty();
        }
        anApplication("somebody");
        assertThat(store.findApplication(new ApplicationId("somebody"))).isPresent();
        assertThat(store.findApplication(application)).isEmpty();
    }

    @Test
    @Guarantee("What was committed is found")
    void anApplicationIsFoundAsItWasCommitted() {
        Commit commit = CommitBuilder.creating(
                        Application.fresh(new ApplicationId("a"), "Shop \u00fc '\"%_", "cn-test", NOW))
                .build();
        assertThat(store.commit(commit)).isEqualTo(CommitResult.COMMITTED);
        assertThat(store.findApplication(new ApplicationId("a")))
                .contains(new ApplicationState(commit.application(), Optional.empty()));
    }

    @Test
    @Guarantee("A commit follows the version it expects")
    void anApplicationThatExistsIsNotCreatedAgain() {
        Application known = anApplication("a");
        Commit again = CommitBuilder.creating(Application.fresh(known.id(), "other", "", NOW))
                .build();
        assertThat(store.commit(again)).isEqualTo(CommitResult.CONFLICT);
        assertThat(reload(known)).isEqualTo(known);
    }

    @Test
    @Guarantee("A commit follows the version it expects")
    void anApplicationThatDoesNotExistHasNoNextVersion() {
        Application known = anApplication("a");
        Application other =
                Application.fresh(new ApplicationId("b"), "b", "", NOW).committed(1);
        assertThat(store.commit(CommitBuilder.following(other).growingTheFence().build()))
                .isEqualTo(CommitResult.CONFLICT);
        assertThat(store.findApplication(other.id())).isEmpty();
        assertThat(reload(known)).isEqualTo(known);
    }

    @Test
    @Guarantee("A commit follows the version it expects")
    void aCommitFromAnOlderVersionIsAConflictAndLeavesNothingBehind() {
        Application old = anApplication("a");
        Application newer =
                committed(CommitBuilder.following(old).growingTheFence().build());
        Commit late = CommitBuilder.following(old)
                .opening(aPreparingOrder("late", old.id()).build())
                .with(Version.of(old.id(), OrderBuilder.AFTER, Settings.of(1), NOW))
                .answering(answer("late", NOW))
                .build();
        assertThat(store.commit(late)).isEqualTo(CommitResult.CONFLICT);
        assertThat(reload(old)).isEqualTo(newer);
        assertThat(store.findOrder(new ChangeOrderId("late"))).isEmpty();
        assertThat(store.listVersions(old.id())).isEmpty();
        assertThat(store.findAnswer(key("late"), Instant.EPOCH)).isEmpty();
        assertThat(store.history(old.id(), 1, 10)).hasSize(2);
    }

    @Test
    @Guarantee("A commit follows the version it expects")
    void aCommitFromANewerVersionThanThereIsIsAConflict() {
        Application known = anApplication("a");
        assertThat(store.commit(CommitBuilder.following(known.committed(0))
                        .growingTheFence()
                        .build()))
                .isEqualTo(CommitResult.CONFLICT);
        assertThat(reload(known)).isEqualTo(known);
    }

    @Test
    @Guarantee("What was committed is found")
    void theLiveOrderComesTogetherWithItsApplication() {
        Application application = anApplication("a");
        ChangeOrder order = aPreparingOrder("o", application.id()).build();
        Application opened =
                committed(CommitBuilder.following(application).opening(order).build());
        assertThat(store.findApplication(application.id())).contains(new ApplicationState(opened, Optional.of(order)));
        ChangeOrder running = aRunningOrder("o", application.id()).build();
        Application moved =
                committed(CommitBuilder.following(opened).changing(running).build());
        assertThat(store.findApplication(application.id())).contains(new ApplicationState(moved, Optional.of(running)));
        ChangeOrder ended = aSucceededOrder("o", application.id()).build();
        Application settled = committed(CommitBuilder.following(moved)
                .ending(ended)
                .settling(ended, ended.change().after())
                .build());
        assertThat(store.findApplication(application.id())).contains(new ApplicationState(settled, Optional.empty()));
        assertThat(store.findOrder(order.id())).contains(ended);
    }

    @Test
    @Guarantee("What was committed is found")
    void ordersOfEveryStatusAreFoundAsTheyWereCommitted() {
        for (Status status : Status.values()) {
            Application application = anApplication("app-" + status);
            ChangeOrder order = anOrder("order-" + status, application.id(), status)
                    .withDescription("why: " + status)
                    .undoing(new ChangeOrderId("undone"))
                    .build();
            CommitBuilder commit = CommitBuilder.following(application);
            committed((status.isLive() ? commit.opening(order) : commit.ending(order)).build());
            assertThat(store.findOrder(order.id())).contains(order);
        }
    }

    @Test
    @Guarantee("One order is live")
    void aSecondLiveOrderIsRefusedAndLeavesNothingBehind() {
        Application application = anApplicationWithALiveOrder("a", NODE);
        ChangeOrder second = aPreparingOrder("second", application.id()).build();
        Commit commit = CommitBuilder.following(application)
                .smuggling(second)
                .growingTheFence()
                .build();
        assertThat(store.commit(commit)).isEqualTo(CommitResult.ANOTHER_ORDER_IS_LIVE);
        assertThat(store.findOrder(second.id())).isEmpty();
        assertThat(reload(application)).isEqualTo(application);
        assertThat(store.history(application.id(), 1, 10)).hasSize((int) application.events());
    }

    @Test
    @Guarantee("One order is live")
    void anOrderMayEndAndItsRollbackOpenInOneCommitWhicheverComesFirst() {
        for (boolean rollbackFirst : List.of(true, false)) {
            Application application = anApplicationWithALiveOrder("a-" + rollbackFirst, NODE);
            ChangeOrderId live = application.liveOrder().orElseThrow();
            ChangeOrder aborted = anOrder(live.value(), application.id(), Status.ABORTED)
                    .undoneBy(new ChangeOrderId("rollback-" + rollbackFirst))
                    .build();
            ChangeOrder rollback = aPreparingOrder("rollback-" + rollbackFirst, application.id())
                    .withType(ChangeOrderType.ROLLBACK)
                    .undoing(live)
                    .build();
            CommitBuilder commit = CommitBuilder.following(application).growingTheFence();
            Commit both = rollbackFirst
                    ? commit.smuggling(rollback).ending(aborted).build()
                    : commit.ending(aborted).opening(rollback).build();
            assertThat(store.commit(both)).isEqualTo(CommitResult.COMMITTED);
            assertThat(store.findOrder(aborted.id())).contains(aborted);
            assertThat(store.findOrder(rollback.id())).contains(rollback);
        }
    }

    @Test
    @Guarantee("Names are unique")
    void aNameIsTakenInItsNamespaceOnly() {
        Application known =
                committed(CommitBuilder.creating(Application.fresh(new ApplicationId("a"), "shop", "one", NOW))
                        .build());
        Commit same = CommitBuilder.creating(Application.fresh(new ApplicationId("b"), "shop", "one", NOW))
                .build();
        assertThat(store.commit(same)).isEqualTo(CommitResult.NAME_TAKEN);
        assertThat(store.findApplication(new ApplicationId("b"))).isEmpty();
        assertThat(store.history(new ApplicationId("b"), 1, 10)).isEmpty();
        committed(CommitBuilder.creating(Application.fresh(new ApplicationId("c"), "shop", "two", NOW))
                .build());
        committed(CommitBuilder.creating(Application.fresh(new ApplicationId("d"), "Shop", "one", NOW))
                .build());
        assertThat(reload(known)).isEqualTo(known);
    }

    @Test
    @Guarantee("Names are unique")
    void theNameOfADeletedApplicationIsFreeAndItsOrdersStayDescribable() {
        Application deleted = aDeletedApplication("a", "shop");
        Application next = committed(CommitBuilder.creating(Application.fresh(new ApplicationId("b"), "shop", "", NOW))
                .build());
        assertThat(reload(next)).isEqualTo(next);
        assertThat(reload(deleted).isDeleted()).isTrue();
        assertThat(store.findOrder(new ChangeOrderId("delete-a"))).isPresent();
        assertThat(aDeletedApplication("c", "other").isDeleted()).isTrue();
        assertThat(aDeletedApplication("d", "other").isDeleted()).isTrue();
    }

    @Test
    @Guarantee("What was committed is found")
    void anOrderIsFoundByEachOfItsBatches() {
        Application application = anApplication("a");
        ChangeOrder order = aRunningOrder("o", application.id()).withBatches(3).build();
        committed(CommitBuilder.following(application).opening(order).build());
        committed(CommitBuilder.following(anApplication("b"))
                .opening(aRunningOrder("other", new ApplicationId("b")).build())
                .build());
        for (int number = 1; number <= 3; number++) {
            assertThat(store.findOrderOfBatch(OrderBuilder.batch(order.id(), number)))
                    .contains(order);
        }
        assertThat(store.findOrderOfBatch(new BatchId("other-3"))).isEmpty();
    }

    @Test
    @Guarantee("What was committed is found")
    void versionsAreListedNewestFirstAndReplacedByTheirRevision() {
        Application application = anApplication("a");
        Version first = Version.of(application.id(), Revisions.aRevision("1"), Settings.of(1), NOW);
        Version second =
                Version.of(application.id(), Revisions.aRevisionWithEverything(), Settings.of(2), NOW.plusMillis(1));
        application = committed(CommitBuilder.following(application)
                .with(second)
                .with(first)
                .growingTheFence()
                .build());
        assertThat(store.listVersions(application.id())).containsExactly(second, first);
        Version again = first.withSettings(Settings.of(9)).withRolledBackBy(new ChangeOrderId("r"));
        committed(CommitBuilder.following(application).with(again).build());
        assertThat(store.listVersions(application.id())).containsExactly(second, again);
        assertThat(store.findVersion(application.id(), first.id())).contains(again);
        assertThat(store.findVersion(application.id(), second.id())).contains(second);
        assertThat(store.findVersion(anApplication("b").id(), first.id())).isEmpty();
    }

    @Test
    @Guarantee("What was committed is found")
    void oneRevisionIsAVersionOfEachApplicationThatHasIt() {
        Revision revision = Revisions.aRevision("shared");
        for (String id : List.of("a", "b")) {
            Application application = anApplication(id);
            committed(CommitBuilder.following(application)
                    .with(Version.of(application.id(), revision, Settings.of(id.equals("a") ? 1 : 2), NOW))
                    .build());
        }
        RevisionId shared = revision.id();
        assertThat(store.findVersion(new ApplicationId("a"), shared)
                        .orElseThrow()
                        .settings())
                .isEqualTo(Settings.of(1));
        assertThat(store.findVersion(new ApplicationId("b"), shared)
                        .orElseThrow()
                        .settings())
                .isEqualTo(Settings.of(2));
    }

    @Test
    @Guarantee("History has no gaps")
    void theHistoryIsInOrderAndComesInPages() {
        Application application = anApplication("a");
        anApplication("b");
        List<Event> expected = new ArrayList<>(store.history(application.id(), 1, 10));
        for (int round = 0; round < 4; round++) {
            Commit commit = CommitBuilder.following(application)
                    .growingTheFence()
                    .changingGrowth(round % 2 == 0 ? Growth.HALTED : Growth.FREE)
                    .build();
            expected.addAll(commit.events());
            application = committed(commit);
        }
        assertThat(expected).hasSize(9);
        assertThat(store.history(application.id(), 1, 100)).isEqualTo(expected);
        assertThat(store.history(application.id(), 0, 100)).isEqualTo(expected);
        assertThat(store.history(application.id(), 4, 3)).isEqualTo(expected.subList(3, 6));
        assertThat(store.history(application.id(), 9, 3)).isEqualTo(expected.subList(8, 9));
        assertThat(store.history(application.id(), 10, 3)).isEmpty();
        HistoryFold.Present folded = HistoryFold.fold(store.history(application.id(), 1, 100));
        assertThat(folded).isEqualTo(HistoryFold.Present.of(reload(application), Map.of()));
    }

    @Test
    @Guarantee("History has no gaps")
    void eventsThatLeaveAGapAreABugOfTheCallerAndLeaveNothingBehind() {
        Application application = anApplication("a");
        Event gap = new Event(
                application.id(), 3, NOW, ALICE, application.fence(), new Happening.GrowthChanged(Growth.HALTED));
        Commit commit = new Commit(
                application.version(),
                application.committed(1),
                List.of(),
                List.of(),
                List.of(gap),
                Optional.empty(),
                NODE,
                Optional.empty());
        assertThatThrownBy(() -> store.commit(commit)).isInstanceOf(IllegalArgumentException.class);
        assertThat(reload(application)).isEqualTo(application);
        assertThat(store.history(application.id(), 1, 10)).hasSize(1);
    }

    @Test
    @Guarantee("Answers are kept by their key")
    void anAnswerIsFoundByActorOperationAndToken() {
        Application application = anApplication("a");
        StoredAnswer answer = new StoredAnswer(
                key("t"),
                "ab".repeat(32),
                new Receipt(
                        application.id(),
                        Optional.of(new ChangeOrderId("o")),
                        Optional.of(new ChangeOrderId("r")),
                        Optional.of(new BatchId("b")),
                        false),
                NOW);
        committed(CommitBuilder.following(application).answering(answer).build());
        assertThat(store.findAnswer(key("t"), Instant.EPOCH)).contains(answer);
        assertThat(store.findAnswer(key("T"), Instant.EPOCH)).isEmpty();
        assertThat(store.findAnswer(
                        new IdempotencyKey(new Actor("bob"), Operation.DEPLOY_APPLICATION, "t"), Instant.EPOCH))
                .isEmpty();
        assertThat(store.findAnswer(new IdempotencyKey(ALICE, Operation.STOP_APPLICATION, "t"), Instant.EPOCH))
                .isEmpty();
    }

    @Test
    @Guarantee("Answers are kept by their key")
    void anAnswerThatIsTooOldIsNotFound() {
        committed(CommitBuilder.following(anApplication("a"))
                .answering(answer("t", NOW))
                .build());
        assertThat(store.findAnswer(key("t"), NOW)).isPresent();
        assertThat(store.findAnswer(key("t"), NOW.plusMillis(1))).isEmpty();
    }

    @Test
    @Guarantee("Answers are kept by their key")
    void aTokenIsTakenForItsLifetimeAndThenReplaced() {
        Application application = committed(CommitBuilder.following(anApplication("a"))
                .answering(answer("t", NOW))
                .build());
        Instant last = NOW.plus(StoredAnswer.LIFETIME);
        Commit tooEarly = CommitBuilder.following(application)
                .growingTheFence()
                .answering(answer("t", last))
                .build();
        assertThat(store.commit(tooEarly)).isEqualTo(CommitResult.TOKEN_TAKEN);
        assertThat(reload(application)).isEqualTo(application);
        assertThat(store.findAnswer(key("t"), Instant.EPOCH)).contains(answer("t", NOW));
        StoredAnswer later = answer("t", last.plusMillis(1));
        committed(CommitBuilder.following(application)
                .growingTheFence()
                .answering(later)
                .build());
        assertThat(store.findAnswer(key("t"), Instant.EPOCH)).contains(later);
    }

    @Test
    @Guarantee("The token is judged first")
    void theLoserOfTwoEqualCallsIsToldOfTheTokenBeforeAnythingElse() {
        Application before = anApplication("a");
        committed(CommitBuilder.following(before)
                .growingTheFence()
                .answering(answer("t", NOW))
                .build());
        assertThat(store.commit(CommitBuilder.following(before)
                        .growingTheFence()
                        .answering(answer("t", NOW))
                        .build()))
                .isEqualTo(CommitResult.TOKEN_TAKEN);
        assertThat(store.commit(CommitBuilder.creating(Application.fresh(new ApplicationId("b"), "a", "", NOW))
                        .answering(answer("t", NOW))
                        .build()))
                .isEqualTo(CommitResult.TOKEN_TAKEN);
    }

    @Test
    @Guarantee("Lists come in order and in pages")
    void ordersAreListedByCreationInPagesWithTheTotal() {
        Application application = anApplication("a");
        List<ChangeOrderId> ids = new ArrayList<>();
        for (int number = 0; number < 7; number++) {
            ChangeOrder order = aSucceededOrder("o" + number, application.id())
                    .createdAt(NOW.plusMillis(number / 2))
                    .build();
            ids.add(order.id());
            application =
                    committed(CommitBuilder.following(application).ending(order).build());
        }
        anApplicationWithALiveOrder("b", NODE);
        assertThat(ids(query(application, true, 0, 100))).isEqualTo(ids);
        assertThat(ids(query(application, true, 5, 3))).isEqualTo(ids.subList(5, 7));
        assertThat(ids(query(application, true, 7, 3))).isEmpty();
        Collections.reverse(ids);
        assertThat(ids(query(application, false, 2, 3))).isEqualTo(ids.subList(2, 5));
        assertThat(store.listOrders(query(application, false, 2, 3)).total()).isEqualTo(7);
        assertThat(store.listOrders(query(application, false, 70, 3)).total()).isEqualTo(7);
    }

    @Test
    @Guarantee("Lists come in order and in pages")
    void ordersAreListedByTypeStatusAndDescription() {
        Application application = anApplication("a");
        List<ChangeOrder> orders = List.of(
                aSucceededOrder("o1", application.id())
                        .withDescription("Ship 100% of it")
                        .build(),
                aSucceededOrder("o2", application.id())
                        .withType(ChangeOrderType.RESTART)
                        .build(),
                anOrder("o3", application.id(), Status.ABORTED)
                        .withDescription("ship_it")
                        .build(),
                anOrder("o4", application.id(), Status.FAILED)
                        .withType(ChangeOrderType.RESTART)
                        .withDescription("Ship 1000 of it")
                        .build());
        for (ChangeOrder order : orders) {
            application =
                    committed(CommitBuilder.following(application).ending(order).build());
        }
        ApplicationId id = application.id();
        assertThat(found(id, List.of("RESTART"), List.of(), "")).containsExactly("o2", "o4");
        assertThat(found(id, List.of("RESTART", "STOP"), List.of("FAILED"), "")).containsExactly("o4");
        assertThat(found(id, List.of("DEPLOY", "RESTART"), List.of("FAILED", "ABORTED"), ""))
                .containsExactly("o3", "o4");
        assertThat(found(id, List.of(), List.of("SUCCEEDED"), "")).containsExactly("o1", "o2");
        assertThat(found(id, List.of(), List.of(), "Ship")).containsExactly("o1", "o4");
        assertThat(found(id, List.of(), List.of(), "100%")).containsExactly("o1");
        assertThat(found(id, List.of(), List.of(), "ship_")).containsExactly("o3");
        assertThat(found(id, List.of("STOP"), List.of(), "")).isEmpty();
        assertThat(found(new ApplicationId("nobody"), List.of(), List.of(), "")).isEmpty();
    }

    @Test
    @Guarantee("Lists come in order and in pages")
    void theStatusThatIsListedIsTheLatest() {
        Application application = anApplicationWithALiveOrder("a", NODE);
        ChangeOrderId live = application.liveOrder().orElseThrow();
        committed(CommitBuilder.following(application)
                .ending(aSucceededOrder(live.value(), application.id()).build())
                .build());
        assertThat(found(application.id(), List.of(), List.of("RUNNING"), "")).isEmpty();
        assertThat(found(application.id(), List.of(), List.of("SUCCEEDED"), "")).containsExactly(live.value());
    }

    @Test
    @Guarantee("Lists come in order and in pages")
    void applicationsAreListedByNameWithoutTheDeletedOnes() {
        for (String name : List.of("pear", "apple", "peach", "plum")) {
            committed(CommitBuilder.creating(Application.fresh(
                            new ApplicationId("id-" + name), name, name.equals("plum") ? "x" : "", NOW))
                    .build());
        }
        aDeletedApplication("gone", "peace");
        assertThat(names("", "", 0, 10)).containsExactly("apple", "peach", "pear", "plum");
        assertThat(names("pea", "", 0, 10)).containsExactly("peach", "pear");
        assertThat(names("", "x", 0, 10)).containsExactly("plum");
        assertThat(names("", "", 1, 2)).containsExactly("peach", "pear");
        assertThat(names("%", "", 0, 10)).isEmpty();
        assertThat(store.listApplications(new ApplicationQuery("p", "", 1, 2)).total())
                .isEqualTo(4);
    }

    @Test
    @Guarantee("Work finds its node")
    void anApplicationIsAttendedByTheNodeThatHoldsItsLiveOrder() {
        Application mine = anApplicationWithALiveOrder("mine", NODE);
        Application theirs = anApplicationWithALiveOrder("theirs", OTHER_NODE);
        anApplication("idle");
        aDeletedApplication("deleted", "deleted");
        assertThat(store.findAttended(NODE)).containsExactly(mine.id());
        assertThat(store.findUnattended(NODE, 10)).containsExactly(theirs.id());
        committed(CommitBuilder.following(theirs)
                .takingOver(
                        store.findApplication(theirs.id())
                                .flatMap(ApplicationState::live)
                                .orElseThrow(),
                        NODE)
                .build());
        assertThat(store.findAttended(NODE)).containsExactlyInAnyOrder(mine.id(), theirs.id());
        assertThat(store.findUnattended(NODE, 10)).isEmpty();
    }

    @Test
    @Guarantee("Work finds its node")
    void anApplicationWhoseGrowthIsHaltedNeedsANodeUntilItIsNot() {
        Application halted = committed(CommitBuilder.following(anApplication("a"))
                .changingGrowth(Growth.HALTED)
                .by(NODE)
                .build());
        assertThat(store.findAttended(NODE)).containsExactly(halted.id());
        assertThat(store.findUnattended(NODE, 10)).isEmpty();
        assertThat(store.findAttended(OTHER_NODE)).isEmpty();
        assertThat(store.findUnattended(OTHER_NODE, 10)).containsExactly(halted.id());
        Application taken = committed(
                CommitBuilder.following(halted).growingTheFence().by(OTHER_NODE).build());
        assertThat(store.findAttended(NODE)).isEmpty();
        assertThat(store.findAttended(OTHER_NODE)).containsExactly(taken.id());
        committed(CommitBuilder.following(taken)
                .changingGrowth(Growth.FREE)
                .by(OTHER_NODE)
                .build());
        assertThat(store.findAttended(OTHER_NODE)).isEmpty();
        assertThat(store.findUnattended(NODE, 10)).isEmpty();
    }

    @Test
    @Guarantee("Work finds its node")
    void theLiveOrderSaysWhoseItIsWhoeverHaltedTheGrowth() {
        Application theirs = anApplicationWithALiveOrder("a", OTHER_NODE);
        Application halted = committed(CommitBuilder.following(theirs)
                .changingGrowth(Growth.HALTED)
                .by(NODE)
                .build());
        assertThat(store.findAttended(NODE)).isEmpty();
        assertThat(store.findAttended(OTHER_NODE)).containsExactly(halted.id());
        assertThat(store.findUnattended(NODE, 10)).containsExactly(halted.id());
        store.renewLease(OTHER_NODE, Duration.ofHours(1));
        assertThat(store.findUnattended(NODE, 10)).isEmpty();
    }

    @Test
    @Guarantee("Leases are kept")
    void aNodeThatRenewsItsLeaseIsNotGone() {
        Application theirs = anApplicationWithALiveOrder("live", OTHER_NODE);
        Application halted = committed(CommitBuilder.following(anApplication("halted"))
                .changingGrowth(Growth.HALTED)
                .by(OTHER_NODE)
                .build());
        store.renewLease(NODE, Duration.ofHours(1));
        assertThat(store.findUnattended(NODE, 10)).containsExactlyInAnyOrder(theirs.id(), halted.id());
        store.renewLease(OTHER_NODE, Duration.ofHours(1));
        assertThat(store.findUnattended(NODE, 10)).isEmpty();
        assertThat(store.findAttended(OTHER_NODE)).containsExactlyInAnyOrder(theirs.id(), halted.id());
        store.renewLease(OTHER_NODE, Duration.ZERO);
        assertThat(store.findUnattended(NODE, 10)).containsExactlyInAnyOrder(theirs.id(), halted.id());
    }

    @Test
    @Guarantee("Leases are kept")
    void aLeaseThatIsNotRenewedLapses() throws Exception {
        Application theirs = anApplicationWithALiveOrder("a", OTHER_NODE);
        assertThat(store.findAttended(OTHER_NODE)).containsExactly(theirs.id());
        store.renewLease(OTHER_NODE, Duration.ofMillis(1));
        await("the lease lapsed").until(() -> store.findUnattended(NODE, 10).equals(List.of(theirs.id())));
        store.renewLease(OTHER_NODE, Duration.ofHours(1));
        assertThat(store.findUnattended(NODE, 10)).isEmpty();
    }

    @Test
    @Guarantee("Nodes hear of each other")
    void whatAnotherNodeDidIsToldAndWhatThisOneDidIsNot() throws Exception {
        Heard heard = new Heard();
        store.watch(heard);
        Application theirs = anApplicationWithALiveOrder("theirs", NODE);
        Application ours = anApplicationWithALiveOrder("ours", NODE);
        committed(CommitBuilder.following(ours).growingTheFence().build());
        if (fixture.isShared()) {
            try (ChangeOrderStore second = fixture.openAnother()) {
                assertHeardOf(second, theirs, heard);
            }
        } else {
            assertThatThrownBy(fixture::openAnother).hasMessageContaining(NODE.value());
        }
        assertThat(heard.committed).doesNotContain(ours.id());
    }

    private static void assertHeardOf(ChangeOrderStore second, Application application, Heard heard) throws Exception {
        Commit theirs = CommitBuilder.following(application)
                .growingTheFence()
                .by(OTHER_NODE)
                .build();
        assertThat(second.commit(theirs)).isEqualTo(CommitResult.COMMITTED);
        await("it is told").until(() -> heard.committed.contains(application.id()));
        int before = heard.changes.get();
        second.setMaintenance(new Maintenance(Optional.empty(), ALICE), Optional.empty());
        await("it is told").until(() -> heard.changes.get() > before);
    }

    /** What a watcher was told. */
    private static final class Heard implements ChangeOrderStore.Watcher {
        private final List<ApplicationId> committed = new CopyOnWriteArrayList<>();
        private final AtomicInteger changes = new AtomicInteger();

        @Override
        public void committed(ApplicationId application) {
            committed.add(application);
        }

        @Override
        public void changed() {
            changes.incrementAndGet();
        }
    }

    @Test
    @Guarantee("Work finds its node")
    void anEndedOrderNeedsNoNode() {
        Application theirs = anApplicationWithALiveOrder("a", OTHER_NODE);
        assertThat(store.findUnattended(NODE, 10)).containsExactly(theirs.id());
        committed(CommitBuilder.following(theirs)
                .ending(aSucceededOrder("live-a", theirs.id())
                        .heldBy(OTHER_NODE)
                        .build())
                .build());
        assertThat(store.findUnattended(NODE, 10)).isEmpty();
        assertThat(store.findAttended(OTHER_NODE)).isEmpty();
    }

    @Test
    @Guarantee("Work finds its node")
    void asManyUnattendedApplicationsAreFoundAsWereAskedFor() {
        IntStream.range(0, 5).forEach(number -> anApplicationWithALiveOrder("a" + number, OTHER_NODE));
        assertThat(store.findUnattended(NODE, 3)).hasSize(3).doesNotHaveDuplicates();
        assertThat(store.findUnattended(NODE, 100)).hasSize(5);
        assertThat(store.findAttended(OTHER_NODE)).hasSize(5);
    }

    @Test
    @Guarantee("Only what nobody needs is purged")
    void ordersThatEndedLongAgoArePurgedWithTheirBatchesTheOldestFirst() {
        Application application = anApplication("a");
        for (int number = 1; number <= 4; number++) {
            application = committed(CommitBuilder.following(application)
                    .ending(aSucceededOrder("o" + number, application.id())
                            .withBatches(2)
                            .createdAt(NOW.plusSeconds(number))
                            .build())
                    .build());
        }
        assertThat(store.purgeOrders(Duration.ofDays(100_000), 10)).isZero();
        assertThat(store.purgeOrders(Duration.ZERO, 2)).isEqualTo(2);
        assertThat(found(application.id(), List.of(), List.of(), "")).containsExactlyInAnyOrder("o3", "o4");
        assertThat(store.findOrder(new ChangeOrderId("o1"))).isEmpty();
        assertThat(store.findOrderOfBatch(OrderBuilder.batch(new ChangeOrderId("o1"), 1)))
                .isEmpty();
        assertThat(store.findOrderOfBatch(OrderBuilder.batch(new ChangeOrderId("o3"), 1)))
                .isPresent();
        assertThat(store.purgeOrders(Duration.ZERO, 2)).as("the newest stays").isEqualTo(1);
        assertThat(store.purgeOrders(Duration.ZERO, 2)).isZero();
        assertThat(reload(application)).isEqualTo(application);
        assertThat(store.history(application.id(), 1, 100)).hasSize((int) application.events());
    }

    @Test
    @Guarantee("Only what nobody needs is purged")
    void neitherALiveOrderIsPurgedNorTheOneThatItTakesBack() {
        Application application = anApplicationWithALiveOrder("a", NODE);
        ChangeOrderId live = application.liveOrder().orElseThrow();
        ChangeOrderId rollback = new ChangeOrderId("rollback");
        Application rollingBack = committed(CommitBuilder.following(application)
                .ending(anOrder(live.value(), application.id(), Status.ABORTED)
                        .undoneBy(rollback)
                        .build())
                .opening(aPreparingOrder(rollback.value(), application.id())
                        .withType(ChangeOrderType.ROLLBACK)
                        .undoing(live)
                        .createdAt(NOW.plusSeconds(1))
                        .build())
                .build());
        assertThat(store.purgeOrders(Duration.ZERO, 10)).isZero();
        assertThat(store.findOrder(live)).isPresent();
        committed(CommitBuilder.following(rollingBack)
                .ending(aSucceededOrder(rollback.value(), application.id())
                        .withType(ChangeOrderType.ROLLBACK)
                        .undoing(live)
                        .createdAt(NOW.plusSeconds(1))
                        .build())
                .build());
        assertThat(store.purgeOrders(Duration.ZERO, 10)).isEqualTo(1);
        assertThat(store.findOrder(live)).isEmpty();
        assertThat(store.findOrder(rollback)).isPresent();
    }

    @Test
    @Guarantee("Maintenance is kept")
    void maintenanceIsKeptAsItWasSwitched() {
        Maintenance on = new Maintenance(Optional.of(NOW.plus(Duration.ofHours(1))), ALICE);
        store.setMaintenance(on, Optional.empty());
        assertThat(store.maintenance()).isEqualTo(on);
        Maintenance off = new Maintenance(Optional.empty(), new Actor("bob"));
        store.setMaintenance(off, Optional.empty());
        assertThat(store.maintenance()).isEqualTo(off);
    }

    @Test
    @Guarantee("What was asked stays on record")
    void aRecordIsFoundByItsTraceItsRequestAndItsApplicationTheNewestFirst() throws Exception {
        ApplicationId app = anApplication("a").id();
        AuditEntry first = record("t1", "r1", Optional.of(app));
        AuditEntry second = record("t1", "r2", Optional.of(new ApplicationId("b")));
        AuditEntry third = refusal(record("t2", "r3", Optional.of(app)));
        AuditEntry bare = new AuditEntry(
                0,
                NOW,
                ALICE,
                Operation.SET_MAINTENANCE,
                "",
                Optional.empty(),
                Optional.empty(),
                Origin.NONE,
                AuditEntry.Outcome.REPEATED,
                "");
        for (AuditEntry entry : List.of(first, second, third, bare)) {
            store.audit(entry);
        }
        reopen();
        assertThat(records(AuditQuery.By.TRACE, "t1")).containsExactly(second, first);
        assertThat(records(AuditQuery.By.TRACE, "t2")).containsExactly(third);
        assertThat(records(AuditQuery.By.REQUEST, "r2")).containsExactly(second);
        assertThat(records(AuditQuery.By.APPLICATION, "a")).containsExactly(third, first);
        assertThat(records(AuditQuery.By.TRACE, "r1")).isEmpty();
        assertThat(store.findAudit(new AuditQuery(AuditQuery.By.TRACE, "t1", 1, 1)))
                .singleElement()
                .satisfies(entry -> assertThat(entry.withSequence(0)).isEqualTo(first));
        assertThat(store.findAudit(new AuditQuery(AuditQuery.By.APPLICATION, "a", 0, 10)))
                .extracting(AuditEntry::sequence)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .doesNotHaveDuplicates();
    }

    @Test
    @Guarantee("What was asked stays on record")
    void theRecordOfACommitIsThereExactlyWhenTheCommitIs() {
        Application before = anApplication("a");
        AuditEntry won = record("won", "r", Optional.of(before.id()));
        AuditEntry lost = record("lost", "r", Optional.of(before.id()));
        committed(
                CommitBuilder.following(before).growingTheFence().onRecord(won).build());
        assertThat(store.commit(CommitBuilder.following(before)
                        .changingGrowth(Growth.HALTED)
                        .onRecord(lost)
                        .build()))
                .isEqualTo(CommitResult.CONFLICT);
        assertThat(records(AuditQuery.By.APPLICATION, "a")).containsExactly(won);
        assertThat(records(AuditQuery.By.TRACE, "lost")).isEmpty();
    }

    @Test
    @Guarantee("What was asked stays on record")
    void recordsOfManyCallsAtOnceAreAllKept() throws Exception {
        Application gate = anApplication("gate");
        race(racer -> {
            store.audit(refusal(record("racers", "r" + racer, Optional.of(gate.id()))));
            return racer;
        });
        assertThat(records(AuditQuery.By.TRACE, "racers"))
                .extracting(entry -> entry.origin().requestId())
                .hasSize(RACERS)
                .doesNotHaveDuplicates();
    }

    @Test
    @Guarantee("What was asked stays on record")
    void recordsThatAreOldArePurgedTheOldestFirst() {
        for (int day = 3; day >= 1; day--) {
            AuditEntry entry = record("t", "r" + day, Optional.empty());
            store.audit(new AuditEntry(
                    0,
                    NOW.plus(Duration.ofDays(day)),
                    entry.actor(),
                    entry.operation(),
                    entry.resource(),
                    entry.application(),
                    entry.order(),
                    entry.origin(),
                    entry.outcome(),
                    entry.reason()));
        }
        assertThat(store.purgeAudit(Duration.ofDays(100_000), 10)).isZero();
        assertThat(records(AuditQuery.By.TRACE, "t")).hasSize(3);
        assertThat(store.purgeAudit(Duration.ZERO, 2)).isEqualTo(2);
        assertThat(records(AuditQuery.By.TRACE, "t"))
                .extracting(entry -> entry.origin().requestId())
                .containsExactly("r3");
        assertThat(store.purgeAudit(Duration.ZERO, 2)).isEqualTo(1);
        assertThat(store.purgeAudit(Duration.ZERO, 2)).isZero();
    }

    private static AuditEntry refusal(AuditEntry entry) {
        return new AuditEntry(
                entry.sequence(),
                entry.at(),
                entry.actor(),
                entry.operation(),
                entry.resource(),
                entry.application(),
                Optional.empty(),
                new Origin(entry.origin().requestId(), entry.origin().traceId(), Optional.empty(), false),
                AuditEntry.Outcome.REFUSED,
                "NOT_PERMITTED");
    }

    @Test
    @Guarantee("Of rivals one wins")
    void ofManyCommitsFromOneVersionExactlyOneIsCommitted() throws Exception {
        Application application = anApplication("a");
        for (int round = 0; round < ROUNDS; round++) {
            Application before = application;
            String name = "r" + round;
            List<CommitResult> results = race(racer -> store.commit(CommitBuilder.following(before)
                    .ending(aSucceededOrder(name + "-" + racer, before.id())
                            .createdBy(new Actor("racer-" + racer))
                            .build())
                    .build()));
            assertThat(results).containsOnlyOnce(CommitResult.COMMITTED);
            assertThat(results.stream().filter(CommitResult.CONFLICT::equals)).hasSize(RACERS - 1);
            application = reload(before);
            assertThat(application.version()).isEqualTo(before.version() + 1);
        }
        assertThat(store.listOrders(all(application.id())).total()).isEqualTo(ROUNDS);
        assertThat(store.history(application.id(), 1, 1000)).hasSize((int) application.events());
    }

    @Test
    @Guarantee("Of rivals one wins")
    void ofManyApplicationsWithOneNameExactlyOneIsCreated() throws Exception {
        List<CommitResult> results = race(racer ->
                store.commit(CommitBuilder.creating(Application.fresh(new ApplicationId("a" + racer), "shop", "", NOW))
                        .build()));
        assertThat(results).containsOnlyOnce(CommitResult.COMMITTED);
        assertThat(results.stream().filter(CommitResult.NAME_TAKEN::equals)).hasSize(RACERS - 1);
        assertThat(names("", "", 0, 100)).containsExactly("shop");
    }

    @Test
    @Guarantee("Of rivals one wins")
    void ofManyCallsWithOneTokenExactlyOneIsCommitted() throws Exception {
        List<CommitResult> results = race(racer -> store.commit(
                CommitBuilder.creating(Application.fresh(new ApplicationId("a" + racer), "shop" + racer, "", NOW))
                        .answering(answer("t", NOW))
                        .build()));
        assertThat(results).containsOnlyOnce(CommitResult.COMMITTED);
        assertThat(results.stream().filter(CommitResult.TOKEN_TAKEN::equals)).hasSize(RACERS - 1);
        assertThat(names("", "", 0, 100)).hasSize(1);
    }

    @Test
    @Guarantee("Every answer is seen at once")
    void commitsOfDifferentApplicationsDoNotDisturbEachOtherAndEachIsSeenAtOnce() throws Exception {
        List<Application> results = race(racer -> {
            Application application = anApplication("a" + racer);
            for (int round = 0; round < ROUNDS; round++) {
                application = committed(
                        CommitBuilder.following(application).growingTheFence().build());
                assertThat(reload(application)).isEqualTo(application);
                assertThat(store.history(application.id(), application.events(), 10))
                        .hasSize(1);
            }
            return application;
        });
        assertThat(results).allMatch(application -> application.version() == ROUNDS + 1);
    }

    @Test
    @Guarantee("The end is clean")
    void nothingIsAnsweredAfterTheEnd() {
        Application application = anApplication("a");
        Commit commit = CommitBuilder.following(application).growingTheFence().build();
        store.close();
        store.close();
        List<Callable<?>> uses = List.of(
                () -> store.findApplication(application.id()),
                () -> store.findOrder(new ChangeOrderId("o")),
                () -> store.findOrderOfBatch(new BatchId("b")),
                () -> store.findVersion(application.id(), OrderBuilder.AFTER.id()),
                () -> store.listVersions(application.id()),
                () -> store.findAnswer(key("t"), NOW),
                () -> store.commit(commit),
                () -> store.listOrders(all(application.id())),
                () -> store.listApplications(new ApplicationQuery("", "", 0, 1)),
                () -> store.history(application.id(), 1, 1),
                () -> store.findUnattended(NODE, 1),
                () -> {
                    store.renewLease(NODE, Duration.ofSeconds(1));
                    return true;
                },
                () -> store.findAttended(NODE),
                () -> store.purgeOrders(Duration.ofDays(1), 1),
                () -> store.maintenance(),
                () -> store.findAudit(new AuditQuery(AuditQuery.By.TRACE, "t", 0, 1)),
                () -> store.purgeAudit(Duration.ofDays(1), 1),
                () -> {
                    store.audit(record("t", "r", Optional.empty()));
                    return true;
                },
                () -> {
                    store.setMaintenance(Maintenance.OFF, Optional.empty());
                    return true;
                });
        for (Callable<?> use : uses) {
            assertThatThrownBy(use::call).isInstanceOf(StoreUnavailableException.class);
        }
    }

    private Application aDeletedApplication(String id, String name) {
        Application application =
                committed(CommitBuilder.creating(Application.fresh(new ApplicationId(id), name, "", NOW))
                        .build());
        ChangeOrder delete = aSucceededOrder("delete-" + id, application.id())
                .withType(ChangeOrderType.DELETE)
                .build();
        return committed(CommitBuilder.following(application)
                .ending(delete)
                .settling(delete, new Snapshot.Deleted())
                .build());
    }

    private List<String> found(ApplicationId id, List<String> types, List<String> statuses, String part) {
        return store.listOrders(new OrderQuery(id, types, statuses, part, true, 0, 100)).items().stream()
                .map(order -> order.id().value())
                .toList();
    }

    private List<ChangeOrderId> ids(OrderQuery query) {
        return store.listOrders(query).items().stream().map(ChangeOrder::id).toList();
    }

    private List<String> names(String part, String namespace, int offset, int limit) {
        return store.listApplications(new ApplicationQuery(part, namespace, offset, limit)).items().stream()
                .map(Application::name)
                .toList();
    }

    private static OrderQuery query(Application application, boolean ascending, int offset, int limit) {
        return new OrderQuery(application.id(), List.of(), List.of(), "", ascending, offset, limit);
    }
}
