package io.changeorder.domain.order;

import static io.changeorder.domain.story.Story.R1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.InstanceFailure;
import io.changeorder.domain.plan.Target;
import io.changeorder.domain.story.Story;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Records guard themselves, and histories too. */
class OrderGuardsTest {
    private static final Instant NOW = Story.START;

    @Test
    void anOrderHasAnEndingExactlyWhenItIsNotLive() {
        ChangeOrder live = Story.of(4).deploy(Story.R2, Settings.of(4)).last();
        assertRefused(() -> new ChangeOrder(
                live.id(),
                live.application(),
                live.change(),
                live.createdBy(),
                NOW,
                live.fence(),
                live.lease(),
                live.progress(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Ending(Actor.ENGINE, NOW, Optional.empty())),
                Optional.empty()));
    }

    @Test
    void progressIsAtOneOfItsBatches() {
        Batch batch = Batch.planned(new BatchId("b"), Composition.EMPTY);
        assertRefused(() -> progress(List.of(batch), 1));
        assertRefused(() -> progress(List.of(), 1));
        assertRefused(() -> progress(List.of(batch), -1));
        assertThat(progress(List.of(batch), 0).isLastBatch()).isTrue();
        assertThat(progress(List.of(batch, batch), 0).isLastBatch()).isFalse();
        assertThat(progress(List.of(batch, batch), 1).isLastBatch()).isTrue();
        assertThat(progress(List.of(), 0).currentBatch()).isEmpty();
    }

    @Test
    void theStateNamesTheLiveOrderOfItsApplication() {
        Story story = Story.of(4).deploy(Story.R2, Settings.of(4));
        assertRefused(() -> new ApplicationState(story.application(), Optional.empty()));
        assertThat(new ApplicationState(story.application(), Optional.of(story.last())).live())
                .isPresent();
    }

    @Test
    void instancesHaveARevisionAndNothingHasNone() {
        assertRefused(() -> new Target(Optional.empty(), 0, 1, false));
        assertRefused(() -> new Target(Optional.of(R1), 0, 0, false));
        assertRefused(() -> Target.restart(new Snapshot.Stopped(R1, Settings.of(1)), 1));
    }

    @Test
    void onlyARunningInstanceIsReady() {
        assertRefused(() -> instance(Instance.State.STOPPING, Optional.of(NOW), 0));
        assertRefused(() -> instance(Instance.State.BACKING_OFF, Optional.of(NOW), 0));
        assertRefused(() -> instance(Instance.State.RUNNING, Optional.empty(), -1));
        assertThat(instance(Instance.State.RUNNING, Optional.of(NOW), 0).isStopping())
                .isFalse();
    }

    @Test
    void idsAreVisibleAsciiOfASensibleLength() {
        assertRefused(() -> new ChangeOrderId(""));
        assertRefused(() -> new ApplicationId("a b"));
        assertRefused(() -> new BatchId("é"));
        assertRefused(() -> new InstanceId("a\n"));
        assertRefused(() -> new NodeId("x".repeat(65)));
        assertRefused(() -> new Actor(""));
        assertThat(new Actor("~".repeat(64))).hasToString("~".repeat(64));
        assertThat(new ChangeOrderId("!")).hasToString("!");
        assertThat(new ApplicationId("a")).hasToString("a");
        assertThat(new BatchId("b")).hasToString("b");
        assertThat(new InstanceId("i")).hasToString("i");
        assertThat(new NodeId("n")).hasToString("n");
        assertThat(new InstanceId("a")).isLessThan(new InstanceId("b"));
        assertThat(new ChangeOrderId("a")).isLessThan(new ChangeOrderId("b"));
        assertThat(new ApplicationId("a")).isLessThan(new ApplicationId("b"));
        assertThat(new BatchId("a")).isLessThan(new BatchId("b"));
        assertThat(new NodeId("a")).isLessThan(new NodeId("b"));
    }

    @Test
    void aFenceOnlyGrows() {
        assertRefused(() -> new Fence(-1));
        assertThat(new Fence(0)).isEqualTo(Fence.ZERO);
        assertThat(Fence.ZERO.next()).isEqualTo(new Fence(1)).isGreaterThan(Fence.ZERO);
        assertThat(Fence.ZERO.isOlderThan(Fence.ZERO.next())).isTrue();
        assertThat(Fence.ZERO.isOlderThan(Fence.ZERO)).isFalse();
        assertThat(new Fence(7)).hasToString("7");
    }

    @Test
    void theSameFailureInOtherWordsIsTheSame() {
        Attention failed = failed("i-1", "exited with 1");
        assertThat(failed.isAsGoodAs(failed("i-1", "exited with 2"))).isTrue();
        assertThat(failed.isAsGoodAs(failed("i-2", "exited with 1"))).isFalse();
        Attention incomplete = incomplete("changed", "1 s ago");
        assertThat(incomplete.isAsGoodAs(incomplete("changed", "2 s ago"))).isTrue();
        assertThat(incomplete.isAsGoodAs(incomplete("gone", "1 s ago"))).isFalse();
        assertThat(incomplete.isAsGoodAs(failed)).isFalse();
        assertThat(new Attention.LimitsBlock().isAsGoodAs(new Attention.LimitsBlock()))
                .isTrue();
        assertThat(new Attention.LimitsBlock().isAsGoodAs(new Attention.DeadlinePassed()))
                .isFalse();
    }

    @Test
    void aRetryAddsToWhatWasStillToReplace() {
        ChangeOrder order = Story.of(4).deploy(Story.R2, Settings.of(4)).last();
        InstanceId one = new InstanceId("one");
        InstanceId two = new InstanceId("two");
        ChangeOrder twice = order.retried(order.change().limits(), Set.of(one), NOW)
                .retried(order.change().limits(), Set.of(two), NOW);
        assertThat(twice.progress().freshStart().orElseThrow()).containsExactlyInAnyOrder(one, two);
        assertThat(twice.freshlyStarted(Set.of(one)).progress().freshStart().orElseThrow())
                .containsExactly(two);
        assertThat(twice.freshlyStarted(Set.of(one, two)).progress().freshStart())
                .isEmpty();
        assertThat(order.freshlyStarted(Set.of()).progress().freshStart()).isEmpty();
    }

    // ---- histories

    @Test
    void aHistoryHasNoGaps() {
        Event first = event(1, new Happening.ApplicationCreated("hello", ""));
        assertThat(HistoryFold.fold(List.of(first)).name()).isEqualTo("hello");
        assertRefused(() -> HistoryFold.fold(List.of(first, first)));
        assertRefused(() -> HistoryFold.fold(List.of(event(2, new Happening.ApplicationCreated("hello", "")))));
        assertRefused(() -> event(0, new Happening.ApplicationCreated("hello", "")));
    }

    @Test
    void noOrderMovesAsNoOrderCan() {
        Event opened = event(
                1,
                new Happening.OrderOpened(
                        new ChangeOrderId("o"),
                        ChangeOrderType.DEPLOY,
                        new Snapshot.NotDeployed(),
                        new Snapshot.NotDeployed(),
                        0,
                        Optional.empty()));
        assertThat(HistoryFold.fold(List.of(opened, moved(Input.PLANNED, Status.PREPARING, Status.RUNNING)))
                        .orders()
                        .get(new ChangeOrderId("o"))
                        .status())
                .isEqualTo(Status.RUNNING);
        assertRefused(() -> HistoryFold.fold(List.of(opened, moved(Input.PLANNED, Status.RUNNING, Status.RUNNING))));
        assertRefused(() -> HistoryFold.fold(List.of(opened, moved(Input.PLANNED, Status.PREPARING, Status.ABORTED))));
        assertRefused(() -> HistoryFold.fold(List.of(opened, moved(Input.FAIL, Status.PREPARING, Status.FAILED))));
        assertRefused(() -> HistoryFold.fold(List.of(
                event(1, new Happening.ApplicationCreated("hello", "")),
                moved(Input.PLANNED, Status.PREPARING, Status.RUNNING))));
    }

    private static Event moved(Input input, Status from, Status to) {
        return event(
                2,
                new Happening.OrderMoved(
                        new ChangeOrderId("o"), input, from, to, 0, Optional.empty(), Optional.empty()));
    }

    private static Event event(long number, Happening what) {
        return new Event(new ApplicationId("a"), number, NOW, Actor.ENGINE, Fence.ZERO, what);
    }

    private static Attention failed(String instance, String words) {
        return new Attention.InstanceFailed(
                new InstanceFailure(new InstanceId(instance), InstanceFailure.Kind.EXITED_TOO_OFTEN, words));
    }

    private static Attention incomplete(String expected, String found) {
        return new Attention.RestoreIncomplete(List.of(
                new Difference(Difference.Kind.ENVIRONMENT, Optional.of(new InstanceId("i")), expected, found)));
    }

    private static Progress progress(List<Batch> batches, int current) {
        return new Progress(
                Status.RUNNING,
                batches,
                current,
                Stopwatch.startedAt(NOW),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Instance instance(Instance.State state, Optional<Instant> readySince, int exits) {
        return new Instance(new InstanceId("i"), Story.entry(R1), state, NOW, readySince, exits, "");
    }

    private static void assertRefused(ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class);
    }
}
