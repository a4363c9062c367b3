package io.changeorder.domain.plan;

import static io.changeorder.domain.story.Story.R1;
import static io.changeorder.domain.story.Story.R2;
import static io.changeorder.domain.story.Story.R3;
import static io.changeorder.domain.story.Story.entry;
import static io.changeorder.domain.story.Story.mix;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.app.UpdateStrategy.Release;
import io.changeorder.domain.revision.RevisionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** How a change is cut into batches. */
class BatchPlanTest {
    private static final int MOST = 10_000;

    // ---- from a pure start

    @Example
    void tenInThreeAreThreeThreeFour() {
        assertThat(sizes(deploy(10, 10, UpdateStrategy.manual(3)))).containsExactly(3, 3, 4);
    }

    @Example
    void fourInTwoGoByTheirMixture() {
        assertThat(deploy(4, 4, UpdateStrategy.manual(2))).containsExactly(mix(2, 2, 0), mix(0, 4, 0));
    }

    @Example
    void aCanaryOfOneGoesBeforeTheEvenBatches() {
        assertThat(sizes(deploy(10, 10, canary(1, 3)))).containsExactly(1, 3, 3, 3);
        assertThat(deploy(10, 10, canary(1, 3)).get(0)).isEqualTo(mix(9, 1, 0));
    }

    @Property
    void thePlanEndsPureWithTheWholeTarget(
            @ForAll("counts") int before, @ForAll("counts") int after, @ForAll("fits") Cut cut) {
        List<Composition> batches = deploy(before, after, cut.fitting(after));
        assertThat(batches.get(batches.size() - 1)).isEqualTo(Composition.of(entry(R2), after));
    }

    @Property
    void newInstancesOnlyComeAndOldOnesOnlyGo(
            @ForAll("counts") int before, @ForAll("counts") int after, @ForAll("fits") Cut cut) {
        int old = before;
        int fresh = 0;
        for (Composition batch : deploy(before, after, cut.fitting(after))) {
            assertThat(batch.count(R1)).isLessThanOrEqualTo(old);
            assertThat(batch.count(R2)).isGreaterThanOrEqualTo(fresh);
            old = batch.count(R1);
            fresh = batch.count(R2);
        }
    }

    @Property
    void theTotalStaysBetweenWhatWasAndWhatWillBe(
            @ForAll("counts") int before, @ForAll("counts") int after, @ForAll("fits") Cut cut) {
        assertThat(deploy(before, after, cut.fitting(after)))
                .allSatisfy(
                        batch -> assertThat(batch.total()).isBetween(Math.min(before, after), Math.max(before, after)));
    }

    @Property
    void theSettledRevisionKeepsItsShareRoundedUp(
            @ForAll("counts") int before, @ForAll("counts") int after, @ForAll("fits") Cut cut) {
        assertThat(deploy(before, after, cut.fitting(after)))
                .allSatisfy(batch -> assertThat(batch.count(R1))
                        .isEqualTo((int) Math.ceil((double) before * (after - batch.count(R2)) / after)));
    }

    @Property
    void thereAreAsManyBatchesAsAskedFor(@ForAll("counts") int count, @ForAll("fits") Cut cut) {
        UpdateStrategy strategy = cut.fitting(count);
        assertThat(deploy(count, count, strategy)).hasSize(strategy.batches() + (strategy.gray() > 0 ? 1 : 0));
    }

    @Property
    void theCanaryIsFirstAndTheOthersAreEvenEarlierOnesNeverLarger(
            @ForAll("counts") int before, @ForAll("counts") int after, @ForAll("fits") Cut cut) {
        UpdateStrategy strategy = cut.fitting(after);
        List<Integer> sizes = new ArrayList<>(sizes(deploy(before, after, strategy)));
        if (strategy.gray() > 0) {
            assertThat(sizes.remove(0)).isEqualTo(strategy.gray());
        }
        assertThat(sizes).isSorted();
        assertThat(sizes.get(sizes.size() - 1) - sizes.get(0)).isBetween(0, 1);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum() + strategy.gray())
                .isEqualTo(after);
    }

    @Property
    void aFirstDeploymentIsCutLikeAnyOther(@ForAll("counts") int count, @ForAll("fits") Cut cut) {
        List<Composition> batches = BatchPlan.of(
                cut.fitting(count), Composition.EMPTY, new Snapshot.NotDeployed(), target(running(R2, count)), 0);
        assertThat(sizes(batches)).isEqualTo(sizes(deploy(count, count, cut.fitting(count))));
        assertThat(batches.get(batches.size() - 1)).isEqualTo(Composition.of(entry(R2), count));
    }

    @Property
    void moreOrFewerOfTheSameAreReachedStepByStep(
            @ForAll("counts") int before, @ForAll("counts") int after, @ForAll @IntRange(min = 1, max = 20) int cut) {
        Composition start = Composition.of(entry(R1), before);
        List<Composition> batches =
                BatchPlan.of(UpdateStrategy.manual(cut), start, running(R1, before), target(running(R1, after)), 0);
        assertThat(batches.get(batches.size() - 1)).isEqualTo(Composition.of(entry(R1), after));
        assertThat(batches).hasSize(Math.max(1, Math.min(cut, Math.abs(after - before))));
        int last = before;
        for (Composition batch : batches) {
            assertThat(Integer.signum(batch.total() - last)).isEqualTo(Integer.signum(after - before));
            last = batch.total();
        }
    }

    @Property
    void aStopIsOneBatchThatEndsEmpty(@ForAll("counts") int count, @ForAll @IntRange(min = 1, max = 9) int cut) {
        Snapshot stopped = new Snapshot.Stopped(R1, Settings.of(count));
        assertThat(BatchPlan.of(
                        UpdateStrategy.manual(cut),
                        Composition.of(entry(R1), count),
                        running(R1, count),
                        target(stopped),
                        0))
                .containsExactly(Composition.EMPTY);
    }

    @Example
    void nothingFromNothingIsStillABatch() {
        assertThat(BatchPlan.of(
                        UpdateStrategy.SINGLE_BATCH,
                        Composition.EMPTY,
                        new Snapshot.NotDeployed(),
                        target(new Snapshot.NotDeployed()),
                        0))
                .containsExactly(Composition.EMPTY);
    }

    @Example
    void whatIsThereAlreadyIsOneBatchThatChangesNothing() {
        assertThat(BatchPlan.of(UpdateStrategy.manual(3), mix(4, 0, 0), running(R1, 4), target(running(R1, 4)), 1))
                .containsExactly(mix(4, 0, 0));
    }

    // ---- restarts and rollbacks

    @Example
    void aRestartReplacesTheOlderGenerationOfTheSameRevision() {
        Target next = Target.restart(running(R1, 4), 1);
        assertThat(BatchPlan.of(UpdateStrategy.manual(2), mix(4, 0, 0), running(R1, 4), next, 1))
                .containsExactly(
                        new Composition(Map.of(entry(R1, 0), 2, entry(R1, 1), 2)), Composition.of(entry(R1, 1), 4));
    }

    @Example
    void aRollbackOfARestartKeepsEveryGeneration() {
        Composition mixture = new Composition(Map.of(entry(R1, 0), 2, entry(R1, 1), 1));
        assertThat(BatchPlan.of(UpdateStrategy.SINGLE_BATCH, mixture, running(R1, 4), Target.of(running(R1, 4), 1), 0))
                .containsExactly(new Composition(Map.of(entry(R1, 0), 2, entry(R1, 1), 2)));
    }

    @Example
    void theOldestGenerationsGoFirst() {
        Composition mixture = new Composition(Map.of(entry(R1, 0), 2, entry(R1, 1), 2, entry(R1, 5), 1));
        assertThat(BatchPlan.of(UpdateStrategy.SINGLE_BATCH, mixture, running(R1, 5), Target.of(running(R1, 2), 5), 0))
                .containsExactly(new Composition(Map.of(entry(R1, 1), 1, entry(R1, 5), 1)));
    }

    @Example
    void whatIsStartedIsOfTheNewestGenerationThatIsThereOrWasOrdered() {
        assertThat(Target.of(running(R1, 3), 7).resize(Composition.EMPTY, 3))
                .isEqualTo(Composition.of(entry(R1, 7), 3));
        assertThat(Target.of(running(R1, 3), 7).resize(Composition.of(entry(R1, 2), 1), 3))
                .isEqualTo(Composition.of(entry(R1, 2), 3));
    }

    // ---- from a mixture

    @Example
    void leftoversOfAnEarlierOrderAreClearedFirst() {
        assertThat(BatchPlan.of(UpdateStrategy.manual(2), mix(2, 2, 0), running(R1, 4), target(running(R3, 4)), 1))
                .containsExactly(mix(1, 0, 2), mix(0, 0, 4));
    }

    @Example
    void moreOfTheSettledRevisionThanWereSettledAreLeftovers() {
        // A rescale to 8 was aborted; the ceiling of the next order is 4.
        assertThat(BatchPlan.of(UpdateStrategy.manual(2), mix(8, 0, 0), running(R1, 4), target(running(R2, 4)), 1))
                .containsExactly(mix(2, 2, 0), mix(0, 4, 0));
    }

    @Example
    void noBatchEndsBelowTheFloor() {
        assertThat(BatchPlan.of(UpdateStrategy.manual(4), mix(1, 3, 0), running(R1, 4), target(running(R3, 4)), 3))
                .containsExactly(mix(1, 0, 2), mix(1, 0, 3), mix(0, 0, 4));
    }

    @Example
    void noBatchBringsMoreThanIsWantedHoweverHighTheFloor() {
        assertThat(BatchPlan.of(UpdateStrategy.manual(2), mix(4, 0, 0), running(R1, 4), target(running(R2, 4)), 9))
                .containsExactly(mix(0, 4, 0));
    }

    @Property
    void theSameDeploymentAgainGoesOnFromWhatIsThere(@ForAll("counts") int count, @ForAll("fits") Cut cut) {
        UpdateStrategy strategy = cut.fitting(count);
        List<Composition> first = deploy(count, count, strategy);
        Assume.that(first.size() > 1);
        Composition aborted = first.get(first.size() / 2 - 1);
        List<Composition> again = BatchPlan.of(strategy, aborted, running(R1, count), target(running(R2, count)), 0);
        assertThat(again).hasSizeLessThanOrEqualTo(first.size());
        assertThat(again.get(0).count(R2)).isGreaterThanOrEqualTo(aborted.count(R2));
        assertThat(again.get(again.size() - 1)).isEqualTo(Composition.of(entry(R2), count));
    }

    @Property(tries = 1000)
    void fromAnyMixtureItHolds(
            @ForAll @IntRange(max = 40) int ofR1,
            @ForAll @IntRange(max = 40) int ofR2,
            @ForAll @IntRange(max = 40) int ofR3,
            @ForAll @IntRange(min = 1, max = 40) int before,
            @ForAll @IntRange(min = 1, max = 40) int after,
            @ForAll @IntRange(max = 40) int wish,
            @ForAll("fits") Cut cut) {
        Composition start = mix(ofR1, ofR2, ofR3);
        int floor = Math.min(wish, Math.min(before, after));
        List<Composition> batches =
                BatchPlan.of(cut.fitting(after), start, running(R1, before), target(running(R2, after)), floor);
        assertThat(batches).doesNotHaveDuplicates();
        assertThat(batches.get(batches.size() - 1)).as("ends pure").isEqualTo(Composition.of(entry(R2), after));
        int most = Math.max(Math.max(Math.min(ofR1, before), after), ofR1 == 0 || before == 0 ? ofR2 : 0);
        int old = ofR1;
        for (Composition batch : batches) {
            assertThat(batch.count(R3))
                    .as("leftovers are gone after the first batch")
                    .isZero();
            assertThat(batch.count(R1)).as("the old only go").isLessThanOrEqualTo(old);
            assertThat(batch.total()).as("no batch ends below the floor").isGreaterThanOrEqualTo(floor);
            assertThat(batch.total()).as("nor above what was or will be").isLessThanOrEqualTo(most);
            assertThat(batch.count(R2))
                    .as("what is wanted and there stays")
                    .isGreaterThanOrEqualTo(Math.min(ofR2, after));
            old = batch.count(R1);
        }
        for (int i = 1; i < batches.size(); i++) {
            int grown = batches.get(i).count(R2) - batches.get(i - 1).count(R2);
            assertThat(Integer.signum(grown))
                    .as("the new only come, or only go when there were too many")
                    .isIn(0, Integer.signum(after - batches.get(0).count(R2)));
        }
    }

    // ---- fits

    @Property
    void whatFitsLeavesNoBatchEmpty(@ForAll("counts") int replicas, @ForAll("fits") Cut cut) {
        UpdateStrategy strategy = cut.fitting(replicas);
        assertThat(strategy.fits(replicas)).isTrue();
        assertThat(sizes(deploy(replicas, replicas, strategy))).allMatch(size -> size > 0);
    }

    @Property
    void whatFitsHasACanaryOfAtMostHalfAndAnInstanceForEachBatch(
            @ForAll("counts") int replicas,
            @ForAll @IntRange(max = MOST) int gray,
            @ForAll @IntRange(min = 1, max = MOST) int batches) {
        for (UpdateStrategy strategy :
                List.of(canary(gray, batches), canary(gray % (replicas + 1), 1 + batches % replicas))) {
            assertThat(strategy.fits(replicas))
                    .isEqualTo(2 * strategy.gray() <= replicas && strategy.gray() + strategy.batches() <= replicas);
        }
    }

    @Example
    void aCanaryIsAtMostHalfAndNoBatchIsEmpty() {
        assertThat(canary(2, 2).fits(4)).isTrue();
        assertThat(canary(3, 1).fits(5)).isFalse();
        assertThat(canary(2, 3).fits(4)).isFalse();
        assertThat(UpdateStrategy.manual(4).fits(4)).isTrue();
        assertThat(UpdateStrategy.manual(5).fits(4)).isFalse();
        assertThat(UpdateStrategy.manual(2).fits(1)).isFalse();
        assertThat(UpdateStrategy.SINGLE_BATCH.fits(1)).isTrue();
    }

    // ---- helpers

    /** A wish for batches that is brought down to what a number of instances allows. */
    record Cut(int gray, int batches) {
        UpdateStrategy fitting(int replicas) {
            int canary = Math.min(gray, replicas / 2);
            return canary(canary, Math.max(1, Math.min(batches, replicas - canary)));
        }
    }

    @Provide
    Arbitrary<Integer> counts() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(1, 30)),
                Tuple.of(1, Arbitraries.integers().between(1, MOST)));
    }

    @Provide
    Arbitrary<Cut> fits() {
        Arbitrary<Cut> small = Combinators.combine(
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(1, 12))
                .as(Cut::new);
        Arbitrary<Cut> large = Combinators.combine(
                        Arbitraries.integers().between(0, MOST),
                        Arbitraries.integers().between(1, 300))
                .as(Cut::new);
        return Arbitraries.frequencyOf(Tuple.of(9, small), Tuple.of(1, large));
    }

    private static List<Composition> deploy(int before, int after, UpdateStrategy strategy) {
        return BatchPlan.of(
                strategy,
                Composition.of(entry(R1), before),
                running(R1, before),
                target(running(R2, after)),
                Math.min(before, after) - 1);
    }

    private static UpdateStrategy canary(int gray, int batches) {
        return UpdateStrategy.canary(gray, batches, Release.MANUAL, Duration.ZERO);
    }

    private static Snapshot running(RevisionId revision, int count) {
        return new Snapshot.Running(revision, Settings.of(count));
    }

    private static Target target(Snapshot after) {
        return Target.of(after, 0);
    }

    /** How many new instances each batch brings. */
    private static List<Integer> sizes(List<Composition> batches) {
        return IntStream.range(0, batches.size())
                .mapToObj(i -> batches.get(i).count(R2)
                        - (i == 0 ? 0 : batches.get(i - 1).count(R2)))
                .toList();
    }
}
