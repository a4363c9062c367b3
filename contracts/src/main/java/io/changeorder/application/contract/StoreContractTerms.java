package io.changeorder.application.contract;

import static io.changeorder.application.fixture.OrderBuilder.ALICE;
import static io.changeorder.application.fixture.OrderBuilder.aRunningOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.net.InetAddresses;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The words in which a store's contract is written. */
abstract class StoreContractTerms {
    static final Instant NOW = SettableClock.START;
    static final int RACERS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    StoreFixture fixture;
    /** The one that is open now. */
    ChangeOrderStore store;

    private ExecutorService callers;

    /** A fixture over data of its own, with an open store. */
    protected abstract StoreFixture makeFixture() throws Exception;

    @BeforeEach
    final void makeTheFixture() throws Exception {
        callers = Executors.newCachedThreadPool();
        fixture = makeFixture();
        store = fixture.store();
    }

    @AfterEach
    final void closeTheFixture() {
        callers.shutdownNow();
        fixture.close();
    }

    final void reopen() throws Exception {
        fixture.reopen();
        store = fixture.store();
    }

    // ---- what there is

    final Application anApplication(String id) {
        return committed(CommitBuilder.creating(fresh(id, id)).build());
    }

    final Application anApplicationWithALiveOrder(String id, NodeId node) {
        Application application = anApplication(id);
        return committed(CommitBuilder.following(application)
                .opening(aRunningOrder("live-" + id, application.id())
                        .heldBy(node)
                        .build())
                .build());
    }

    static Application fresh(String id, String name) {
        return Application.fresh(new ApplicationId(id), name, "", NOW);
    }

    final Application committed(Commit commit) {
        assertThat(store.commit(commit)).isEqualTo(CommitResult.COMMITTED);
        return commit.application();
    }

    final Application reload(Application application) {
        return store.findApplication(application.id()).orElseThrow().application();
    }

    /** As it is in the store, in every place, with a history that folds to it. */
    final void assertIsAs(Application expected) {
        assertThat(reload(expected)).isEqualTo(expected);
        TreeMap<ChangeOrderId, HistoryFold.OrderPresent> orders = new TreeMap<>();
        for (ChangeOrder order : store.listOrders(all(expected.id())).items()) {
            orders.put(
                    order.id(),
                    new HistoryFold.OrderPresent(
                            order.status(), order.progress().current(), order.attention()));
        }
        assertThat(HistoryFold.fold(store.history(expected.id(), 1, Integer.MAX_VALUE)))
                .isEqualTo(HistoryFold.Present.of(expected, orders));
    }

    static OrderQuery all(ApplicationId application) {
        return new OrderQuery(application, List.of(), List.of(), "", true, 0, 1000);
    }

    static IdempotencyKey key(String token) {
        return new IdempotencyKey(ALICE, Operation.DEPLOY_APPLICATION, token);
    }

    static StoredAnswer answer(String token, Instant at) {
        Receipt receipt =
                new Receipt(new ApplicationId("a"), Optional.empty(), Optional.empty(), Optional.empty(), true);
        return new StoredAnswer(key(token), "00".repeat(32), receipt, at);
    }

    /** A record that is found by these. */
    static AuditEntry record(String trace, String request, Optional<ApplicationId> application) {
        Origin origin = new Origin(request, trace, Optional.of(InetAddresses.forString("2001:db8::7")), true);
        return new AuditEntry(
                0,
                NOW,
                ALICE,
                Operation.DEPLOY_APPLICATION,
                "application/dev/\u00fc'\"%_",
                application,
                Optional.of(new ChangeOrderId("o")),
                origin,
                AuditEntry.Outcome.ACCEPTED,
                "");
    }

    /** As they were written, so without their places. */
    final List<AuditEntry> records(AuditQuery.By by, String id) {
        return store.findAudit(new AuditQuery(by, id, 0, 100)).stream()
                .map(entry -> entry.withSequence(0))
                .toList();
    }

    // ---- at once

    /** Commits on another thread; when this returns it waits for another one, or is answered. */
    final Future<CommitResult> begin(Commit commit) {
        int before = fixture.waiting();
        Future<CommitResult> begun = callers.submit(() -> store.commit(commit));
        await("it waits or is answered")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> begun.isDone() || fixture.waiting() > before);
        return begun;
    }

    /** Commits on another thread, and returns when it is held where it is not over. */
    final Held hold(Commit commit) {
        ParkedCall call = fixture.holdNextCommit();
        Future<CommitResult> answer = callers.submit(() -> store.commit(commit));
        call.awaitArrival();
        return new Held(call, answer);
    }

    /** A commit that is held. */
    record Held(ParkedCall call, Future<CommitResult> answer) {
        /** Lets it come to its end. */
        void release() throws Exception {
            assertThat(answer).as("it was held all the time").isNotDone();
            call.release();
            assertThat(answer.get()).isEqualTo(CommitResult.COMMITTED);
        }
    }

    /** Does it on another thread. */
    final Future<?> aside(Runnable action) {
        return callers.submit(action);
    }

    final <T> List<T> race(IntFunction<T> racer) throws Exception {
        return Races.run(callers, RACERS, racer);
    }
}
