package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.reasonOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.Interceptor;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client token makes a command safe to repeat. */
class IdempotencyTest {
    private static final int CALLERS = 16;

    private final AtomicBoolean denied = new AtomicBoolean();
    private final EngineWorld world = new EngineWorld(builder -> builder.authorizer(access -> !denied.get()));
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));
    private final Caller alice = world.alice().withToken("token-1");

    @AfterEach
    void endOfTheWorld() {
        threads.shutdownNow();
        world.close();
    }

    @Test
    void theSameCommandWithTheSameTokenGetsTheFirstAnswer() {
        ApplicationId app = world.running("hello", v1, swift(2));
        Receipt first = accepted(alice.rescale(app, 3));
        world.awaitStatus(first.order().orElseThrow(), Status.SUCCEEDED);
        assertThat(accepted(alice.rescale(app, 3))).isEqualTo(first);
        assertThat(world.orders(app)).hasSize(2);
    }

    @Test
    void aRepeatedAbortAndRollBackGetsTheFirstAnswerWhateverBecameOfIt() {
        ApplicationId app = world.running("hello", v1, swift(2));
        ChangeOrderId order = world.halfDeployed(app, v2);
        Receipt first = accepted(alice.abortAndRollBack(order));
        assertThat(accepted(alice.abortAndRollBack(order))).isEqualTo(first);
        world.awaitStatus(first.rollback().orElseThrow(), Status.SUCCEEDED);
        assertThat(accepted(alice.abortAndRollBack(order))).isEqualTo(first);
        world.restart();
        assertThat(accepted(alice.abortAndRollBack(order))).isEqualTo(first);
        assertThat(world.orders(app)).hasSize(3);
    }

    @Test
    void sixteenEqualAbortsAtOnceGetOneAnswer() throws Exception {
        for (int round = 0; round < 20; round++) {
            ApplicationId app = world.running("hello-" + round, v1, swift(2));
            ChangeOrderId order = world.halfDeployed(app, v2);
            Caller caller = world.alice().withToken("token-" + round);
            assertEqualAnswers(() -> caller.abortAndRollBack(order));
            assertThat(world.orders(app)).hasSize(3);
            world.awaitRest(app);
        }
    }

    @Test
    void sixteenEqualCreationsAtOnceMakeOneApplication() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "hello-" + round;
            Caller caller = world.alice().withToken("token-" + round);
            Receipt receipt = assertEqualAnswers(() -> caller.create(name, v1, swift(2)));
            world.awaitStatus(receipt.order().orElseThrow(), Status.SUCCEEDED);
        }
    }

    @Test
    void aCallIsNotRefusedForWhatAnEqualOneDidSinceItLookedForAnAnswer() {
        ApplicationId app = world.running("hello", v1, swift(2));
        ChangeOrderId order = world.halfDeployed(app, v2);
        Slip slip = new Slip();
        world.succeed(slip);
        world.awaitThat(() -> !world.application(app).growth().isHalted());
        assertEqualToWhatSlipsIn(slip, () -> alice.abortAndRollBack(order));
        world.awaitRest(app);
        assertEqualToWhatSlipsIn(slip, () -> alice.create("other", v1, swift(2)));
        world.awaitRest(app);
    }

    @Test
    void aCallThatLostARaceIsNotRefusedForWhatAnEqualOneDidMeanwhile() {
        ApplicationId app = world.running("hello", v1, swift(2));
        AtomicReference<Optional<Supplier<Outcome<Receipt>>>> meanwhile = new AtomicReference<>(Optional.empty());
        List<Receipt> answers = new ArrayList<>();
        Thread caller = Thread.currentThread();
        world.succeed(new Interceptor() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> T around(Call call, Supplier<T> proceed) {
                if (call == Call.COMMIT && Thread.currentThread().equals(caller)) {
                    Optional<Supplier<Outcome<Receipt>>> equal = meanwhile.getAndSet(Optional.empty());
                    if (equal.isPresent()) {
                        answers.add(accepted(equal.get().get()));
                        return (T) CommitResult.CONFLICT;
                    }
                }
                return proceed.get();
            }
        });
        Supplier<Outcome<Receipt>> call = () -> alice.restart(app);
        meanwhile.set(Optional.of(call));
        assertThat(accepted(call.get())).isEqualTo(answers.get(0));
        world.awaitRest(app);
        assertThat(world.orders(app)).hasSize(2);
    }

    private static void assertEqualToWhatSlipsIn(Slip slip, Supplier<Outcome<Receipt>> call) {
        slip.next.set(Optional.of(call));
        Receipt receipt = accepted(call.get());
        assertThat(slip.answers).last().isEqualTo(receipt);
        assertThat(slip.next.get()).isEmpty();
    }

    /** Lets an equal call slip in right after the caller has read that there is no answer yet. */
    private static final class Slip implements Interceptor {
        private final Thread caller = Thread.currentThread();
        private final AtomicReference<Optional<Supplier<Outcome<Receipt>>>> next =
                new AtomicReference<>(Optional.empty());
        private final List<Receipt> answers = new ArrayList<>();

        @Override
        public <T> T around(Call call, Supplier<T> proceed) {
            T found = proceed.get();
            if (call == Call.READ && Thread.currentThread().equals(caller) && found.equals(Optional.empty())) {
                next.getAndSet(Optional.empty()).ifPresent(equal -> answers.add(accepted(equal.get())));
            }
            return found;
        }
    }

    @Test
    void otherParametersUnderTheSameTokenAreRefused() {
        ApplicationId app = world.running("hello", v1, swift(2));
        ApplicationId other = world.running("other", v1, swift(2));
        accepted(alice.rescale(app, 3));
        world.awaitRest(app);
        assertThat(reasonOf(alice.rescale(app, 4))).isEqualTo(Reason.TOKEN_REUSED);
        assertThat(reasonOf(alice.rescale(other, 3))).isEqualTo(Reason.TOKEN_REUSED);
        accepted(alice.deploy(app, v2, settings -> settings));
        world.awaitRest(app);
        assertThat(reasonOf(alice.deploy(app, v1, settings -> settings))).isEqualTo(Reason.TOKEN_REUSED);
        assertThat(reasonOf(alice.deploy(other, v2, settings -> settings))).isEqualTo(Reason.TOKEN_REUSED);
        assertThat(reasonOf(alice.deploy(app, v2, settings -> settings, true, true)))
                .isEqualTo(Reason.TOKEN_REUSED);
        assertThat(reasonOf(alice.deploy(app, v2, settings -> settings, false, false)))
                .isEqualTo(Reason.TOKEN_REUSED);
    }

    @Test
    void anotherActorOrOperationHasTokensOfItsOwn() {
        ApplicationId app = world.running("hello", v1, swift(2));
        Receipt rescaled = accepted(alice.rescale(app, 3));
        world.awaitRest(app);
        Receipt stopped = accepted(alice.stop(app));
        world.awaitRest(app);
        Receipt bobs = accepted(alice.named("bob").rescale(app, 3));
        assertThat(List.of(rescaled.order(), stopped.order(), bobs.order())).doesNotHaveDuplicates();
    }

    @Test
    void whoIsNotPermittedGetsNoFirstAnswer() {
        ApplicationId app = world.running("hello", v1, swift(2));
        accepted(alice.rescale(app, 3));
        denied.set(true);
        assertThat(reasonOf(alice.rescale(app, 3))).isEqualTo(Reason.NOT_PERMITTED);
        assertThat(reasonOf(alice.rescale(app, 4))).isEqualTo(Reason.NOT_PERMITTED);
    }

    @Test
    void aTokenIsForgottenAfterADay() {
        ApplicationId app = world.running("hello", v1, swift(2));
        Receipt first = accepted(alice.rescale(app, 3));
        world.awaitRest(app);
        world.clock().advance(Duration.ofHours(23));
        assertThat(accepted(alice.rescale(app, 3))).isEqualTo(first);
        world.clock().advance(Duration.ofHours(1).plusMillis(1));
        Receipt second = accepted(alice.rescale(app, 4));
        assertThat(second.order()).isNotEqualTo(first.order());
        world.awaitRest(app);
        assertThat(accepted(alice.rescale(app, 4))).isEqualTo(second);
    }

    @Test
    void aRefusedCommandIsNotRemembered() {
        ApplicationId app = world.running("hello", v1, swift(2));
        assertThat(reasonOf(alice.start(app))).isEqualTo(Reason.APPLICATION_STATUS);
        accepted(world.alice().stop(app));
        world.awaitRest(app);
        Receipt started = accepted(alice.start(app));
        assertThat(started.order()).isPresent();
    }

    @Test
    void aRepeatedCommandIsToldWhetherItsFenceIsConfirmedByNow() {
        ApplicationId app = world.running("hello", v1, swift(2));
        ChangeOrderId order = world.halfDeployed(app, v2);
        world.runtime().setRaisesHeld(true);
        assertThat(accepted(alice.abortAndRollBack(order)).fenceConfirmed()).isFalse();
        assertThat(accepted(alice.abortAndRollBack(order)).fenceConfirmed()).isFalse();
        world.runtime().setRaisesHeld(false);
        assertThat(accepted(alice.abortAndRollBack(order)).fenceConfirmed()).isTrue();
    }

    @Test
    void anApplicationThatIsGoneStillAnswersTheRepeatedCommand() {
        ApplicationId app = world.running("hello", v1, swift(2));
        Receipt deleted = accepted(alice.delete(app));
        world.awaitThat(() -> world.application(app).isDeleted());
        assertThat(accepted(alice.delete(app))).isEqualTo(deleted);
    }

    private Receipt assertEqualAnswers(Supplier<Outcome<Receipt>> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        List<CompletableFuture<Outcome<Receipt>>> calls = IntStream.range(0, CALLERS)
                .mapToObj(caller -> CompletableFuture.supplyAsync(
                        () -> {
                            await(start);
                            return call.get();
                        },
                        threads))
                .toList();
        List<Receipt> answers =
                calls.stream().map(answer -> accepted(answer.join())).distinct().toList();
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
