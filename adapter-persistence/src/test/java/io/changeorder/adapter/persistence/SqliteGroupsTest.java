package io.changeorder.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.id.ApplicationId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a group of commits is in a real database. */
class SqliteGroupsTest {
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
    void aDeathInTheMiddleOfAGroupLeavesAllOfItOrNothing() throws Exception {
        int step = 1;
        while (diesAt(step)) {
            step++;
        }
        assertThat(step)
                .as("every statement of three commits, and the ends of two groups")
                .isGreaterThan(10);
    }

    /** Whether a group has such a statement. */
    private boolean diesAt(int step) throws Exception {
        Path own = folder.resolve("group-" + step);
        Dying death = new Dying(own, folder.resolve("left-" + step), step);
        AtomicReference<Statements.Steps> steps = new AtomicReference<>(Statements.Steps.UNWATCHED);
        List<Commit> commits;
        boolean died;
        try (SqliteChangeOrderStore dying = Stores.open(own, sql -> steps.get().before(sql))) {
            commits = List.of(
                    CommitBuilder.following(Stores.create(dying, "a"))
                            .growingTheFence()
                            .build(),
                    creating("b", "b"),
                    CommitBuilder.following(Stores.create(dying, "c"))
                            .growingTheFence()
                            .build());
            Stores.spillEarly(dying);
            CountDownLatch open = new CountDownLatch(1);
            holdTheWriter(dying, open);
            List<Future<CommitResult>> queued = new ArrayList<>();
            for (Commit commit : commits) {
                queued.add(queue(dying, commit));
            }
            steps.set(death);
            open.countDown();
            died = death.answered(() -> answers(queued)).isEmpty();
        }
        try (SqliteChangeOrderStore next = Stores.open(death.left())) {
            List<Boolean> there = commits.stream()
                    .map(commit -> next.findApplication(commit.application().id())
                            .map(ApplicationState::application)
                            .equals(Optional.of(commit.application())))
                    .distinct()
                    .toList();
            assertThat(there).hasSize(1);
            assertThat(died || there.get(0)).as("what was answered is there").isTrue();
        }
        return died;
    }

    private static List<CommitResult> answers(List<Future<CommitResult>> queued) {
        List<CommitResult> answers = new ArrayList<>();
        for (Future<CommitResult> each : queued) {
            try {
                answers.add(each.get());
            } catch (InterruptedException | ExecutionException died) {
                throw new IllegalStateException(died);
            }
        }
        return answers;
    }

    @Test
    void aCommitThatDoesNotFitOnTheDiskTakesNoOtherWithIt() throws Exception {
        Application small = Stores.create(store, "small");
        Application large = Stores.create(store, "large");
        CommitBuilder many = CommitBuilder.following(large);
        for (int event = 0; event < 1_000; event++) {
            many.growingTheFence();
        }
        store.write("space", writing -> {
            int pages = writing.first("PRAGMA page_count", row -> row.getInt(1)).orElseThrow();
            writing.execute("PRAGMA max_page_count = " + (pages + 20));
            return 0;
        });
        holdTheWriter(store, gate);
        Future<CommitResult> before =
                queue(store, CommitBuilder.following(small).growingTheFence().build());
        Future<CommitResult> tooMuch = queue(store, many.build());
        Future<CommitResult> after = queue(store, creating("after", "after"));
        gate.countDown();
        assertThat(before.get()).isEqualTo(CommitResult.COMMITTED);
        assertThatThrownBy(tooMuch::get)
                .hasCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("is full; nothing was changed");
        assertThat(after.get()).isEqualTo(CommitResult.COMMITTED);
        assertThat(store.findApplication(large.id()).map(ApplicationState::application))
                .contains(large);
    }

    @Test
    void whatIsQueuedAtTheEndIsCommitted() throws Exception {
        holdTheWriter(store, gate);
        Future<CommitResult> queued = queue(store, creating("a", "a"));
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

    private void holdTheWriter(SqliteChangeOrderStore held, CountDownLatch until) throws InterruptedException {
        CountDownLatch isHeld = new CountDownLatch(1);
        callers.execute(() -> held.write("gate", writing -> {
            isHeld.countDown();
            return waitFor(until);
        }));
        isHeld.await();
    }

    private static int waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return 0;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Future<CommitResult> queue(SqliteChangeOrderStore at, Commit commit) {
        int before = at.queued();
        Future<CommitResult> answer = callers.submit(() -> at.commit(commit));
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> at.queued() == before + 1);
        return answer;
    }
}
