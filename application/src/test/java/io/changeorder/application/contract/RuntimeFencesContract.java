package io.changeorder.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Instance;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every runtime does with fences: who may touch what, and what grows after a raise. */
abstract class RuntimeFencesContract extends RuntimeContractTerms {
    // ---- 3 and 4: fences

    @Test
    void aCallWithAnOlderFenceChangesNothing() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F2);
        awaitReady(entry, 2);
        List<Instance> before = instances();
        assertThat(scale(entry, 3, F1)).isEqualTo(ScaleResult.STALE_FENCE);
        assertThat(scale(entry, 0, F1)).isEqualTo(ScaleResult.STALE_FENCE);
        assertThat(runtime().startAfresh(APP, Set.copyOf(ids()), F1)).isEqualTo(ScaleResult.STALE_FENCE);
        runtime().release(APP, F1);
        fixture.settle();
        assertThat(instances()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aCallWithAnOlderFenceThanARaiseChangesNothing() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        List<Instance> before = instances();
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        assertThat(scale(entry, 3, F1)).isEqualTo(ScaleResult.STALE_FENCE);
        assertThat(scale(entry, 0, F1)).isEqualTo(ScaleResult.STALE_FENCE);
        fixture.settle();
        assertThat(instances()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void fencesAreRememberedOverAReopening() {
        Entry entry = anEntryOf(fixture.ready("1"));
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        fixture.reopen();
        assertThat(scale(entry, 1, F1)).isEqualTo(ScaleResult.STALE_FENCE);
        assertThat(scale(entry, 1, F2)).isEqualTo(ScaleResult.INITIATED);
    }

    @Test
    void theFirstFenceOfAnApplicationIsZero() {
        Entry entry = anEntryOf(fixture.ready("1"));
        assertThat(scale(entry, 1, Fence.ZERO)).isEqualTo(ScaleResult.INITIATED);
        awaitReady(entry, 1);
        fixture.reopen();
        assertThat(scale(entry, 2, Fence.ZERO)).isEqualTo(ScaleResult.INITIATED);
        awaitReady(entry, 2);
        assertThat(runtime().raise(APP, F1, LONG)).isTrue();
        assertThat(scale(entry, 0, Fence.ZERO)).isEqualTo(ScaleResult.STALE_FENCE);
    }

    @Test
    void aFenceBelongsToOneApplication() {
        Entry entry = anEntryOf(fixture.ready("1"));
        assertThat(runtime().raise(APP, F3, LONG)).isTrue();
        assertThat(runtime().scale(OTHER_APP, entry, revisions.get(entry), 1, F1))
                .isEqualTo(ScaleResult.INITIATED);
        assertThat(runtime().observe(OTHER_APP).composition()).isEqualTo(Composition.of(entry, 1));
    }

    @Test
    void raisingTwiceOrWithAnOlderFenceIsHarmless() {
        Entry entry = anEntryOf(fixture.ready("1"));
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        assertThat(runtime().raise(APP, F1, LONG)).isTrue();
        assertThat(scale(entry, 1, F1)).isEqualTo(ScaleResult.STALE_FENCE);
        assertThat(scale(entry, 1, F2)).isEqualTo(ScaleResult.INITIATED);
        awaitReady(entry, 1);
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        fixture.kill(APP, only(ids()));
        awaitExits(1);
        fixture.pass(BACK_OFF);
        awaitReady(entry, 1);
    }

    @Test
    void aScaleThatFrozeBeforeARaiseHasNoEffectAfterIt() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        ParkedCall parked = fixture.parkNextScale();
        CompletableFuture<ScaleResult> frozen = CompletableFuture.supplyAsync(() -> scale(entry, 3, F1));
        parked.awaitArrival();
        boolean confirmedAtOnce = runtime().raise(APP, F2, SHORT);
        assertThat(frozen).as("it is held all the time").isNotDone();
        if (!confirmedAtOnce) {
            // It says itself that the frozen call may still have an effect: then it is let go, and must be over.
            parked.release();
            fixture.await("the raise is confirmed", () -> runtime().raise(APP, F2, SHORT));
        }
        List<InstanceId> afterRaise = ids();
        parked.release();
        assertThat(frozen).succeedsWithin(LONG);
        if (confirmedAtOnce) {
            assertThat(frozen).isCompletedWithValue(ScaleResult.STALE_FENCE);
        }
        fixture.settle();
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(afterRaise);
        assertThat(scale(entry, 3, F1)).isEqualTo(ScaleResult.STALE_FENCE);
    }

    @Test
    void ofManyScalesAtOnceWithARaiseNoneHasAnEffectAfterIt() {
        Entry entry = anEntryOf(fixture.ready("1"));
        List<CompletableFuture<ScaleResult>> scales = IntStream.rangeClosed(1, 4)
                .mapToObj(count -> CompletableFuture.supplyAsync(() -> scale(entry, count, F1)))
                .toList();
        fixture.await("the raise is confirmed", () -> runtime().raise(APP, F2, SHORT));
        List<InstanceId> afterRaise = staying();
        assertThat(scales).allSatisfy(scale -> assertThat(scale).succeedsWithin(LONG));
        fixture.settle();
        assertThat(staying()).containsExactlyInAnyOrderElementsOf(afterRaise);
        assertThat(scale(entry, 5, F1)).isEqualTo(ScaleResult.STALE_FENCE);
    }

    @Test
    void aHeldCallOfOneApplicationHoldsUpNoOther() {
        Entry entry = anEntryOf(fixture.ready("1"));
        ParkedCall parked = fixture.parkNextScale();
        CompletableFuture<ScaleResult> frozen = CompletableFuture.supplyAsync(() -> scale(entry, 1, F1));
        parked.awaitArrival();
        assertThat(runtime().raise(OTHER_APP, F2, LONG)).isTrue();
        assertThat(runtime().scale(OTHER_APP, entry, revisions.get(entry), 1, F2))
                .isEqualTo(ScaleResult.INITIATED);
        assertThat(runtime().observe(OTHER_APP).composition()).isEqualTo(Composition.of(entry, 1));
        assertThat(frozen).as("it is held all the time").isNotDone();
        parked.release();
        assertThat(frozen).succeedsWithin(LONG).isEqualTo(ScaleResult.INITIATED);
        awaitReady(entry, 1);
    }

    // ---- 5: nothing grows after a raise

    @Test
    void anInstanceThatExitsAfterARaiseIsNotReplacedUntilTheNextScale() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        fixture.kill(APP, ids().get(0));
        fixture.await("the instance is gone", () -> instances().size() == 1);
        fixture.pass(BACK_OFF.multipliedBy(2));
        fixture.settle();
        assertThat(instances()).hasSize(1);
        scale(entry, 2, F2);
        awaitReady(entry, 2);
    }

    @Test
    void anInstanceThatWasBackingOffWhenTheFenceWasRaisedIsNotStartedAgain() {
        Entry entry = anEntryOf(fixture.exitsAtOnce("1"));
        scale(entry, 1, F1);
        awaitExits(1);
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        fixture.await("it is gone", () -> instances().isEmpty());
        fixture.pass(BACK_OFF.multipliedBy(2));
        fixture.settle();
        assertThat(instances()).isEmpty();
    }

    @Test
    void growthStaysStoppedOverAReopening() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        fixture.reopen();
        fixture.kill(APP, only(ids()));
        fixture.await("the instance is gone", () -> instances().isEmpty());
        fixture.pass(BACK_OFF.multipliedBy(2));
        fixture.settle();
        assertThat(instances()).isEmpty();
    }

    @Test
    void whatWasLostWhileGrowthWasStoppedComesBackOnlyWhereItIsWishedForAgain() {
        Entry first = anEntryOf(fixture.ready("1"));
        Entry second = anEntryOf(fixture.ready("2"));
        scale(first, 1, F1);
        scale(second, 1, F1);
        awaitReady(first, 1);
        awaitReady(second, 1);
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        instances().forEach(instance -> fixture.kill(APP, instance.id()));
        fixture.await("both are gone", () -> instances().isEmpty());
        scale(first, 1, F2);
        awaitReady(first, 1);
        fixture.pass(BACK_OFF.multipliedBy(2));
        fixture.settle();
        assertThat(runtime().observe(APP).composition()).isEqualTo(Composition.of(first, 1));
    }

    @Test
    void stopsThatWereBegunGoOnAfterARaise() {
        Entry entry = anEntryOf(fixture.ignoresTermination("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        scale(entry, 0, F1);
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        awaitGoneBut(0);
    }
}
