package io.changeorder.domain.order;

import static io.changeorder.domain.story.Story.R1;
import static io.changeorder.domain.story.Story.R2;
import static io.changeorder.domain.story.Story.entry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Aborting;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Unreadable;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.order.Transitions.Transition;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.story.Story;
import io.changeorder.domain.story.TinyWorld.Nature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransitionsTest {
    private static final Settings FOUR = Settings.of(4);
    private static final UpdateStrategy MANUAL = UpdateStrategy.manual(2);
    private static final UpdateStrategy AUTOMATIC = UpdateStrategy.automatic(2, Duration.ofMinutes(1));

    private static final List<Status> COLUMNS = List.of(
            Status.PREPARING,
            Status.RUNNING,
            Status.AWAITING_CONFIRMATION,
            Status.AWAITING_NEXT_BATCH,
            Status.AWAITING_APPROVAL,
            Status.APPROVED,
            Status.SUCCEEDED,
            Status.FAILED,
            Status.ABORTED,
            Status.SYSTEM_FAILED);

    /** Input by status, in the order of the columns: what leads where, by its first letters; a dot leads nowhere. */
    private static final List<String> EXPECTED = List.of(
            //                        PREP RUNN CONF NEXT ASKS APPR SUCC FAIL ABOR SYST
            "PLANNED                  RUNN .    .    .    .    .    .    .    .    .",
            "NOTHING_TO_DO            SUCC .    .    .    .    .    .    .    .    .",
            "BATCH_DONE_CONFIRM_NEXT  .    CONF .    .    .    .    .    .    .    .",
            "BATCH_DONE_WAIT_NEXT     .    NEXT .    .    .    .    .    .    .    .",
            "LAST_BATCH_DONE          .    SUCC .    .    .    .    .    .    .    .",
            "NEXT_BATCH               .    .    RUNN RUNN .    .    .    .    .    .",
            "BATCH_LOST               .    .    RUNN RUNN .    .    .    .    .    .",
            "FAIL                     .    FAIL .    .    .    .    .    .    .    .",
            "ABORT                    ABOR ABOR ABOR ABOR ABOR ABOR .    .    .    .",
            "HOLD                     PREP RUNN .    .    .    .    .    .    .    .",
            "CLEAR                    .    RUNN .    .    .    .    .    .    .    .",
            "RETRY                    PREP RUNN .    .    .    .    .    .    .    .",
            "UNREADABLE               SYST SYST SYST SYST SYST SYST .    .    .    .");

    static Stream<Arguments> everyPair() {
        return EXPECTED.stream().flatMap(line -> {
            List<String> cells = List.of(line.split(" +"));
            return IntStream.range(0, COLUMNS.size())
                    .mapToObj(column -> Arguments.of(
                            COLUMNS.get(column), Input.valueOf(cells.get(0)), status(cells.get(1 + column))));
        });
    }

    @Test
    void everyPairIsExpectedToLeadSomewhereOrNowhere() {
        assertThat(COLUMNS).containsExactlyInAnyOrder(Status.values());
        assertThat(everyPair()).hasSize(Status.values().length * Input.values().length);
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void theTableLeadsWhereItIsMeantTo(Status from, Input input, Optional<Status> to) {
        assertThat(Transitions.next(from, input)).isEqualTo(to);
        assertThat(Transitions.all().contains(new Transition(from, input, to.orElse(from))))
                .isEqualTo(to.isPresent());
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void anOrderMovesAsTheTableSaysOrNotAtAll(Status from, Input input, Optional<Status> to) {
        ChangeOrder order = orderIn(from);
        UnaryOperator<ChangeOrder> move = move(input);
        if (to.isPresent()) {
            assertThat(move.apply(order).status()).isEqualTo(to.get());
        } else {
            assertThatThrownBy(() -> move.apply(order)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void nothingLeadsOutOfAnEnd() {
        assertThat(Transitions.all()).allMatch(row -> row.from().isLive());
    }

    @Test
    void everyLiveStatusCanBeAborted() {
        assertThat(Arrays.stream(Status.values()).filter(Status::isLive))
                .allMatch(from -> Transitions.next(from, Input.ABORT).equals(Optional.of(Status.ABORTED)));
    }

    @Test
    void everyTransitionIsVisitedByRealDecisions() {
        Set<Transition> rest = new LinkedHashSet<>(Transitions.all());
        Stream.of(
                        aDeploymentThatIsHeldRetriedAndConfirmed(),
                        whatHeldADeploymentHasGone(),
                        anAutomaticReleaseWhoseBatchIsLost(),
                        aManualReleaseWhoseBatchIsLost(),
                        aFailure(),
                        aDeploymentOfWhatIsSettled(),
                        anOrderThatIsHeldBeforeItIsPlanned())
                .flatMap(story -> story.history().stream())
                .forEach(event -> visited(event).ifPresent(rest::remove));
        Arrays.stream(Status.values()).filter(Status::isLive).forEach(from -> rest.remove(abortedFrom(from)));
        Arrays.stream(Status.values()).filter(Status::isLive).forEach(from -> rest.remove(unreadableFrom(from)));
        assertThat(rest).as("declared, but no decision leads along them").isEmpty();
    }

    @Test
    void theDocumentIsGeneratedFromTheTable() throws IOException {
        Path document = Path.of(System.getProperty("basedir", "."), "..", "docs", "change-order-states.md");
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(document.getParent());
            Files.writeString(document, StatesDocument.render(), UTF_8);
        }
        assertThat(document)
                .as("docs/change-order-states.md is not what the table says; write it anew with -Ddocs.write=true")
                .content(UTF_8)
                .isEqualTo(StatesDocument.render());
    }

    @Test
    void theReadmeShowsTheSameDiagram() throws IOException {
        assertThat(Path.of(System.getProperty("basedir", "."), "..", "README.md"))
                .as("copy the diagram of docs/change-order-states.md")
                .content(UTF_8)
                .contains(StatesDocument.diagram());
    }

    // ---- stories that walk the table

    private static Story aDeploymentThatIsHeldRetriedAndConfirmed() {
        Story story = Story.of(4);
        story.open(story.deployment(R2, FOUR.withStrategy(MANUAL)).withLimits(new Limits(4, 4, Timing.DEFAULT)))
                .run()
                .retry(limits -> new Limits(1, 4, limits.timing()));
        return story.run().confirm().run();
    }

    private static Story whatHeldADeploymentHasGone() {
        Story story = Story.of(4);
        story.open(story.deployment(R2, FOUR).withLimits(new Limits(4, 4, Timing.DEFAULT)))
                .run();
        story.world.becomesUnready(entry(R1));
        story.step();
        assertThat(story.last().attention()).isEmpty();
        return story;
    }

    private static Story anAutomaticReleaseWhoseBatchIsLost() {
        Story story = Story.of(4).deploy(R2, FOUR.withStrategy(AUTOMATIC)).runUntil(Status.AWAITING_NEXT_BATCH);
        story.pass(Duration.ofSeconds(59)).world.becomesUnready(entry(R2));
        story.runUntil(Status.RUNNING).world.becomesReady();
        return story.run();
    }

    private static Story aManualReleaseWhoseBatchIsLost() {
        Story story = Story.of(4).deploy(R2, FOUR.withStrategy(MANUAL)).run();
        story.world.becomesUnready(entry(R2));
        story.refuse(story.confirmed());
        return story;
    }

    private static Story aFailure() {
        Story story = Story.of(4);
        story.world.nature(R2, Nature.EXITS_AT_ONCE);
        return story.deploy(R2, FOUR).run();
    }

    private static Story aDeploymentOfWhatIsSettled() {
        return Story.of(4).deploy(R1, FOUR);
    }

    private static Story anOrderThatIsHeldBeforeItIsPlanned() {
        return Story.of(4).deploy(R2, FOUR).reachable(false).run().retry();
    }

    private static Optional<Transition> visited(Event event) {
        return event.what() instanceof Happening.OrderMoved moved
                ? Optional.of(new Transition(moved.from(), moved.input(), moved.to()))
                : Optional.empty();
    }

    /** A person aborts an order in this status; some statuses have no other way in or out yet. */
    private static Transition abortedFrom(Status from) {
        Story story = Story.of(4).deploy(R2, FOUR.withStrategy(MANUAL));
        ChangeOrder order = inStatus(story.last(), from);
        Decision.Accepted aborted = (Decision.Accepted) Aborting.abort(
                new ApplicationState(story.application(), Optional.of(order)),
                new Aborting.Case(true, true, false, Optional.of(order), Optional.empty()),
                story.occasion());
        return aborted.events().stream()
                .flatMap(event -> visited(event).stream())
                .findFirst()
                .orElseThrow();
    }

    /** The store can't read the live order any more, but knows where it was. */
    private static Transition unreadableFrom(Status from) {
        Story story = Story.of(4).deploy(R2, FOUR.withStrategy(MANUAL));
        ChangeOrder lost = inStatus(story.last(), from);
        Decision.Accepted ended = Unreadable.end(
                new ApplicationState(story.application(), Optional.of(lost)), Occasion.engine(story.now()));
        assertThat(ended.application().liveOrder()).isEmpty();
        assertThat(ended.application().fence())
                .isGreaterThan(story.application().fence());
        assertThat(ended.application().settled()).isEqualTo(story.application().settled());
        assertThat(ended.order(lost.id()).orElseThrow().ending().orElseThrow().by())
                .isEqualTo(Actor.ENGINE);
        return ended.events().stream()
                .flatMap(event -> visited(event).stream())
                .findFirst()
                .orElseThrow();
    }

    // ---- orders in any status, and the methods that move them

    private static ChangeOrder orderIn(Status status) {
        return inStatus(Story.of(4).deploy(R2, FOUR.withStrategy(MANUAL)).last(), status);
    }

    private static ChangeOrder inStatus(ChangeOrder order, Status status) {
        List<Batch> batches = List.of(
                Batch.planned(new BatchId("b-1"), Composition.of(entry(R1), 2).with(entry(R2), 2)),
                Batch.planned(new BatchId("b-2"), Composition.of(entry(R2), 4)));
        boolean planned = status != Status.PREPARING;
        Progress progress = new Progress(
                status,
                planned ? batches : List.of(),
                isWaiting(status) ? 1 : 0,
                Stopwatch.startedAt(Story.START),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new ChangeOrder(
                order.id(),
                order.application(),
                order.change(),
                order.createdBy(),
                order.createdAt(),
                order.fence(),
                order.lease(),
                progress,
                order.undoes(),
                order.undoneBy(),
                status.isLive() ? Optional.empty() : Optional.of(ending()),
                order.proof());
    }

    private static boolean isWaiting(Status status) {
        return switch (status) {
            case AWAITING_CONFIRMATION, AWAITING_NEXT_BATCH -> true;
            case PREPARING, RUNNING, AWAITING_APPROVAL, APPROVED, SUCCEEDED, FAILED, ABORTED, SYSTEM_FAILED -> false;
        };
    }

    private static Ending ending() {
        return new Ending(Actor.ENGINE, Story.START, Optional.empty());
    }

    private static UnaryOperator<ChangeOrder> move(Input input) {
        return switch (input) {
            case PLANNED ->
                order -> order.planned(List.of(Batch.planned(new BatchId("b-1"), Composition.EMPTY)), Story.START);
            case NOTHING_TO_DO -> order -> order.succeeded(Input.NOTHING_TO_DO, List.of(), ending());
            case BATCH_DONE_CONFIRM_NEXT -> order -> order.batchDone(List.of(), Story.START, Optional.empty());
            case BATCH_DONE_WAIT_NEXT -> order -> order.batchDone(List.of(), Story.START, Optional.of(Story.START));
            case LAST_BATCH_DONE -> order -> order.succeeded(Input.LAST_BATCH_DONE, List.of(), ending());
            case NEXT_BATCH -> order -> order.nextBatch(Story.START);
            case BATCH_LOST -> order -> order.batchLost(Story.START);
            case FAIL -> order -> order.failed(List.of(), ending());
            case ABORT -> order -> order.aborted(ending());
            case HOLD -> order -> order.held(new Attention.LimitsBlock());
            case CLEAR -> ChangeOrder::cleared;
            case RETRY -> order -> order.retried(order.change().limits(), Set.of(), Story.START);
            case UNREADABLE -> order -> order.unreadable(ending());
        };
    }

    private static Optional<Status> status(String cell) {
        return switch (cell) {
            case "PREP" -> Optional.of(Status.PREPARING);
            case "RUNN" -> Optional.of(Status.RUNNING);
            case "CONF" -> Optional.of(Status.AWAITING_CONFIRMATION);
            case "NEXT" -> Optional.of(Status.AWAITING_NEXT_BATCH);
            case "SUCC" -> Optional.of(Status.SUCCEEDED);
            case "FAIL" -> Optional.of(Status.FAILED);
            case "ABOR" -> Optional.of(Status.ABORTED);
            case "SYST" -> Optional.of(Status.SYSTEM_FAILED);
            default -> Optional.empty();
        };
    }
}
