package io.changeorder.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime.Preparation;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an {@link ApplicationRuntime} guarantees; an adapter's test is a subclass that makes a fixture. */
public abstract class ApplicationRuntimeContract {
    private static final ApplicationId APP = new ApplicationId("018f4c3e-0000-7000-8000-000000000001");
    private static final ApplicationId OTHER_APP = new ApplicationId("018f4c3e-0000-7000-8000-000000000002");
    private static final Fence F1 = new Fence(1);
    private static final Fence F2 = new Fence(2);
    private static final Fence F3 = new Fence(3);
    private static final Duration LONG = Duration.ofSeconds(20);
    /** One each: the JDK's common pool may have a single thread, and what is held would hold up the next. */
    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "contract");
        thread.setDaemon(true);
        thread.start();
    };

    private static final Set<Thread.State> WAITING =
            EnumSet.of(Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TIMED_WAITING);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);
    private static final Duration FORGETTING = Duration.ofMinutes(10);

    private final Map<Entry, Revision> revisions = new HashMap<>();
    private RuntimeFixture fixture;

    /** A fixture over a world of its own, with an open runtime. */
    protected abstract RuntimeFixture makeFixture();

    @BeforeEach
    void makeTheFixture() {
        fixture = makeFixture();
    }

    @AfterEach
    void closeTheFixture() {
        fixture.close();
    }

    @Test
    @Guarantee("Entries are apart")
    void anApplicationThatWasNeverScaledHasNoInstancesThoughAnotherHas() {
        Entry entry = anEntryOf(fixture.ready("1"));
        assertThat(runtime().observe(OTHER_APP).instances()).isEmpty();
        scale(entry, 1, F1);
        assertThat(runtime().observe(OTHER_APP).instances()).isEmpty();
        assertThat(runtime().observe(APP).composition()).isEqualTo(Composition.of(entry, 1));
    }

    @Test
    @Guarantee("Counts are reached")
    void scalingUpBringsSoManyReadyInstances() {
        Entry entry = anEntryOf(fixture.ready("1"));
        assertThat(scale(entry, 3, F1)).isEqualTo(ScaleResult.INITIATED);
        awaitReady(entry, 3);
        assertThat(instances()).hasSize(3).allSatisfy(instance -> {
            assertThat(instance.entry()).isEqualTo(entry);
            assertThat(instance.state()).isEqualTo(Instance.State.RUNNING);
            assertThat(instance.exits()).isZero();
        });
        assertThat(instances()).extracting(Instance::id).doesNotHaveDuplicates();
    }

    @Test
    @Guarantee("Scaling twice is scaling once")
    void scalingTwiceToTheSameCountChangesNothing() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        List<InstanceId> before = ids();
        scale(entry, 2, F1);
        fixture.settle();
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    @Guarantee("Counts are reached")
    void scalingDownEndsInstancesAndLeavesTheOthersAlone() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 3, F1);
        awaitReady(entry, 3);
        List<InstanceId> before = ids();
        scale(entry, 1, F1);
        awaitGoneBut(1);
        assertThat(before).containsAll(ids());
        assertThat(only(ids())).isIn(before);
    }

    @Test
    @Guarantee("Counts are reached")
    void scalingToNothingEndsEveryInstance() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        scale(entry, 0, F1);
        awaitGoneBut(0);
    }

    @Test
    @Guarantee("Scaling initiates")
    void scalingNeverWaitsForAnInstanceToBecomeReady() {
        Entry entry = anEntryOf(fixture.neverReady("1"));
        assertThat(scale(entry, 2, F1)).isEqualTo(ScaleResult.INITIATED);
        assertThat(instances())
                .hasSize(2)
                .allSatisfy(instance -> assertThat(instance.readySince()).isEmpty());
    }

    @Test
    @Guarantee("Scaling initiates")
    void scalingNeverWaitsForAnInstanceToEnd() {
        Entry entry = anEntryOf(fixture.ignoresTermination("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        assertThat(scale(entry, 0, F1)).isEqualTo(ScaleResult.INITIATED);
        assertThat(instances())
                .extracting(Instance::state)
                .as("what was told to go and still exists is seen")
                .containsExactly(Instance.State.STOPPING);
        awaitGoneBut(0);
    }

    @Test
    @Guarantee("Entries are apart")
    void scalingAnEntryLeavesTheOtherEntriesAndApplicationsAlone() {
        Entry first = anEntryOf(fixture.ready("1"));
        Entry second = anEntryOf(fixture.ready("2"));
        Entry secondGeneration = new Entry(first.revision(), 1);
        revisions.put(secondGeneration, content(first));
        scale(first, 1, F1);
        scale(second, 1, F1);
        scale(secondGeneration, 1, F1);
        runtime().scale(OTHER_APP, first, content(first), 1, F1);
        awaitReady(first, 1);
        awaitReady(second, 1);
        awaitReady(secondGeneration, 1);
        scale(first, 0, F1);
        awaitGoneBut(2);
        assertThat(runtime().observe(APP).composition())
                .isEqualTo(Composition.of(second, 1).with(secondGeneration, 1));
        assertThat(runtime().observe(OTHER_APP).composition()).isEqualTo(Composition.of(first, 1));
    }

    @Test
    @Guarantee("A wish stands")
    void anInstanceThatExitsIsStartedAgainAfterABackOffUnderItsOwnName() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        List<InstanceId> before = ids();
        fixture.kill(APP, before.get(0));
        fixture.await("the exit is noticed", () -> find(before.get(0)).exits() == 1);
        assertThat(find(before.get(0)).detail()).isNotEmpty();
        fixture.pass(BACK_OFF);
        awaitReady(entry, 2);
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(find(before.get(0)).exits()).isEqualTo(1);
        assertThat(find(before.get(1)).exits()).isZero();
    }

    @Test
    @Guarantee("Back-off doubles")
    void backOffDoublesWithEachExit() {
        Entry entry = anEntryOf(fixture.exitsAtOnce("1"));
        scale(entry, 1, F1);
        awaitExits(1);
        fixture.pass(BACK_OFF);
        awaitExits(2);
        assertThat(only(instances()).state()).isEqualTo(Instance.State.BACKING_OFF);
        assertThat(only(instances()).readySince()).isEmpty();
        fixture.pass(BACK_OFF.multipliedBy(2));
        awaitExits(3);
        fixture.pass(BACK_OFF.multipliedBy(4));
        awaitExits(4);
    }

    @Test
    @Guarantee("Back-off doubles")
    void backOffIsNeverLongerThanAMinute() {
        Entry entry = anEntryOf(fixture.exitsAtOnce("1"));
        scale(entry, 1, F1);
        for (int exits = 1; exits < 9; exits++) {
            awaitExits(exits);
            fixture.pass(Duration.ofSeconds(Math.min(60, 1L << (exits - 1))));
        }
        awaitExits(9);
    }

    @Test
    @Guarantee("Exits are counted")
    void exitsAreForgottenAfterTenMinutesOfRunning() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        fixture.kill(APP, only(ids()));
        awaitExits(1);
        fixture.pass(BACK_OFF);
        awaitReady(entry, 1);
        assertThat(only(instances()).exits()).isEqualTo(1);
        fixture.pass(FORGETTING);
        fixture.await("exits are forgotten", () -> only(instances()).exits() == 0);
        assertThat(only(instances()).readySince()).isPresent();
    }

    @Test
    @Guarantee("A wish stands")
    void theStandingWishOutlivesTheRuntime() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        List<InstanceId> before = ids();
        fixture.reopen();
        awaitReady(entry, 2);
        assertThat(ids()).as("the same instances go on").containsExactlyInAnyOrderElementsOf(before);
        fixture.kill(APP, before.get(0));
        fixture.await("the exit is noticed", () -> find(before.get(0)).exits() == 1);
        fixture.pass(BACK_OFF);
        awaitReady(entry, 2);
    }

    @Test
    @Guarantee("Exits are counted")
    void exitsAreRememberedOverAReopening() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        fixture.kill(APP, only(ids()));
        awaitExits(1);
        fixture.reopen();
        assertThat(only(instances()).exits()).isEqualTo(1);
        fixture.pass(BACK_OFF);
        awaitReady(entry, 1);
        assertThat(only(instances()).exits()).isEqualTo(1);
    }

    @Test
    @Guarantee("Old fences are refused")
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
    @Guarantee("Old fences are refused")
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
    @Guarantee("Old fences are refused")
    void fencesAreRememberedOverAReopening() {
        Entry entry = anEntryOf(fixture.ready("1"));
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        fixture.reopen();
        assertThat(scale(entry, 1, F1)).isEqualTo(ScaleResult.STALE_FENCE);
        assertThat(scale(entry, 1, F2)).isEqualTo(ScaleResult.INITIATED);
    }

    @Test
    @Guarantee("Old fences are refused")
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
    @Guarantee("Old fences are refused")
    void aFenceBelongsToOneApplication() {
        Entry entry = anEntryOf(fixture.ready("1"));
        assertThat(runtime().raise(APP, F3, LONG)).isTrue();
        assertThat(runtime().scale(OTHER_APP, entry, content(entry), 1, F1)).isEqualTo(ScaleResult.INITIATED);
        assertThat(runtime().observe(OTHER_APP).composition()).isEqualTo(Composition.of(entry, 1));
    }

    @Test
    @Guarantee("Old fences are refused")
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
    @Guarantee("Entries are apart")
    void aHeldCallOfOneApplicationHoldsUpNoOther() {
        Entry entry = anEntryOf(fixture.ready("1"));
        ParkedCall parked = fixture.parkNextScale();
        CompletableFuture<ScaleResult> frozen = CompletableFuture.supplyAsync(() -> scale(entry, 1, F1), THREADS);
        parked.awaitArrival();
        assertThat(runtime().raise(OTHER_APP, F2, LONG)).isTrue();
        assertThat(runtime().scale(OTHER_APP, entry, content(entry), 1, F2)).isEqualTo(ScaleResult.INITIATED);
        assertThat(runtime().observe(OTHER_APP).composition()).isEqualTo(Composition.of(entry, 1));
        assertThat(frozen).as("it is held all the time").isNotDone();
        parked.release();
        assertThat(frozen).succeedsWithin(LONG).isEqualTo(ScaleResult.INITIATED);
        awaitReady(entry, 1);
    }

    @Test
    @Guarantee("A confirmed raise is final")
    void aScaleThatFrozeBeforeARaiseHasNoEffectAfterIt() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        ParkedCall parked = fixture.parkNextScale();
        CompletableFuture<ScaleResult> frozen = CompletableFuture.supplyAsync(() -> scale(entry, 3, F1), THREADS);
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
    @Guarantee("A confirmed raise is final")
    void ofManyScalesAtOnceWithARaiseNoneHasAnEffectAfterIt() {
        Entry entry = anEntryOf(fixture.ready("1"));
        List<CompletableFuture<ScaleResult>> scales = IntStream.rangeClosed(1, 4)
                .mapToObj(count -> CompletableFuture.supplyAsync(() -> scale(entry, count, F1), THREADS))
                .toList();
        fixture.await("the raise is confirmed", () -> runtime().raise(APP, F2, SHORT));
        List<InstanceId> afterRaise = staying();
        assertThat(scales).allSatisfy(scale -> assertThat(scale).succeedsWithin(LONG));
        fixture.settle();
        assertThat(staying()).containsExactlyInAnyOrderElementsOf(afterRaise);
        assertThat(scale(entry, 5, F1)).isEqualTo(ScaleResult.STALE_FENCE);
    }

    @Test
    @Guarantee("Calls keep their order")
    void aScaleThatFrozeBeforeALaterOneHasNoEffectAfterIt() {
        Entry entry = anEntryOf(fixture.ready("1"));
        ParkedCall parked = fixture.parkNextScale();
        CompletableFuture<ScaleResult> frozen = CompletableFuture.supplyAsync(() -> scale(entry, 3, F1), THREADS);
        parked.awaitArrival();
        FutureTask<ScaleResult> later = new FutureTask<>(() -> scale(entry, 1, F1));
        Thread caller = new Thread(later, "contract");
        caller.setDaemon(true);
        caller.start();
        // It returns before the frozen one, which must not come after it then, or waits for its turn.
        Awaitility.await().atMost(LONG).until(() -> later.isDone() || WAITING.contains(caller.getState()));
        parked.release();
        // It may say that it could not be done.
        Awaitility.await().atMost(LONG).until(frozen::isDone);
        assertThat(later).succeedsWithin(LONG).isEqualTo(ScaleResult.INITIATED);
        fixture.settle();
        assertThat(staying()).hasSize(1);
    }

    @Test
    @Guarantee("Nothing grows after a raise")
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
    @Guarantee("Nothing grows after a raise")
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
    @Guarantee("Nothing grows after a raise")
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
    @Guarantee("What is lost is let go")
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
    @Guarantee("Stops go on")
    void stopsThatWereBegunGoOnAfterARaise() {
        Entry entry = anEntryOf(fixture.ignoresTermination("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        scale(entry, 0, F1);
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        awaitGoneBut(0);
    }

    @Test
    @Guarantee("Nothing seen is older than what returned")
    void whatAReturnedScaleBeganIsSeen() {
        Entry entry = anEntryOf(fixture.ready("1"));
        for (int count = 1; count <= 3; count++) {
            scale(entry, count, F1);
            assertThat(runtime().observe(APP).composition()).isEqualTo(Composition.of(entry, count));
        }
        scale(entry, 1, F1);
        assertThat(runtime().observe(APP).composition()).isEqualTo(Composition.of(entry, 1));
    }

    @Test
    @Guarantee("What is lost is let go")
    void whatARaiseLetGoOfIsNotSeenAfterIt() {
        Entry entry = anEntryOf(fixture.exitsAtOnce("1"));
        scale(entry, 1, F1);
        awaitExits(1);
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        assertThat(instances()).isEmpty();
    }

    @Test
    @Guarantee("Nothing seen is older than what returned")
    void whatAReturnedFreshStartBeganIsSeen() {
        Entry entry = anEntryOf(fixture.ignoresTermination("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        InstanceId replaced = only(ids());
        assertThat(runtime().startAfresh(APP, Set.of(replaced), F1)).isEqualTo(ScaleResult.INITIATED);
        assertThat(find(replaced).isStopping()).isTrue();
        assertThat(staying()).hasSize(1).doesNotContain(replaced);
        awaitGoneBut(1);
    }

    @Test
    @Guarantee("The world is looked at")
    void anInstanceThatIsNoLongerReadyIsSeenToBeUnready() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        InstanceId id = only(ids());
        fixture.setUnready(APP, id, true);
        fixture.await("it is unready", () -> find(id).readySince().isEmpty());
        assertThat(find(id).detail()).isNotEmpty();
        assertThat(find(id).exits()).isZero();
        fixture.setUnready(APP, id, false);
        awaitReady(entry, 1);
    }

    @Test
    @Guarantee("The world is looked at")
    void anInstanceThatDiedIsNotSeenAsReady() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        fixture.kill(APP, only(ids()));
        fixture.await("it is not ready", () -> only(instances()).readySince().isEmpty());
        assertThat(only(instances()).state()).isEqualTo(Instance.State.BACKING_OFF);
    }

    @Test
    @Guarantee("Listeners hear")
    void listenersHearOfChangesInTheWorld() {
        Entry entry = anEntryOf(fixture.ready("1"));
        List<ApplicationId> heard = new CopyOnWriteArrayList<>();
        runtime().onChange(heard::add);
        scale(entry, 1, F1);
        fixture.await("the start is heard of", () -> heard.contains(APP));
        awaitReady(entry, 1);
        fixture.settle();
        heard.clear();
        fixture.kill(APP, only(ids()));
        fixture.await("the exit is heard of", () -> heard.contains(APP));
    }

    @Test
    @Guarantee("The least useful goes first")
    void whatIsNotReadyGoesFirst() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        InstanceId unready = oldest();
        fixture.setUnready(APP, unready, true);
        fixture.await("it is unready", () -> find(unready).readySince().isEmpty());
        scale(entry, 1, F1);
        awaitGoneBut(1);
        assertThat(only(ids())).isNotEqualTo(unready);
    }

    @Test
    @Guarantee("The least useful goes first")
    void whatBecameReadyLastGoesBeforeWhatHasBeenReadyLonger() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        InstanceId oldest = only(ids());
        fixture.pass(Duration.ofMillis(10));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        fixture.pass(Duration.ofMillis(10));
        fixture.setUnready(APP, oldest, true);
        fixture.await("it is unready", () -> find(oldest).readySince().isEmpty());
        fixture.setUnready(APP, oldest, false);
        fixture.pass(Duration.ofMillis(10));
        awaitReady(entry, 2);
        scale(entry, 1, F1);
        awaitGoneBut(1);
        assertThat(only(ids())).isNotEqualTo(oldest);
    }

    @Test
    @Guarantee("The least useful goes first")
    void amongEqualsTheNewestGoesFirst() {
        Entry entry = anEntryOf(fixture.neverReady("1"));
        scale(entry, 1, F1);
        InstanceId oldest = only(ids());
        fixture.pass(Duration.ofMillis(10));
        scale(entry, 2, F1);
        scale(entry, 1, F1);
        awaitGoneBut(1);
        assertThat(only(ids())).isEqualTo(oldest);
    }

    @Test
    @Guarantee("A fresh start forgets")
    void startingAfreshForgetsExitsAndEndsTheBackOff() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        Instance before = only(instances());
        fixture.kill(APP, before.id());
        awaitExits(1);
        assertThat(runtime().startAfresh(APP, Set.of(), F1)).isEqualTo(ScaleResult.INITIATED);
        awaitReady(entry, 1);
        assertThat(only(instances()).id()).isEqualTo(before.id());
        assertThat(only(instances()).exits()).isZero();
        assertThat(only(instances()).countedFrom()).isAfterOrEqualTo(before.countedFrom());
    }

    @Test
    @Guarantee("A fresh start replaces what it names")
    void startingAfreshReplacesTheNamedInstancesAndNoOthers() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        List<InstanceId> before = ids();
        runtime().startAfresh(APP, Set.of(before.get(0), new InstanceId("unknown")), F1);
        awaitGoneBut(2);
        awaitReady(entry, 2);
        assertThat(ids()).contains(before.get(1)).doesNotContain(before.get(0));
    }

    @Test
    @Guarantee("A proof holds where all is right")
    void theProofHoldsWhenTheWorldIsAsItShouldBe() {
        Entry first = anEntryOf(fixture.ready("1"));
        Entry second = anEntryOf(fixture.ready("2"));
        scale(first, 2, F1);
        scale(second, 1, F1);
        awaitReady(first, 2);
        awaitReady(second, 1);
        Proof proof = prove(Composition.of(first, 2).with(second, 1));
        assertThat(proof.differences()).isEmpty();
        assertThat(proof.holds()).isTrue();
        assertThat(proof.evidence()).as("a line for each instance").hasSizeGreaterThanOrEqualTo(3);
        assertThat(String.join("\n", proof.evidence()))
                .contains(ids().stream().map(InstanceId::value).toList());
    }

    @Test
    @Guarantee("A proof holds where all is right")
    void theProofOfNothingHoldsWhenThereIsNothingAndOnlyThen() {
        assertThat(prove(Composition.EMPTY).holds()).isTrue();
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        assertThat(kinds(prove(Composition.EMPTY))).contains(Difference.Kind.COUNT);
        scale(entry, 0, F1);
        fixture.await("it is gone", () -> prove(Composition.EMPTY).holds());
    }

    @Test
    @Guarantee("Nothing seen is older than what returned")
    void theProofIsNotOlderThanAReturnedScale() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        assertThat(prove(Composition.of(entry, 1)).holds()).isTrue();
        scale(entry, 2, F1);
        assertThat(kinds(prove(Composition.of(entry, 1)))).contains(Difference.Kind.COUNT);
    }

    @Test
    @Guarantee("Counts are proved")
    void tooFewInstancesAreADifference() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        assertThat(kinds(prove(Composition.of(entry, 2)))).containsExactly(Difference.Kind.COUNT);
    }

    @Test
    @Guarantee("Counts are proved")
    void tooManyInstancesAreADifference() {
        Entry entry = anEntryOf(fixture.ready("1"));
        Entry other = anEntryOf(fixture.ready("2"));
        scale(entry, 2, F1);
        scale(other, 1, F1);
        awaitReady(entry, 2);
        awaitReady(other, 1);
        assertThat(kinds(prove(Composition.of(entry, 1))))
                .as("one too many of one entry, and another entry that should not be there")
                .containsExactly(Difference.Kind.COUNT, Difference.Kind.COUNT);
    }

    @Test
    @Guarantee("Counts are proved")
    void anInstanceThatIsStillStoppingIsADifference() {
        Entry entry = anEntryOf(fixture.ignoresTermination("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        scale(entry, 0, F1);
        assertThat(kinds(prove(Composition.EMPTY))).contains(Difference.Kind.COUNT);
        awaitGoneBut(0);
        assertThat(prove(Composition.EMPTY).holds()).isTrue();
    }

    @Test
    @Guarantee("Readiness is proved")
    void anInstanceThatIsNotReadyIsADifference() {
        Entry entry = anEntryOf(fixture.neverReady("1"));
        scale(entry, 1, F1);
        Proof proof = prove(Composition.of(entry, 1));
        assertThat(kinds(proof)).contains(Difference.Kind.READINESS);
        assertThat(proof.differences())
                .anySatisfy(difference -> assertThat(difference.instance()).contains(only(ids())));
    }

    @Test
    @Guarantee("Readiness is proved")
    void anInstanceThatHasNotBeenReadyForLongEnoughIsADifference() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        Duration readyFor = Duration.ofMinutes(5);
        assertThat(kinds(runtime().prove(APP, Composition.of(entry, 1), this::content, readyFor)))
                .containsExactly(Difference.Kind.READINESS);
        fixture.pass(readyFor);
        assertThat(runtime()
                        .prove(APP, Composition.of(entry, 1), this::content, readyFor)
                        .holds())
                .isTrue();
    }

    @Test
    @Guarantee("Strangers are found")
    void anInstanceThatNobodyOrderedIsADifferenceThatStartingAfreshMends() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        InstanceId ordered = only(ids());
        fixture.addRogue(APP);
        Proof proof = prove(Composition.of(entry, 1));
        assertThat(kinds(proof)).containsExactly(Difference.Kind.ROGUE);
        assertThat(kinds(prove(Composition.of(entry, 1)))).as("it stays").containsExactly(Difference.Kind.ROGUE);
        runtime().startAfresh(APP, named(proof), F1);
        fixture.await("the rogue is gone", () -> prove(Composition.of(entry, 1)).holds());
        assertThat(ids()).containsExactly(ordered);
    }

    @Test
    @Guarantee("Content is proved")
    void anInstanceThatRunsSomethingElseIsADifferenceThatStartingAfreshMends() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        List<InstanceId> before = ids();
        fixture.change(APP, before.get(0));
        Proof proof = prove(Composition.of(entry, 2));
        assertThat(proof.differences()).isNotEmpty().allSatisfy(difference -> {
            assertThat(difference.instance()).contains(before.get(0));
            assertThat(difference.kind())
                    .isIn(
                            Difference.Kind.EXECUTABLE,
                            Difference.Kind.COMMAND_LINE,
                            Difference.Kind.ENVIRONMENT,
                            Difference.Kind.ARTIFACT);
        });
        runtime().startAfresh(APP, named(proof), F1);
        fixture.await("it was replaced", () -> prove(Composition.of(entry, 2)).holds());
        assertThat(ids()).contains(before.get(1));
    }

    @Test
    @Guarantee("Preparing pins")
    void preparingPinsTheArtifactAndNothingElse() {
        Revision revision = fixture.withArtifact("1");
        Revision once = prepared(revision);
        assertThat(prepared(revision)).isEqualTo(once);
        assertThat(prepared(once)).as("pinning twice is harmless").isEqualTo(once);
        assertThat(once.artifact().flatMap(Artifact::sha256)).isPresent();
        assertThat(once).isEqualTo(revision.withArtifact(once.artifact().orElseThrow()));
        Revision without = fixture.ready("1");
        assertThat(prepared(without)).isEqualTo(without);
    }

    @Test
    @Guarantee("Preparing refuses")
    void whatCantBeRunIsRefusedWithTheParameterThatIsTheReason() {
        Preparation preparation = runtime().prepare(fixture.unusable());
        assertThat(preparation).isInstanceOfSatisfying(Preparation.Unusable.class, unusable -> {
            assertThat(unusable.parameter()).isNotEmpty();
            assertThat(unusable.why()).isNotEmpty();
        });
    }

    @Test
    @Guarantee("Releasing keeps the fence")
    void aReleasedApplicationHasNoInstancesAndItsFenceIsRemembered() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F2);
        awaitReady(entry, 1);
        scale(entry, 0, F2);
        awaitGoneBut(0);
        runtime().release(APP, F2);
        runtime().release(APP, F2);
        assertThat(instances()).isEmpty();
        assertThat(scale(entry, 1, F1)).isEqualTo(ScaleResult.STALE_FENCE);
        fixture.reopen();
        assertThat(scale(entry, 1, F1)).isEqualTo(ScaleResult.STALE_FENCE);
        assertThat(instances()).isEmpty();
    }

    @Test
    @Guarantee("Releasing keeps the fence")
    void releasingAnApplicationThatNeverWasIsHarmless() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        runtime().release(OTHER_APP, F1);
        assertThat(runtime().observe(OTHER_APP).instances()).isEmpty();
        awaitReady(entry, 1);
        assertThat(runtime().scale(OTHER_APP, entry, content(entry), 1, F1)).isEqualTo(ScaleResult.INITIATED);
        assertThat(runtime().observe(OTHER_APP).composition()).isEqualTo(Composition.of(entry, 1));
    }

    // ---- the words of these tests

    private ApplicationRuntime runtime() {
        return fixture.runtime();
    }

    private Revision prepared(Revision revision) {
        return runtime().prepare(revision).match(Preparation.Prepared::revision, unusable -> {
            throw new AssertionError(unusable.why());
        });
    }

    private Entry anEntryOf(Revision revision) {
        Revision prepared = prepared(revision);
        Entry entry = new Entry(prepared.id(), 0);
        revisions.put(entry, prepared);
        return entry;
    }

    private Revision content(Entry entry) {
        return Optional.ofNullable(revisions.get(entry)).orElseThrow();
    }

    private ScaleResult scale(Entry entry, int count, Fence fence) {
        return runtime().scale(APP, entry, content(entry), count, fence);
    }

    private Proof prove(Composition expected) {
        return runtime().prove(APP, expected, this::content, Duration.ZERO);
    }

    private List<Instance> instances() {
        return runtime().observe(APP).instances();
    }

    private List<InstanceId> ids() {
        return instances().stream().map(Instance::id).sorted().toList();
    }

    private List<InstanceId> staying() {
        return instances().stream()
                .filter(Predicate.not(Instance::isStopping))
                .map(Instance::id)
                .sorted()
                .toList();
    }

    private Instance find(InstanceId id) {
        return instances().stream()
                .filter(instance -> instance.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private InstanceId oldest() {
        return instances().stream()
                .min(Comparator.comparing(instance -> instance.readySince().orElseThrow()))
                .orElseThrow()
                .id();
    }

    private void awaitReady(Entry entry, int count) {
        fixture.await(count + " of " + entry + " are ready", () -> {
            List<Instance> of = instances().stream()
                    .filter(instance -> instance.entry().equals(entry))
                    .toList();
            return of.size() == count
                    && of.stream().allMatch(instance -> instance.readySince().isPresent());
        });
    }

    private void awaitExits(int exits) {
        fixture.await(exits + " exits", () -> {
            Instance instance = only(instances());
            return instance.exits() == exits && instance.state() == Instance.State.BACKING_OFF;
        });
    }

    private void awaitGoneBut(int count) {
        fixture.await("only " + count + " exist", () -> instances().size() == count);
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }

    private static List<Difference.Kind> kinds(Proof proof) {
        return proof.differences().stream().map(Difference::kind).toList();
    }

    private static Set<InstanceId> named(Proof proof) {
        return proof.differences().stream()
                .flatMap(difference -> difference.instance().stream())
                .collect(Collectors.toSet());
    }
}
