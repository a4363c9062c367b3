package io.changeorder.application.contract;

import static io.changeorder.application.fixture.OrderBuilder.ALICE;
import static io.changeorder.application.fixture.OrderBuilder.NODE;
import static io.changeorder.application.fixture.OrderBuilder.aPreparingOrder;
import static io.changeorder.application.fixture.OrderBuilder.aRunningOrder;
import static io.changeorder.application.fixture.OrderBuilder.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store does where commits meet, where it dies, and where what it stands on gives way. */
abstract class StoreTroublesContract extends StoreContractTerms {
    private static final int MOST_STEPS = 100;
    private static final int MOST_COMMITS = 2_000;
    private static final int SHARED_ROUNDS = 5;
    private static final int EVENTS_OF_A_LARGE_COMMIT = 100;

    // ---- a commit is held open while others run

    @Test
    @Guarantee("All or nothing")
    void nothingOfACommitIsSeenBeforeItIsOver() throws Exception {
        Application before = anApplicationWithALiveOrder("a", NODE);
        ApplicationState state = store.findApplication(before.id()).orElseThrow();
        Commit commit = everythingAtOnce(before);
        Held held = hold(commit);
        assertNothingIsThereOf(commit, state);
        held.release();
        assertEverythingIsThereOf(commit);

        Commit creation = CommitBuilder.creating(fresh("new", "new"))
                .answering(answer("new", NOW))
                .build();
        Held heldAgain = hold(creation);
        assertThat(store.findApplication(creation.application().id())).isEmpty();
        assertThat(store.listApplications(new ApplicationQuery("", "", 0, 10)).total())
                .isEqualTo(1);
        assertThat(store.findAnswer(key("new"), Instant.EPOCH)).isEmpty();
        heldAgain.release();
        assertIsAs(creation.application());
    }

    @Test
    @Guarantee("Of rivals one wins")
    void whoeverComesFromTheVersionOfAHeldCommitLosesWhenThatIsOver() throws Exception {
        Application before = anApplication("a");
        Commit first = CommitBuilder.following(before).growingTheFence().build();
        Commit second =
                CommitBuilder.following(before).changingGrowth(Growth.HALTED).build();
        assertSecondLoses(first, second, CommitResult.CONFLICT);
        assertIsAs(first.application());
    }

    @Test
    @Guarantee("Of rivals one wins")
    void whoeverWantsTheNameOfAHeldCommitLosesWhenThatIsOver() throws Exception {
        anApplication("other");
        Commit first = CommitBuilder.creating(fresh("a", "shop")).build();
        Commit second = CommitBuilder.creating(fresh("b", "shop")).build();
        assertSecondLoses(first, second, CommitResult.NAME_TAKEN);
        assertIsAs(first.application());
        assertThat(store.findApplication(second.application().id())).isEmpty();
    }

    @Test
    @Guarantee("Of rivals one wins")
    void whoeverHasTheTokenOfAHeldCommitLosesWhenThatIsOver() throws Exception {
        Application one = anApplication("one");
        Application other = anApplication("other");
        Commit first = CommitBuilder.following(one)
                .growingTheFence()
                .answering(answer("t", NOW))
                .build();
        Commit second = CommitBuilder.following(other)
                .growingTheFence()
                .answering(answer("t", NOW))
                .build();
        assertSecondLoses(first, second, CommitResult.TOKEN_TAKEN);
        assertIsAs(first.application());
        assertIsAs(other);
        assertThat(store.findAnswer(key("t"), NOW)).isPresent();
    }

    @Test
    @Guarantee("Of rivals one wins")
    void whoeverBringsASecondLiveOrderToThatOfAHeldCommitLosesWhenThatIsOver() throws Exception {
        Application before = anApplication("a");
        Commit first = CommitBuilder.following(before)
                .opening(aRunningOrder("first", before.id()).build())
                .build();
        Commit second = CommitBuilder.following(first.application())
                .smuggling(aPreparingOrder("second", before.id()).build())
                .growingTheFence()
                .build();
        assertSecondLoses(first, second, CommitResult.ANOTHER_ORDER_IS_LIVE);
        assertIsAs(first.application());
        assertThat(store.findOrder(new ChangeOrderId("second"))).isEmpty();
    }

    private void assertSecondLoses(Commit first, Commit second, CommitResult how) throws Exception {
        Held winner = hold(first);
        Future<CommitResult> loser = begin(second);
        assertThat(loser).as("it can't know yet").isNotDone();
        winner.release();
        assertThat(loser.get()).isEqualTo(how);
    }

    // ---- commits that wait together, and may be made durable as one group

    @Test
    @Guarantee("Of rivals one wins")
    void ofTwoCommitsOfOneApplicationThatWaitTogetherTheFirstWins() throws Exception {
        Application before = anApplication("a");
        Commit first = CommitBuilder.following(before).growingTheFence().build();
        Commit second =
                CommitBuilder.following(before).changingGrowth(Growth.HALTED).build();
        Held held = holdAnother();
        Future<CommitResult> one = begin(first);
        Future<CommitResult> other = begin(second);
        held.release();
        assertThat(one.get()).isEqualTo(CommitResult.COMMITTED);
        assertThat(other.get()).isEqualTo(CommitResult.CONFLICT);
        assertIsAs(first.application());
    }

    @Test
    @Guarantee("Groups are no bond")
    void twoCommitsOfOneApplicationThatFollowEachOtherAreBothCommittedThoughTheyWaitTogether() throws Exception {
        Application before = anApplication("a");
        Commit first = CommitBuilder.following(before).growingTheFence().build();
        Commit second = CommitBuilder.following(first.application())
                .changingGrowth(Growth.HALTED)
                .build();
        Held held = holdAnother();
        Future<CommitResult> one = begin(first);
        Future<CommitResult> other = begin(second);
        held.release();
        assertThat(one.get()).isEqualTo(CommitResult.COMMITTED);
        assertThat(other.get()).isEqualTo(CommitResult.COMMITTED);
        assertIsAs(second.application());
    }

    @Test
    @Guarantee("Groups are no bond")
    void ofCommitsThatWaitTogetherOnlyTheCulpritsAreRefused() throws Exception {
        Application live = anApplicationWithALiveOrder("live", NODE);
        Application stale = anApplication("stale");
        Application newer =
                committed(CommitBuilder.following(stale).growingTheFence().build());
        Application tokens = committed(CommitBuilder.following(anApplication("tokens"))
                .answering(answer("taken", NOW))
                .build());
        Application bug = anApplication("bug");
        Application good = anApplication("good");
        Commit before = CommitBuilder.creating(fresh("before", "before")).build();
        Commit after = CommitBuilder.following(good).growingTheFence().build();
        Commit last = CommitBuilder.following(after.application())
                .growingTheFence()
                .answering(answer("free", NOW))
                .build();

        Held held = holdAnother();
        Future<CommitResult> first = begin(before);
        Future<CommitResult> name =
                begin(CommitBuilder.creating(fresh("namesake", "live")).build());
        Future<CommitResult> second = begin(CommitBuilder.following(live)
                .smuggling(aRunningOrder("second", live.id()).build())
                .growingTheFence()
                .build());
        Future<CommitResult> conflict =
                begin(CommitBuilder.following(stale).growingTheFence().build());
        Future<CommitResult> token = begin(CommitBuilder.following(tokens)
                .growingTheFence()
                .answering(answer("taken", NOW))
                .build());
        Future<CommitResult> gap = begin(new Commit(
                bug.version(),
                bug.committed(5),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                NODE,
                Optional.empty()));
        Future<CommitResult> between = begin(after);
        Future<CommitResult> end = begin(last);
        held.release();

        assertThat(first.get()).isEqualTo(CommitResult.COMMITTED);
        assertThat(name.get()).isEqualTo(CommitResult.NAME_TAKEN);
        assertThat(second.get()).isEqualTo(CommitResult.ANOTHER_ORDER_IS_LIVE);
        assertThat(conflict.get()).isEqualTo(CommitResult.CONFLICT);
        assertThat(token.get()).isEqualTo(CommitResult.TOKEN_TAKEN);
        assertThatThrownBy(gap::get).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(between.get()).isEqualTo(CommitResult.COMMITTED);
        assertThat(end.get()).isEqualTo(CommitResult.COMMITTED);
        for (Application expected : List.of(live, newer, tokens, bug, before.application(), last.application())) {
            assertIsAs(expected);
        }
        assertThat(store.findOrder(new ChangeOrderId("second"))).isEmpty();
        assertThat(store.findApplication(fresh("namesake", "").id())).isEmpty();
        assertThat(store.findAnswer(key("free"), NOW)).isPresent();
    }

    @Test
    @Guarantee("The end is clean")
    void aCommitThatWaitsWhileTheStoreIsClosedIsCommittedOrThrows() throws Exception {
        Application before = anApplication("a");
        Commit waiting = CommitBuilder.following(before).growingTheFence().build();
        Commit creation = CommitBuilder.creating(fresh("held", "held")).build();
        Held held = hold(creation);
        Future<CommitResult> queued = begin(waiting);
        Future<?> closing = aside(store::close);
        held.release();
        closing.get();
        boolean wasCommitted = isCommitted(queued);
        reopen();
        assertIsAs(creation.application());
        assertIsAs(wasCommitted ? waiting.application() : before);
    }

    private static boolean isCommitted(Future<CommitResult> answered) throws InterruptedException {
        try {
            assertThat(answered.get()).isEqualTo(CommitResult.COMMITTED);
            return true;
        } catch (ExecutionException thrown) {
            assertThat(thrown).hasCauseInstanceOf(StoreUnavailableException.class);
            return false;
        }
    }

    /** A commit of another application that is held, so that what comes now waits. */
    private Held holdAnother() {
        return hold(CommitBuilder.creating(fresh("gate", "gate")).build());
    }

    // ---- several stores, one after the other or at once

    @Test
    @Guarantee("Answered is durable")
    void whatWasAnsweredIsThereAfterAReopening() throws Exception {
        Application before = anApplicationWithALiveOrder("a", NODE);
        Commit commit = everythingAtOnce(before);
        committed(commit);
        Maintenance maintenance = new Maintenance(Optional.of(NOW.plus(Duration.ofHours(1))), ALICE);
        store.setMaintenance(maintenance, Optional.of(record("of-maintenance", "r", Optional.empty())));
        reopen();
        assertEverythingIsThereOf(commit);
        assertThat(store.maintenance()).isEqualTo(maintenance);
        assertThat(records(AuditQuery.By.TRACE, "of-maintenance")).hasSize(1);
        assertThat(store.commit(commit)).as("once is enough").isEqualTo(CommitResult.TOKEN_TAKEN);
        Application next = committed(CommitBuilder.following(commit.application())
                .changingGrowth(Growth.FREE)
                .build());
        reopen();
        assertIsAs(next);
    }

    @Test
    @Guarantee("A second store shares or is refused")
    void aSecondStoreOverTheSameDataSharesEverythingOrIsRefused() throws Exception {
        Application application = anApplication("a");
        if (fixture.isShared()) {
            try (ChangeOrderStore second = fixture.openAnother()) {
                assertShared(second, application);
            }
        } else {
            assertThatThrownBy(fixture::openAnother).hasMessageContaining(NODE.value());
        }
        Application next = committed(
                CommitBuilder.following(reload(application)).growingTheFence().build());
        reopen();
        assertIsAs(next);
    }

    private void assertShared(ChangeOrderStore second, Application application) throws Exception {
        Commit ours = CommitBuilder.following(application).growingTheFence().build();
        committed(ours);
        assertThat(second.findApplication(application.id()).map(ApplicationState::application))
                .contains(ours.application());
        Commit theirs =
                CommitBuilder.following(ours.application()).growingTheFence().build();
        assertThat(second.commit(theirs)).isEqualTo(CommitResult.COMMITTED);
        assertThat(store.commit(theirs)).isEqualTo(CommitResult.CONFLICT);
        assertIsAs(theirs.application());
        for (int round = 0; round < SHARED_ROUNDS; round++) {
            Commit next = CommitBuilder.following(reload(application))
                    .growingTheFence()
                    .build();
            List<CommitResult> results = race(racer -> (racer % 2 == 0 ? store : second).commit(next));
            assertThat(results).containsOnlyOnce(CommitResult.COMMITTED);
            assertThat(results.stream().filter(CommitResult.CONFLICT::equals)).hasSize(RACERS - 1);
        }
    }

    // ---- it dies

    @Test
    @Guarantee("All or nothing")
    void aDeathBetweenAnyTwoStepsOfACommitLeavesAllOfItOrNothing() throws Exception {
        int step = 1;
        while (diesAt(step)) {
            step++;
            assertThat(step).isLessThan(MOST_STEPS);
        }
        assertThat(step).as("it also died before it answered").isGreaterThan(1);
    }

    /** Whether there is such a step. */
    private boolean diesAt(int step) throws Exception {
        Application before = anApplicationWithALiveOrder("a" + step, NODE);
        ApplicationState state = store.findApplication(before.id()).orElseThrow();
        Commit commit = everythingAtOnce(before);
        Optional<CommitResult> answer = fixture.commitDyingAt(step, commit);
        reopen();
        if (reload(before).equals(before)) {
            assertThat(answer).as("what was answered is there").isEmpty();
            assertNothingIsThereOf(commit, state);
            committed(commit);
        }
        assertEverythingIsThereOf(commit);
        committed(
                CommitBuilder.following(commit.application()).growingTheFence().build());
        assertThat(answer.stream()).allMatch(CommitResult.COMMITTED::equals);
        return answer.isEmpty();
    }

    // ---- what it stands on gives way

    @Test
    @Guarantee("Trouble loses nothing")
    void whereThereIsNoRoomNothingIsAcceptedAndNothingIsLost() {
        Application application = anApplication("a");
        fixture.fill();
        Application last = application;
        Optional<StoreUnavailableException> full = Optional.empty();
        while (full.isEmpty()) {
            assertThat(last.version()).isLessThan(MOST_COMMITS);
            CommitBuilder large = CommitBuilder.following(last);
            for (int event = 0; event < EVENTS_OF_A_LARGE_COMMIT; event++) {
                large.growingTheFence();
            }
            try {
                last = committed(large.build());
            } catch (StoreUnavailableException refused) {
                full = Optional.of(refused);
            }
        }
        assertThat(full.get()).hasMessageContaining("full").hasMessageContaining("nothing was changed");
        assertIsAs(last);
        fixture.makeRoom();
        assertIsAs(committed(CommitBuilder.following(last).growingTheFence().build()));
    }

    @Test
    @Guarantee("Trouble loses nothing")
    void whileTheDataIsAwayNothingIsAcceptedAndNothingIsLost() throws Exception {
        Application before = anApplicationWithALiveOrder("a", NODE);
        Commit commit = everythingAtOnce(before);
        fixture.takeAway();
        assertThatThrownBy(() -> store.commit(commit))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("nothing was changed");
        assertThatThrownBy(() -> store.setMaintenance(new Maintenance(Optional.of(NOW), ALICE), Optional.empty()))
                .isInstanceOf(StoreUnavailableException.class);
        AuditEntry refused = record("away", "r", Optional.empty());
        assertThatThrownBy(() -> store.audit(refused)).isInstanceOf(StoreUnavailableException.class);
        fixture.bringBack();
        assertIsAs(before);
        assertThat(store.maintenance()).isEqualTo(Maintenance.OFF);
        assertThat(records(AuditQuery.By.TRACE, "away")).isEmpty();
        committed(commit);
        reopen();
        assertEverythingIsThereOf(commit);
    }

    @Test
    @Guarantee("Damage is refused")
    void dataThatIsDamagedIsRefusedWithAWordOnWhatToDo() throws Exception {
        anApplicationWithALiveOrder("a", NODE);
        fixture.damage();
        assertThatThrownBy(fixture::reopen)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("empty");
    }

    // ---- a commit that has everything: it aborts the live order and rolls it back

    private static Commit everythingAtOnce(Application application) {
        ChangeOrderId live = application.liveOrder().orElseThrow();
        ChangeOrder rollback = aRunningOrder("rollback-" + live, application.id())
                .withType(ChangeOrderType.ROLLBACK)
                .withBatches(2)
                .undoing(live)
                .build();
        ChangeOrder aborted = anOrder(live.value(), application.id(), Status.ABORTED)
                .undoneBy(rollback.id())
                .build();
        StoredAnswer answer = answer("token-" + live, NOW);
        return CommitBuilder.following(application)
                .ending(aborted)
                .growingTheFence()
                .changingGrowth(Growth.HALTED)
                .opening(rollback)
                .intending(rollback, Composition.of(new Entry(OrderBuilder.BEFORE.id(), 0), 4))
                .with(Version.of(application.id(), OrderBuilder.AFTER, Settings.of(4), NOW))
                .answering(answer)
                .onRecord(record("trace-" + live, "request-" + live, Optional.of(application.id())))
                .build();
    }

    private void assertEverythingIsThereOf(Commit commit) {
        assertIsAs(commit.application());
        for (ChangeOrder order : commit.orders()) {
            assertThat(store.findOrder(order.id())).contains(order);
            for (Batch batch : order.progress().batches()) {
                assertThat(store.findOrderOfBatch(batch.id())).contains(order);
            }
        }
        assertThat(store.listVersions(commit.application().id())).isEqualTo(commit.versions());
        StoredAnswer answer = commit.answer().orElseThrow();
        assertThat(store.findAnswer(answer.key(), Instant.EPOCH)).contains(answer);
        AuditEntry entry = commit.audit().orElseThrow();
        assertThat(records(AuditQuery.By.TRACE, entry.origin().traceId())).containsExactly(entry);
    }

    private void assertNothingIsThereOf(Commit commit, ApplicationState before) {
        assertIsAs(before.application());
        assertThat(store.findApplication(before.application().id())).contains(before);
        ChangeOrder live = before.live().orElseThrow();
        for (ChangeOrder order : commit.orders()) {
            boolean isNew = !order.id().equals(live.id());
            assertThat(store.findOrder(order.id())).isEqualTo(isNew ? Optional.empty() : Optional.of(live));
            for (Batch batch : isNew ? order.progress().batches() : List.<Batch>of()) {
                assertThat(store.findOrderOfBatch(batch.id())).isEmpty();
            }
        }
        assertThat(store.listVersions(before.application().id())).isEmpty();
        assertThat(store.findAnswer(commit.answer().orElseThrow().key(), Instant.EPOCH))
                .isEmpty();
        assertThat(records(
                        AuditQuery.By.TRACE,
                        commit.audit().orElseThrow().origin().traceId()))
                .isEmpty();
    }
}
