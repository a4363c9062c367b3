package io.changeorder.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a group of commits is in a real database. */
class SqliteGroupsTest {
    private static final int EVENTS_THAT_NEVER_WERE = 5;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch gate = new CountDownLatch(1);

    @TempDir
    private Path folder;

    private SqliteChangeOrderStore store;

    @BeforeEach
    void open() {
        store = Stores.open(folder);
    }

    @AfterEach
    void close() {
        gate.countDown();
        store.close();
        callers.shutdownNow();
    }

    @Test
    void ofTwoCommitsFromOneVersionThatMeetInOneGroupOneWins() throws Exception {
        Application application = Stores.create(store, "a");
        holdTheWriter();
        Future<CommitResult> first =
                queue(CommitBuilder.following(application).growingTheFence().build());
        Future<CommitResult> second = queue(CommitBuilder.following(application)
                .changingGrowth(Growth.HALTED_TO_CUT)
                .build());
        gate.countDown();
        assertThat(first.get()).isEqualTo(CommitResult.COMMITTED);
        assertThat(second.get()).isEqualTo(CommitResult.CONFLICT);
    }

    @Test
    void twoCommitsThatFollowEachOtherAreBothCommittedThoughTheyMeetInOneGroup() throws Exception {
        Application application = Stores.create(store, "a");
        holdTheWriter();
        Commit first = CommitBuilder.following(application).growingTheFence().build();
        Commit second =
                CommitBuilder.following(first.application()).growingTheFence().build();
        Future<CommitResult> one = queue(first);
        Future<CommitResult> two = queue(second);
        gate.countDown();
        assertThat(one.get()).isEqualTo(CommitResult.COMMITTED);
        assertThat(two.get()).isEqualTo(CommitResult.COMMITTED);
        assertThat(store.findApplication(application.id()).map(ApplicationState::application))
                .contains(second.application());
    }

    @Test
    void aCommitThatIsRefusedByAnIndexTakesNoOtherWithIt() throws Exception {
        Application live = Stores.create(store, "live");
        live = Stores.commit(
                store,
                CommitBuilder.following(live)
                        .opening(OrderBuilder.aRunningOrder("o", live.id()).build()));
        Application good = Stores.create(store, "good");
        Application bug = Stores.create(store, "bug");
        holdTheWriter();
        Future<CommitResult> before = queue(creating("new", "new"));
        Future<CommitResult> name = queue(creating("other", "live"));
        Future<CommitResult> second = queue(CommitBuilder.following(live)
                .smuggling(OrderBuilder.aRunningOrder("second", live.id()).build())
                .growingTheFence()
                .build());
        Future<CommitResult> gap = queue(new Commit(
                bug.version(),
                bug.committed(EVENTS_THAT_NEVER_WERE),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty()));
        Future<CommitResult> after =
                queue(CommitBuilder.following(good).growingTheFence().build());
        gate.countDown();
        assertThat(before.get()).isEqualTo(CommitResult.COMMITTED);
        assertThat(name.get()).isEqualTo(CommitResult.NAME_TAKEN);
        assertThat(second.get()).isEqualTo(CommitResult.ANOTHER_ORDER_IS_LIVE);
        assertThatThrownBy(gap::get).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(after.get()).isEqualTo(CommitResult.COMMITTED);
        assertThat(store.findOrder(new ChangeOrderId("second"))).isEmpty();
        assertThat(store.findApplication(live.id()).map(ApplicationState::application))
                .contains(live);
        assertThat(store.findApplication(new ApplicationId("other"))).isEmpty();
        assertThat(store.history(live.id(), 1, 100)).hasSize((int) live.events());
    }

    @Test
    void whatIsQueuedAtTheEndIsCommitted() throws Exception {
        holdTheWriter();
        Future<CommitResult> queued = queue(creating("a", "a"));
        Future<?> closing = callers.submit(store::close);
        gate.countDown();
        closing.get();
        assertThat(queued.get()).isEqualTo(CommitResult.COMMITTED);
        try (SqliteChangeOrderStore again = Stores.open(folder)) {
            assertThat(again.findApplication(new ApplicationId("a"))).isPresent();
        }
    }

    @Test
    void answersThatAreTooOldToBeGivenAreForgottenInTheEnd() {
        Application application = Stores.create(store, "a");
        StoredAnswer old = answer("old", Instant.EPOCH);
        application = Stores.commit(
                store, CommitBuilder.following(application).growingTheFence().answering(old));
        Instant later = Instant.EPOCH.plus(StoredAnswer.LIFETIME).plusMillis(1);
        for (int call = 0; store.findAnswer(old.key(), Instant.EPOCH).isPresent() && call < 10_000; call++) {
            application = Stores.commit(
                    store,
                    CommitBuilder.following(application).growingTheFence().answering(answer("new-" + call, later)));
        }
        assertThat(store.findAnswer(old.key(), Instant.EPOCH)).isEmpty();
        assertThat(store.findAnswer(answer("new-0", later).key(), Instant.EPOCH))
                .isPresent();
    }

    private static StoredAnswer answer(String token, Instant at) {
        return new StoredAnswer(
                new IdempotencyKey(OrderBuilder.ALICE, Operation.STOP_APPLICATION, token),
                "00".repeat(32),
                new Receipt(new ApplicationId("a"), Optional.empty(), Optional.empty(), Optional.empty(), true),
                at);
    }

    private static Commit creating(String id, String name) {
        return CommitBuilder.creating(Application.fresh(new ApplicationId(id), name, "", Instant.EPOCH))
                .build();
    }

    private void holdTheWriter() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        callers.execute(() -> store.write("gate", writing -> {
            held.countDown();
            return waitFor(gate);
        }));
        held.await();
    }

    private static int waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return 0;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Future<CommitResult> queue(Commit commit) {
        int before = store.queued();
        Future<CommitResult> answer = callers.submit(() -> store.commit(commit));
        await().until(() -> store.queued() == before + 1);
        return answer;
    }
}
