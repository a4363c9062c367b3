package io.changeorder.bootstrap.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.InterceptedRuntime;
import io.changeorder.application.fixture.Interceptor;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.bootstrap.child.Child;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A runner freezes between its commit and its effect, on real SQLite and real processes, and is let go when an abort was
 * acknowledged. Each process says on the disk that it was there, however short.
 */
class FrozenRunnerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int ROUNDS = 5;

    @TempDir
    private Path folder;

    private Path data;
    private Path witness;
    private ChangeOrderStore store;
    private ProcessRuntime runtime;
    private ChangeOrderEngine engine;
    private final Freezer freezer = new Freezer();

    /** Holds the next scale before it reaches the runtime. */
    private static final class Freezer implements Interceptor {
        private final AtomicReference<Optional<Frozen>> next = new AtomicReference<>(Optional.empty());

        /** A call that is held, and what it answers when it was let go. */
        private record Frozen(ParkedCall call, CompletableFuture<Object> answer) {}

        Frozen freezeNextScale() {
            Frozen frozen = new Frozen(new ParkedCall(), new CompletableFuture<>());
            next.set(Optional.of(frozen));
            return frozen;
        }

        @Override
        public <T> T around(Call call, Supplier<T> proceed) {
            Optional<Frozen> frozen = call == Call.SCALE ? next.getAndSet(Optional.empty()) : Optional.empty();
            frozen.ifPresent(each -> each.call().pass());
            T answer = proceed.get();
            frozen.ifPresent(each -> each.answer().complete(answer));
            return answer;
        }
    }

    @BeforeEach
    void open() throws IOException {
        data = Files.createDirectories(folder.resolve("data")).toRealPath();
        witness = Files.createDirectories(folder.resolve("witness"));
        store = SqliteChangeOrderStore.open(data, new NodeId("node"));
        runtime = ProcessRuntime.in(data).open();
        engine = ChangeOrderEngine.builder()
                .store(store)
                .runtime(new InterceptedRuntime(runtime, freezer))
                .build()
                .start();
    }

    @AfterEach
    void close() {
        engine.close();
        assertThat(runtime.endAll(Duration.ofMillis(500))).as("nothing is left").isTrue();
        runtime.close();
        store.close();
    }

    @Test
    void aStartThatFrozeBeforeAnAbortWasAcknowledgedNeverComes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ApplicationId app = running("hello-" + round, 1);
            Set<Long> before = processes(app);
            Freezer.Frozen frozen = freezer.freezeNextScale();
            ChangeOrderId order = EngineWorld.orderOf(alice().deploy(app, script(round + "-new"), kept -> kept));
            frozen.call().awaitArrival();
            assertIntended(app, script(round + "-new"), 1);

            Receipt receipt = EngineWorld.accepted(alice().abortAndRollBack(order));
            assertThat(receipt.fenceConfirmed()).isTrue();
            frozen.call().release();

            assertThat(answerOf(frozen)).isEqualTo(ScaleResult.STALE_FENCE);
            ChangeOrder rollback = awaitStatus(receipt.rollback().orElseThrow(), Status.SUCCEEDED);
            assertThat(rollback.proof().orElseThrow().holds()).isTrue();
            assertThat(witness.resolve(round + "-new"))
                    .as("it never ran, however short")
                    .doesNotExist();
            assertThat(processes(app)).as("what ran runs on").isEqualTo(before);
        }
    }

    @Test
    void aScaleThatFrozeBeforeAPlainAbortWasAcknowledgedNeverComes() throws Exception {
        ApplicationId app = running("hello", 2);
        ChangeOrderId order = EngineWorld.orderOf(
                alice().deploy(app, script("new"), kept -> kept.withStrategy(UpdateStrategy.manual(2))));
        ChangeOrder waiting = awaitStatus(order, Status.AWAITING_CONFIRMATION);
        Set<Long> before = processes(app);
        Freezer.Frozen frozen = freezer.freezeNextScale();
        EngineWorld.accepted(
                alice().confirm(waiting.progress().currentBatch().orElseThrow().id(), true));
        frozen.call().awaitArrival();

        Receipt receipt = EngineWorld.accepted(alice().abort(order));
        assertThat(receipt.fenceConfirmed()).isTrue();
        frozen.call().release();

        assertThat(answerOf(frozen)).isEqualTo(ScaleResult.STALE_FENCE);
        await().atMost(PATIENCE).until(() -> !application(app).growth().isHalted());
        assertThat(processes(app)).as("the mixture stays as it was").hasSize(2).isEqualTo(before);
    }

    @Test
    void aStartThatWasOnlySlowComes() throws Exception {
        ApplicationId app = running("hello", 1);
        Freezer.Frozen frozen = freezer.freezeNextScale();
        ChangeOrderId order = EngineWorld.orderOf(alice().deploy(app, script("new"), kept -> kept));
        frozen.call().awaitArrival();
        assertThat(witness.resolve("new")).doesNotExist();
        frozen.call().release();
        assertThat(answerOf(frozen)).isEqualTo(ScaleResult.INITIATED);
        awaitStatus(order, Status.SUCCEEDED);
        assertThat(witness.resolve("new")).exists();
    }

    private static Object answerOf(Freezer.Frozen frozen) throws Exception {
        return frozen.answer().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private Caller alice() {
        return new Caller(engine::commands, Request.by(new Actor("alice")));
    }

    private Revision script(String name) {
        return Revision.command("/bin/sh", "-c", "touch " + witness.resolve(name) + "; exec sleep 1000")
                .withTerminationGraceSeconds(1);
    }

    private ApplicationId running(String name, int replicas) {
        Receipt receipt =
                EngineWorld.accepted(alice().create(name, script(name + "-old"), EngineWorld.swift(replicas)));
        awaitStatus(receipt.order().orElseThrow(), Status.SUCCEEDED);
        return receipt.application();
    }

    private ChangeOrder awaitStatus(ChangeOrderId id, Status status) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> store.findOrder(id).orElseThrow(), order -> order.status() == status);
    }

    private Application application(ApplicationId id) {
        return store.findApplication(id).orElseThrow().application();
    }

    /** It is committed that so many are to run, and only the effect is missing. */
    private void assertIntended(ApplicationId id, Revision revision, int count) {
        assertThat(application(id).intended().counts()).containsEntry(new Entry(revision.id(), 0), count);
    }

    private static Set<Long> processes(ApplicationId id) {
        return Child.withVariable(("APPLICATION_ID=" + id)::equals).stream()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }
}
