package io.changeorder.application.contract.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.contract.ApplicationRuntimeContract;
import io.changeorder.application.contract.RuntimeFixture;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A contract that a runtime keeps by doing nothing would be none, and one that bad runtimes keep would be a weak one. */
class ApplicationRuntimeContractTest {
    /** Whether it finds a runtime out that is too early is up to the threads. */
    private static final String RACE = "ofManyScalesAtOnceWithARaiseNoneHasAnEffectAfterIt";

    @Test
    void aRuntimeThatDoesNothingBreaksEveryTest() {
        assertThat(Trial.brokenTests(() -> new Contract(IdleFixture::new)))
                .isEqualTo(Trial.testsOf(ApplicationRuntimeContract.class));
    }

    @Test
    void aRuntimeThatKeepsItBreaksNone() {
        assertThat(brokenBy(runtime -> runtime)).isEmpty();
    }

    @Test
    void aRuntimeThatIgnoresFencesIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::ignoringFences))
                .containsExactly(
                        "aCallWithAnOlderFenceChangesNothing",
                        "aCallWithAnOlderFenceThanARaiseChangesNothing",
                        "aReleasedApplicationHasNoInstancesAndItsFenceIsRemembered",
                        "aScaleThatFrozeBeforeARaiseHasNoEffectAfterIt",
                        "fencesAreRememberedOverAReopening",
                        "ofManyScalesAtOnceWithARaiseNoneHasAnEffectAfterIt",
                        "raisingTwiceOrWithAnOlderFenceIsHarmless",
                        "theFirstFenceOfAnApplicationIsZero");
    }

    @Test
    void aRuntimeThatForgetsFencesOverAReopeningIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::forgettingFencesOverAReopening))
                .containsExactly(
                        "aReleasedApplicationHasNoInstancesAndItsFenceIsRemembered",
                        "fencesAreRememberedOverAReopening",
                        "raisingTwiceOrWithAnOlderFenceIsHarmless");
    }

    @Test
    void aRuntimeThatDoublesARepeatedScaleIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::doublingRepeatedScales))
                .containsExactly(
                        "aHeldCallOfOneApplicationHoldsUpNoOther",
                        "anInstanceThatExitsAfterARaiseIsNotReplacedUntilTheNextScale",
                        "raisingTwiceOrWithAnOlderFenceIsHarmless",
                        "releasingAnApplicationThatNeverWasIsHarmless",
                        "scalingAnEntryLeavesTheOtherEntriesAndApplicationsAlone",
                        "scalingTwiceToTheSameCountChangesNothing",
                        "whatWasLostWhileGrowthWasStoppedComesBackOnlyWhereItIsWishedForAgain");
    }

    @Test
    void aRuntimeThatConfirmsARaiseBeforeAHeldCallIsOverIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::confirmingARaiseTooEarly))
                .filteredOn(test -> !test.equals(RACE))
                .containsExactly("aScaleThatFrozeBeforeARaiseHasNoEffectAfterIt");
    }

    @Test
    void aRuntimeThatLetsAHeldCallComeAfterALaterOneIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::overtakingAHeldCall))
                .filteredOn(test -> !test.equals(RACE))
                .containsExactly("aScaleThatFrozeBeforeALaterOneHasNoEffectAfterIt");
    }

    @Test
    void aRuntimeThatLetsThingsGrowAfterARaiseIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::growingAfterARaise))
                .containsExactly(
                        "anInstanceThatExitsAfterARaiseIsNotReplacedUntilTheNextScale",
                        "growthStaysStoppedOverAReopening",
                        "whatWasLostWhileGrowthWasStoppedComesBackOnlyWhereItIsWishedForAgain");
    }

    @Test
    void aRuntimeThatObservesFromBeforeARaiseIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::observingFromBeforeARaise))
                .filteredOn(test -> !test.equals(RACE))
                .containsExactly(
                        "aFenceBelongsToOneApplication",
                        "aHeldCallOfOneApplicationHoldsUpNoOther",
                        "whatARaiseLetGoOfIsNotSeenAfterIt");
    }

    @Test
    void aRuntimeThatProvesFromBeforeAScaleIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::provingFromBeforeAScale))
                .containsExactly(
                        "theProofIsNotOlderThanAReturnedScale", "theProofOfNothingHoldsWhenThereIsNothingAndOnlyThen");
    }

    @Test
    void aRuntimeThatProvesAnythingIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::provingAnything))
                .containsExactly(
                        "anInstanceThatHasNotBeenReadyForLongEnoughIsADifference",
                        "anInstanceThatIsNotReadyIsADifference",
                        "anInstanceThatIsStillStoppingIsADifference",
                        "anInstanceThatNobodyOrderedIsADifferenceThatStartingAfreshMends",
                        "anInstanceThatRunsSomethingElseIsADifferenceThatStartingAfreshMends",
                        "theProofIsNotOlderThanAReturnedScale",
                        "theProofOfNothingHoldsWhenThereIsNothingAndOnlyThen",
                        "tooFewInstancesAreADifference",
                        "tooManyInstancesAreADifference");
    }

    @Test
    void aRuntimeThatOverlooksRoguesIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::overlookingRogues))
                .containsExactly("anInstanceThatNobodyOrderedIsADifferenceThatStartingAfreshMends");
    }

    @Test
    void aRuntimeThatTellsNobodyIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::tellingNobody)).containsExactly("listenersHearOfChangesInTheWorld");
    }

    /** What is done at once may also go well. */
    @Test
    void aRuntimeThatObservesFromBeforeAScaleIsFoundOut() {
        assertThat(brokenBy(FlawedRuntimes::observingFromBeforeAScale))
                .contains(
                        "aFenceBelongsToOneApplication",
                        "amongEqualsTheNewestGoesFirst",
                        "anInstanceThatIsNotReadyIsADifference",
                        "anInstanceThatWasBackingOffWhenTheFenceWasRaisedIsNotStartedAgain",
                        "backOffDoublesWithEachExit",
                        "backOffIsNeverLongerThanAMinute",
                        "releasingAnApplicationThatNeverWasIsHarmless",
                        "scalingNeverWaitsForAnInstanceToBecomeReady",
                        "scalingNeverWaitsForAnInstanceToEnd",
                        "whatARaiseLetGoOfIsNotSeenAfterIt",
                        "whatAReturnedScaleBeganIsSeen");
    }

    @Test
    void aRuntimeThatLosesTheWishOverAReopeningIsFoundOut() {
        assertThat(Trial.brokenTests(() ->
                        new Contract(() -> new SimulatedRuntimeFixture(FlawedRuntimes.losingTheWishOverAReopening()))))
                .containsExactly("exitsAreRememberedOverAReopening", "theStandingWishOutlivesTheRuntime");
    }

    private static SortedSet<String> brokenBy(Function<SimulatedRuntime, ApplicationRuntime> seen) {
        return Trial.brokenTests(() -> new Contract(() -> new SimulatedRuntimeFixture(seen)));
    }

    /** Private, so that nobody runs it as a test of its own. */
    private static final class Contract extends ApplicationRuntimeContract {
        private final Supplier<RuntimeFixture> fixtures;

        Contract(Supplier<RuntimeFixture> fixtures) {
            this.fixtures = fixtures;
        }

        @Override
        protected RuntimeFixture makeFixture() {
            return fixtures.get();
        }
    }

    private static final class IdleRuntime implements ApplicationRuntime {
        @Override
        public Preparation prepare(Revision revision) {
            return new Preparation.Prepared(revision);
        }

        @Override
        public void release(ApplicationId application, Fence fence) {}

        @Override
        public ScaleResult scale(ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
            return ScaleResult.INITIATED;
        }

        @Override
        public boolean raise(ApplicationId application, Fence fence, Duration limit) {
            return true;
        }

        @Override
        public Observation observe(ApplicationId application) {
            return new Observation(Instant.EPOCH, List.of());
        }

        @Override
        public ScaleResult startAfresh(ApplicationId application, Set<InstanceId> replaced, Fence fence) {
            return ScaleResult.INITIATED;
        }

        @Override
        public Proof prove(
                ApplicationId application,
                Composition expected,
                Function<Entry, Revision> revisions,
                Duration readyFor) {
            return new Proof(List.of(), List.of(), List.of());
        }

        @Override
        public void onChange(Consumer<ApplicationId> listener) {}

        @Override
        public void close() {}
    }

    private static final class IdleFixture implements RuntimeFixture {
        private final ApplicationRuntime runtime = new IdleRuntime();

        @Override
        public ApplicationRuntime runtime() {
            return runtime;
        }

        @Override
        public void reopen() {}

        @Override
        public Revision ready(String label) {
            return Revision.command("ready").withVersionLabel(label);
        }

        @Override
        public Revision neverReady(String label) {
            return Revision.command("never-ready").withVersionLabel(label);
        }

        @Override
        public Revision exitsAtOnce(String label) {
            return Revision.command("exits").withVersionLabel(label);
        }

        @Override
        public Revision ignoresTermination(String label) {
            return Revision.command("ignores").withVersionLabel(label);
        }

        @Override
        public Revision withArtifact(String label) {
            return Revision.fatJar(Artifact.at("file:///srv/" + label + ".jar"));
        }

        @Override
        public Revision unusable() {
            return Revision.command("unusable");
        }

        @Override
        public void kill(ApplicationId application, InstanceId instance) {}

        @Override
        public void setUnready(ApplicationId application, InstanceId instance, boolean unready) {}

        @Override
        public void change(ApplicationId application, InstanceId instance) {}

        @Override
        public void addRogue(ApplicationId application) {}

        @Override
        public ParkedCall parkNextScale() {
            ParkedCall passed = new ParkedCall();
            passed.release();
            passed.pass();
            return passed;
        }

        @Override
        public void pass(Duration time) {}

        @Override
        public void await(String condition, Callable<Boolean> holds) {
            try {
                if (holds.call()) {
                    return;
                }
            } catch (Exception e) {
                throw new AssertionError(condition, e);
            }
            throw new AssertionError("it never came to this: " + condition);
        }

        @Override
        public void settle() {}

        @Override
        public void close() {}
    }
}
