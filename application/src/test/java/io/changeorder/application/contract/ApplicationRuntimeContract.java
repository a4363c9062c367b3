package io.changeorder.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime.Preparation;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * What an {@link ApplicationRuntime} guarantees, also about {@linkplain RuntimeFencesContract fences} and {@linkplain
 * RuntimeProofContract proofs}; an adapter's test is a subclass that makes a fixture.
 */
public abstract class ApplicationRuntimeContract extends RuntimeProofContract {
    // ---- 1: scale is idempotent and only initiates

    @Test
    void anApplicationThatWasNeverScaledHasNoInstancesThoughAnotherHas() {
        Entry entry = anEntryOf(fixture.ready("1"));
        assertThat(runtime().observe(OTHER_APP).instances()).isEmpty();
        scale(entry, 1, F1);
        assertThat(runtime().observe(OTHER_APP).instances()).isEmpty();
        assertThat(runtime().observe(APP).composition()).isEqualTo(Composition.of(entry, 1));
    }

    @Test
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
    void scalingToNothingEndsEveryInstance() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        scale(entry, 0, F1);
        awaitGoneBut(0);
    }

    @Test
    void scalingNeverWaitsForAnInstanceToBecomeReady() {
        Entry entry = anEntryOf(fixture.neverReady("1"));
        assertThat(scale(entry, 2, F1)).isEqualTo(ScaleResult.INITIATED);
        assertThat(instances())
                .hasSize(2)
                .allSatisfy(instance -> assertThat(instance.readySince()).isEmpty());
    }

    @Test
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
    void scalingAnEntryLeavesTheOtherEntriesAndApplicationsAlone() {
        Entry first = anEntryOf(fixture.ready("1"));
        Entry second = anEntryOf(fixture.ready("2"));
        Entry secondGeneration = new Entry(first.revision(), 1);
        revisions.put(secondGeneration, revisions.get(first));
        scale(first, 1, F1);
        scale(second, 1, F1);
        scale(secondGeneration, 1, F1);
        runtime().scale(OTHER_APP, first, revisions.get(first), 1, F1);
        awaitReady(first, 1);
        awaitReady(second, 1);
        awaitReady(secondGeneration, 1);
        scale(first, 0, F1);
        awaitGoneBut(2);
        assertThat(runtime().observe(APP).composition())
                .isEqualTo(Composition.of(second, 1).with(secondGeneration, 1));
        assertThat(runtime().observe(OTHER_APP).composition()).isEqualTo(Composition.of(first, 1));
    }

    // ---- 2: the standing wish

    @Test
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

    // ---- 6: observe looks at the world

    @Test
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
    void whatARaiseLetGoOfIsNotSeenAfterIt() {
        Entry entry = anEntryOf(fixture.exitsAtOnce("1"));
        scale(entry, 1, F1);
        awaitExits(1);
        assertThat(runtime().raise(APP, F2, LONG)).isTrue();
        assertThat(instances()).isEmpty();
    }

    @Test
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
    void anInstanceThatDiedIsNotSeenAsReady() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        fixture.kill(APP, only(ids()));
        fixture.await("it is not ready", () -> only(instances()).readySince().isEmpty());
        assertThat(only(instances()).state()).isEqualTo(Instance.State.BACKING_OFF);
    }

    @Test
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

    // ---- 7: the order of going

    @Test
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

    // ---- startAfresh

    @Test
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

    // ---- prepare, release

    @Test
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
    void whatCantBeRunIsRefusedWithTheParameterThatIsTheReason() {
        Preparation preparation = runtime().prepare(fixture.unusable());
        assertThat(preparation).isInstanceOfSatisfying(Preparation.Unusable.class, unusable -> {
            assertThat(unusable.parameter()).isNotEmpty();
            assertThat(unusable.why()).isNotEmpty();
        });
    }

    @Test
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
    void releasingAnApplicationThatNeverWasIsHarmless() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        runtime().release(OTHER_APP, F1);
        assertThat(runtime().observe(OTHER_APP).instances()).isEmpty();
        awaitReady(entry, 1);
        assertThat(runtime().scale(OTHER_APP, entry, revisions.get(entry), 1, F1))
                .isEqualTo(ScaleResult.INITIATED);
        assertThat(runtime().observe(OTHER_APP).composition()).isEqualTo(Composition.of(entry, 1));
    }
}
