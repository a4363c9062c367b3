package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.awaitNow;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sixteen callers at once, many times over: one wins, and the others are told the truth about it. */
class RacesTest {
    private static final int CALLERS = 16;
    private static final int ROUNDS = 200;

    private final EngineWorld world = new EngineWorld();
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void endOfTheWorld() {
        threads.shutdownNow();
        world.close();
    }

    /** What one caller was answered. */
    private record Answer(String caller, Verb verb, Outcome<Receipt> outcome) {
        boolean isAccepted() {
            return outcome.match(receipt -> true, refusal -> false);
        }

        Receipt receipt() {
            return EngineWorld.accepted(outcome);
        }

        Refusal refusal() {
            return EngineWorld.refused(outcome);
        }
    }

    private enum Verb {
        ABORT(true),
        ABORT_AND_ROLL_BACK(true),
        ABORT_WITH_ROLLBACK(true),
        CONFIRM(false),
        REJECT(true);

        private final boolean ending;

        Verb(boolean ending) {
            this.ending = ending;
        }
    }

    @Test
    void ofAbortsAndConfirmationsAtOnceOneEndsTheOrder() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ApplicationId app = world.running("hello-" + round, v1, swift(2));
            ChangeOrderId order = world.halfDeployed(app, v2);
            BatchId batch = world.batch(order);
            List<Answer> answers = atOnce(caller -> call(Verb.values()[caller % 5], caller, order, batch));
            awaitNow(() -> !world.order(order).isLive());
            assertOneEnded(order, answers);
            List<Answer> confirmed = answers.stream()
                    .filter(answer -> answer.verb() == Verb.CONFIRM && answer.isAccepted())
                    .toList();
            assertThat(confirmed).as("a batch is confirmed once").hasSizeLessThanOrEqualTo(1);
            assertAtMostOneRollback(app, order);
            world.awaitRest(app);
        }
    }

    @Test
    void ofAbortsAndTheCompletionAtOnceOneEndsTheOrder() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ApplicationId app = world.running("hello-" + round, v1, swift(2));
            ChangeOrderId order = orderOf(
                    world.alice().deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.SINGLE_BATCH)));
            List<Answer> answers = atOnce(caller ->
                    call(caller % 2 == 0 ? Verb.ABORT : Verb.ABORT_AND_ROLL_BACK, caller, order, new BatchId("none")));
            world.awaitThat(() -> !world.order(order).isLive());
            assertOneEnded(order, answers);
            assertAtMostOneRollback(app, order);
            world.awaitRest(app);
            Status end = world.order(order).status();
            assertThat(world.application(app).settled().revisionIfAny())
                    .contains(end == Status.SUCCEEDED ? v2.id() : v1.id());
        }
    }

    @Test
    void ofOrdersOpenedAtOnceOneIsLive() throws Exception {
        ApplicationId app = world.running("hello", v1, swift(2));
        for (int round = 0; round < ROUNDS; round++) {
            int replicas = 3 + round % 2;
            List<Answer> answers = atOnce(caller ->
                    new Answer("caller-" + caller, Verb.CONFIRM, by(caller).rescale(app, replicas)));
            assertThat(answers.stream().filter(Answer::isAccepted).count()).isPositive();
            assertThat(answers.stream().filter(answer -> !answer.isAccepted()).map(Answer::refusal))
                    .allSatisfy(refusal -> {
                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.ORDER_IS_RUNNING);
                        assertThat(refusal.order()).isPresent();
                    });
            world.awaitRest(app);
        }
    }

    private void assertOneEnded(ChangeOrderId id, List<Answer> answers) {
        ChangeOrder order = world.order(id);
        Ending ending = order.ending().orElseThrow();
        List<Answer> winners = answers.stream()
                .filter(answer -> answer.verb().ending && answer.isAccepted())
                .toList();
        assertThat(winners).hasSize(order.status() == Status.ABORTED ? 1 : 0);
        winners.forEach(winner -> {
            assertThat(ending.by()).isEqualTo(new Actor(winner.caller()));
            assertThat(winner.receipt().order()).contains(id);
            assertThat(winner.receipt().rollback()).isEqualTo(order.undoneBy());
            assertThat(winner.receipt().fenceConfirmed()).isTrue();
        });
        answers.stream()
                .filter(answer -> !answer.isAccepted())
                .map(Answer::refusal)
                .forEach(refusal -> assertTruthful(refusal, order));
    }

    private static void assertTruthful(Refusal refusal, ChangeOrder order) {
        assertThat(refusal.reason())
                .isIn(
                        Refusal.Reason.ORDER_IS_NOT_LIVE,
                        Refusal.Reason.ORDER_IS_RUNNING,
                        Refusal.Reason.BATCH_NOT_WAITING);
        Refusal.OrderFacts facts = refusal.order().orElseThrow();
        assertThat(facts.id()).isEqualTo(order.id());
        if (facts.status().isLive()) {
            assertThat(refusal.reason())
                    .as("only a confirmation loses to another")
                    .isEqualTo(Refusal.Reason.BATCH_NOT_WAITING);
        } else {
            assertThat(facts).isEqualTo(Refusal.OrderFacts.of(order));
        }
    }

    private void assertAtMostOneRollback(ApplicationId app, ChangeOrderId order) {
        List<ChangeOrderId> rollbacks = world.orders(app).stream()
                .filter(ChangeOrder::isRollback)
                .map(ChangeOrder::id)
                .toList();
        assertThat(rollbacks).isEqualTo(world.order(order).undoneBy().stream().toList());
    }

    private Answer call(Verb verb, int caller, ChangeOrderId order, BatchId batch) {
        Caller who = by(caller);
        Outcome<Receipt> outcome = switch (verb) {
            case ABORT -> who.abort(order);
            case ABORT_AND_ROLL_BACK -> who.abortAndRollBack(order);
            case ABORT_WITH_ROLLBACK -> who.abort(Optional.of(order), true);
            case CONFIRM -> who.confirm(batch, true);
            case REJECT -> who.confirm(batch, false);
        };
        return new Answer("caller-" + caller, verb, outcome);
    }

    private Caller by(int caller) {
        return world.alice().named("caller-" + caller);
    }

    private List<Answer> atOnce(Function<Integer, Answer> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        List<Future<Answer>> calls = IntStream.range(0, CALLERS)
                .mapToObj(caller -> threads.submit(() -> {
                    start.await();
                    return call.apply(caller);
                }))
                .toList();
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> each : calls) {
            answers.add(each.get());
        }
        return answers;
    }
}
