package io.changeorder.bootstrap.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.race.Verb.Answer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Judges a round that is over by what everybody was answered, by what is stored, by its history, and by the world. */
final class Verdict {
    private static final List<String> REFUSALS_OF_ENDED_ORDERS = List.of(
            "Application.ChangerOrder.Not.Running",
            "Application.ChangerOrderRunning",
            "Pipeline.Can.Not.Start.Next.Batch");

    /** SAE 2019-05-06, DescribeChangeOrder. */
    private static final Map<Status, Integer> WIRE_NUMBERS =
            Map.of(Status.SUCCEEDED, 2, Status.FAILED, 3, Status.ABORTED, 6);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Set<Input> ON_THE_WAY_TO_THE_BRINK =
            Set.of(Input.PLANNED, Input.BATCH_DONE_CONFIRM_NEXT, Input.BATCH_DONE_WAIT_NEXT);

    private final ServedWorld world;
    private final Round round;
    private final ChangeOrder order;
    private final Application application;
    private final List<ChangeOrder> orders;
    private final List<Event> history;

    Verdict(ServedWorld world, Round round) {
        this.world = world;
        this.round = round;
        this.application = world.application(round.application());
        this.orders = world.orders(round.application());
        this.order = orders.stream()
                .filter(each -> each.id().equals(round.order()))
                .findFirst()
                .orElseThrow();
        this.history = world.history(round.application());
    }

    /** How the order ended. */
    Status end() {
        return order.status();
    }

    boolean isRolledBack() {
        return order.undoneBy().isPresent();
    }

    /** The fence when all is over. */
    Fence fence() {
        return application.fence();
    }

    /** What moved the order from the brink on. */
    String way() {
        return moves().stream()
                .map(event -> move(event).input())
                .filter(input -> !ON_THE_WAY_TO_THE_BRINK.contains(input))
                .map(Input::name)
                .collect(Collectors.joining(" "));
    }

    /** Whether the engine did what it was pushed to, before somebody ended the order or instead of that. */
    boolean engineMoved() {
        return moves().stream()
                .filter(event -> event.actor().equals(Actor.ENGINE))
                .map(Verdict::move)
                .anyMatch(move -> !move.to().isLive() || move.input() == Input.HOLD || isNextBatch(move));
    }

    /** Throws when anything about the round is not as it must be. */
    void check(List<Answer> answers) {
        oneEndedIt(answers);
        answers.stream().filter(answer -> !answer.isAccepted()).forEach(this::isTruthful);
        theHistoryIsThatOfTheState();
        theOrderEndedOnceInIt();
        theNextBatchWasStartedOnce(answers);
        theRollbackIsTheOnlyOne();
        theWorldIsAsTheEndSays();
    }

    private void oneEndedIt(List<Answer> answers) {
        assertThat(order.status()).isIn(Status.SUCCEEDED, Status.FAILED, Status.ABORTED);
        List<Answer> winners = answers.stream()
                .filter(answer -> answer.verb().isEnding() && answer.isAccepted())
                .toList();
        assertThat(winners).as("callers who ended it").hasSize(order.status() == Status.ABORTED ? 1 : 0);
        Ending ending = order.ending().orElseThrow();
        if (winners.isEmpty()) {
            assertThat(ending.by()).isEqualTo(Actor.ENGINE);
        }
        for (Answer winner : winners) {
            assertThat(ending.by()).isEqualTo(new Actor(winner.caller()));
            assertThat(winner.data().path("RollbackChangeOrderId").asText())
                    .isEqualTo(order.undoneBy().map(ChangeOrderId::value).orElse(""));
            assertThat(winner.data().has("FenceConfirmed"))
                    .as("it is confirmed")
                    .isFalse();
        }
    }

    private void isTruthful(Answer refused) {
        JsonNode facts = refused.data();
        assertThat(facts.path("ChangeOrderId").asText()).isEqualTo(order.id().value());
        if (facts.has("EndedBy")) {
            Ending ending = order.ending().orElseThrow();
            assertThat(refused.code()).isIn(REFUSALS_OF_ENDED_ORDERS);
            assertThat(facts.path("Status").asInt()).isEqualTo(WIRE_NUMBERS.get(order.status()));
            assertThat(facts.path("EndedBy").asText()).isEqualTo(ending.by().name());
            assertThat(facts.path("EndedAt").asText()).isEqualTo(TIME.format(ending.at()));
            assertThat(facts.path("RollbackChangeOrderId").asText())
                    .isEqualTo(order.undoneBy().map(ChangeOrderId::value).orElse(""));
        } else {
            assertThat(refused.code())
                    .as("a live order refuses only what does not end it: %s", refused)
                    .isEqualTo(
                            refused.verb() == Verb.RETRY
                                    ? "Application.ChangerOrderRunning"
                                    : "Pipeline.Can.Not.Start.Next.Batch");
        }
    }

    private void theHistoryIsThatOfTheState() {
        TreeMap<ChangeOrderId, HistoryFold.OrderPresent> present = new TreeMap<>();
        for (ChangeOrder each : orders) {
            present.put(
                    each.id(),
                    new HistoryFold.OrderPresent(each.status(), each.progress().current(), each.attention()));
        }
        assertThat(HistoryFold.fold(history)).isEqualTo(HistoryFold.Present.of(application, present));
        assertThat(history).allSatisfy(event -> assertThat(event.application()).isEqualTo(application.id()));
        assertThat(history.stream().map(Event::fence)).isSorted();
    }

    private void theOrderEndedOnceInIt() {
        List<Event> ends =
                moves().stream().filter(event -> !move(event).to().isLive()).toList();
        assertThat(ends).hasSize(1);
        Ending ending = order.ending().orElseThrow();
        assertThat(ends.get(0).actor()).isEqualTo(ending.by());
        assertThat(ends.get(0).at()).isEqualTo(ending.at());
        assertThat(move(ends.get(0)).to()).isEqualTo(order.status());
        boolean tookRightsAway =
                order.status() == Status.ABORTED || order.undoneBy().isPresent();
        assertThat(grown()).as("fences that grew").hasSize(tookRightsAway ? 1 : 0);
    }

    private void theNextBatchWasStartedOnce(List<Answer> answers) {
        List<Event> starts =
                moves().stream().filter(event -> isNextBatch(move(event))).toList();
        assertThat(starts).hasSizeLessThanOrEqualTo(1);
        List<Answer> confirmed = answers.stream()
                .filter(answer -> answer.verb() == Verb.CONFIRM && answer.isAccepted())
                .toList();
        Optional<Actor> starter = starts.stream().map(Event::actor).findFirst();
        assertThat(confirmed.stream().map(answer -> new Actor(answer.caller())))
                .as("whoever was told that it was started by them")
                .isEqualTo(starter.filter(actor -> !actor.equals(Actor.ENGINE)).stream()
                        .toList());
    }

    private void theRollbackIsTheOnlyOne() {
        List<ChangeOrder> rollbacks =
                orders.stream().filter(ChangeOrder::isRollback).toList();
        assertThat(rollbacks.stream().map(ChangeOrder::id))
                .isEqualTo(order.undoneBy().stream().toList());
        assertThat(rollbacks).allSatisfy(rollback -> {
            assertThat(rollback.undoes()).contains(order.id());
            assertThat(rollback.status()).isEqualTo(Status.SUCCEEDED);
            assertThat(rollback.proof().orElseThrow().holds()).isTrue();
        });
    }

    private void theWorldIsAsTheEndSays() {
        boolean brought = order.status() == Status.SUCCEEDED;
        Revision settled = brought ? round.after() : round.before();
        assertThat(application.settled().revisionIfAny()).contains(settled.id());
        if (brought || order.undoneBy().isPresent()) {
            assertThat(world.runtime().observe(application.id()).composition())
                    .isEqualTo(Composition.of(
                            new Entry(settled.id(), 0), application.settled().count()));
        }
    }

    private List<Event> grown() {
        return history.stream()
                .filter(event -> event.what() instanceof Happening.FenceGrew)
                .toList();
    }

    private List<Event> moves() {
        List<Event> moves = new ArrayList<>();
        for (Event event : history) {
            if (event.what() instanceof Happening.OrderMoved moved
                    && moved.order().equals(order.id())) {
                moves.add(event);
            }
        }
        return moves;
    }

    private static Happening.OrderMoved move(Event event) {
        return (Happening.OrderMoved) event.what();
    }

    private static boolean isNextBatch(Happening.OrderMoved move) {
        return move.input() == Input.NEXT_BATCH;
    }
}
