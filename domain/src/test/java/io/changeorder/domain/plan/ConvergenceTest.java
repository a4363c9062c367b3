package io.changeorder.domain.plan;

import static io.changeorder.domain.story.Story.R1;
import static io.changeorder.domain.story.Story.R2;
import static io.changeorder.domain.story.Story.R3;
import static io.changeorder.domain.story.Story.entry;
import static io.changeorder.domain.story.Story.mix;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Instance.State;
import io.changeorder.domain.revision.RevisionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The walk from any world to any target, in safe steps. */
class ConvergenceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Timing TIMING = Timing.DEFAULT;
    private static final Instant LONG_AGO = NOW.minusSeconds(100);
    private static final int MANY = 9;

    // ---- single steps

    @Example
    void theTargetAndAllReadyIsConverged() {
        assertThat(next(world(ready(entry(R1), 4)), mix(4, 0, 0), limits(1, 4))).isInstanceOf(Step.Converged.class);
        assertThat(next(new Observation(NOW, List.of()), Composition.EMPTY, limits(0, 1)))
                .isInstanceOf(Step.Converged.class);
    }

    @Example
    void whatIsSpareGoesAndAsManyComeAsThereIsRoom() {
        assertThat(next(world(ready(entry(R1), 4)), mix(0, 4, 0), limits(1, 4))).isEqualTo(scale(Map.of(entry(R1), 1)));
        assertThat(next(world(ready(entry(R1), 4)), mix(0, 4, 0), limits(3, 6)))
                .isEqualTo(scale(Map.of(entry(R1), 3, entry(R2), 2)));
    }

    @Example
    void leftoversGoBeforeWhatTheTargetStillHas() {
        assertThat(next(world(ready(entry(R1), 3), ready(entry(R3), 1)), mix(2, 2, 0), limits(3, 4)))
                .isEqualTo(scale(Map.of(entry(R3), 0)));
    }

    @Example
    void unreadyInstancesGoForNothing() {
        assertThat(next(world(ready(entry(R1), 2), unready(entry(R1), 2)), mix(0, 4, 0), limits(2, 4)))
                .isEqualTo(scale(Map.of(entry(R1), 2)));
    }

    @Example
    void whatStopsStillTakesItsPlaceBelowTheCeiling() {
        Observation observed =
                world(ready(entry(R1), 1), Stream.of(one(entry(R1), State.STOPPING, Optional.empty(), 0, NOW)));
        assertThat(next(observed, mix(0, 2, 0), limits(1, 2))).isEqualTo(new Step.Waiting(Optional.empty()));
        assertThat(next(observed, mix(0, 2, 0), limits(1, 3))).isEqualTo(scale(Map.of(entry(R2), 1)));
    }

    @Example
    void whatStopsIsWaitedForEvenWhenAllElseIsAsItShouldBe() {
        Observation observed =
                world(ready(entry(R1), 1), Stream.of(one(entry(R1), State.STOPPING, Optional.empty(), 9, LONG_AGO)));
        assertThat(next(observed, mix(1, 0, 0), limits(0, 2))).isEqualTo(new Step.Waiting(Optional.empty()));
    }

    @Example
    void anInstanceIsReadyOnceItHasAnsweredWithoutABreakForItsTime() {
        Duration readyFor = TIMING.readyFor();
        Observation almost = world(ready(NOW.minus(readyFor).plusMillis(1)));
        assertThat(next(almost, mix(1, 0, 0), limits(0, 1)))
                .isEqualTo(new Step.Waiting(Optional.of(NOW.plusMillis(1))));
        assertThat(next(world(ready(NOW.minus(readyFor))), mix(1, 0, 0), limits(0, 1)))
                .isInstanceOf(Step.Converged.class);
    }

    @Example
    void aClockThatWasSetBackMakesNothingUnready() {
        Instance tomorrow = ready(NOW.plusSeconds(86_400));
        assertThat(next(world(tomorrow), mix(1, 0, 0), limits(1, 1))).isInstanceOf(Step.Converged.class);
        assertThat(next(world(tomorrow), mix(0, 1, 0), limits(1, 1)))
                .as("what serves does not go for nothing")
                .isInstanceOf(Step.Blocked.class);
    }

    @Example
    void itLooksAgainWhenTheFirstOfTheUnreadyHasItsMoment() {
        Observation observed = world(
                one(entry(R1), State.RUNNING, Optional.empty(), 0, NOW.minusSeconds(10)),
                one(entry(R1), State.RUNNING, Optional.empty(), 0, NOW.minusSeconds(20)));
        assertThat(next(observed, mix(2, 0, 0), limits(0, 2)))
                .isEqualTo(new Step.Waiting(Optional.of(NOW.minusSeconds(20).plus(TIMING.instanceReady()))));
    }

    @Example
    void limitsThatForbidEveryStepBlock() {
        assertThat(next(world(ready(entry(R1), 4)), mix(0, 4, 0), limits(4, 4))).isInstanceOf(Step.Blocked.class);
        assertThat(next(world(ready(entry(R1), 4)), mix(0, 4, 0), limits(9, 0))).isInstanceOf(Step.Blocked.class);
        assertThat(next(world(ready(entry(R1), 3)), mix(4, 0, 0), limits(0, 3))).isInstanceOf(Step.Blocked.class);
    }

    @Example
    void aWorldAboveTheCeilingOnlyShrinks() {
        assertThat(next(world(ready(entry(R1), 9)), mix(0, 4, 0), limits(1, 4))).isEqualTo(scale(Map.of(entry(R1), 1)));
    }

    // ---- failures

    @Example
    void anInstanceThatExitedTooOftenHasFailed() {
        Instance tolerated = one(entry(R1), State.BACKING_OFF, Optional.empty(), 3, NOW);
        Instance failed = one(entry(R1), State.BACKING_OFF, Optional.empty(), 4, NOW);
        assertThat(next(world(tolerated), mix(1, 0, 0), limits(0, 1))).isInstanceOf(Step.Waiting.class);
        assertThat(next(world(failed), mix(1, 0, 0), limits(0, 1)))
                .isEqualTo(new Step.Failed(
                        new InstanceFailure(failed.id(), InstanceFailure.Kind.EXITED_TOO_OFTEN, failed.detail())));
    }

    @Example
    void anInstanceThatIsNotReadyInItsTimeHasFailed() {
        Instance late = one(entry(R1), State.RUNNING, Optional.empty(), 0, NOW.minus(TIMING.instanceReady()));
        Instance stillInTime = one(
                entry(R1),
                State.RUNNING,
                Optional.empty(),
                0,
                NOW.minus(TIMING.instanceReady()).plusMillis(1));
        assertThat(next(world(stillInTime), mix(1, 0, 0), limits(0, 1)))
                .isEqualTo(new Step.Waiting(Optional.of(NOW.plusMillis(1))));
        assertThat(next(world(late), mix(1, 0, 0), limits(0, 1)))
                .isEqualTo(new Step.Failed(
                        new InstanceFailure(late.id(), InstanceFailure.Kind.NOT_READY_IN_TIME, late.detail())));
    }

    @Example
    void anInstanceThatAnswersIsNotTooLateThoughItHasNotAnsweredForLong() {
        Instance late = one(entry(R1), State.RUNNING, Optional.of(NOW), 0, NOW.minus(TIMING.instanceReady()));
        assertThat(next(world(late), mix(1, 0, 0), limits(0, 1)))
                .isEqualTo(new Step.Waiting(Optional.of(NOW.plus(TIMING.readyFor()))));
    }

    @Example
    void whatIsAboutToGoFailsNothing() {
        Instance failed = one(entry(R1), State.BACKING_OFF, Optional.empty(), 9, LONG_AGO);
        assertThat(next(world(failed), mix(0, 1, 0), limits(0, 2)))
                .isEqualTo(scale(Map.of(entry(R1), 0, entry(R2), 1)));
        assertThat(next(world(Stream.of(failed), ready(entry(R1), 1)), mix(1, 0, 0), limits(0, 2)))
                .as("one of two is too many, and it is the unready one")
                .isEqualTo(scale(Map.of(entry(R1), 1)));
    }

    @Example
    void whatTheOrderDoesNotBringFailsNothingAndIsNotWaitedFor() {
        Stream<Instance> broken = Stream.of(
                one(entry(R1), State.BACKING_OFF, Optional.empty(), 9, LONG_AGO),
                one(entry(R1), State.RUNNING, Optional.empty(), 0, NOW.minus(TIMING.instanceReady())));
        Observation observed = world(broken, ready(entry(R2), 2));
        assertThat(onTheWayTo(R2, observed, mix(2, 2, 0), limits(1, 4))).isInstanceOf(Step.Converged.class);
        assertThat(onTheWayTo(R1, observed, mix(2, 2, 0), limits(1, 4))).isInstanceOf(Step.Failed.class);
    }

    @Example
    void whatWasThereBeforeIsWaitedForUntilItHasFailed() {
        Instance late = one(
                entry(R1),
                State.RUNNING,
                Optional.empty(),
                InstanceFailure.TOLERATED_EXITS,
                NOW.minus(TIMING.instanceReady()).plusMillis(1));
        Observation observed = world(Stream.of(late), ready(entry(R2), 2));
        assertThat(onTheWayTo(R2, observed, mix(1, 2, 0), limits(1, 4)))
                .isEqualTo(new Step.Waiting(Optional.of(NOW.plusMillis(1))));
    }

    @Example
    void anOlderGenerationFailsARollbackOfARestartAndNotTheRestart() {
        Observation observed = world(one(entry(R1), State.BACKING_OFF, Optional.empty(), 9, LONG_AGO));
        Composition one = Composition.of(entry(R1), 1);
        assertThat(Convergence.next(observed, one, new Target(Optional.of(R1), 1, 1, true), limits(0, 2)))
                .isInstanceOf(Step.Converged.class);
        assertThat(Convergence.next(observed, one, new Target(Optional.of(R1), 1, 1, false), limits(0, 2)))
                .isInstanceOf(Step.Failed.class);
    }

    @Example
    void ofSeveralFailuresTheSameOneIsNamedEachTime() {
        Instance first = one(entry(R1), State.BACKING_OFF, Optional.empty(), 9, LONG_AGO);
        Instance second = one(entry(R1), State.BACKING_OFF, Optional.empty(), 8, LONG_AGO);
        Instance least =
                Stream.of(first, second).min(Comparator.comparing(Instance::id)).orElseThrow();
        Step one = next(world(first, second), mix(2, 0, 0), limits(0, 2));
        Step other = next(world(second, first), mix(2, 0, 0), limits(0, 2));
        assertThat(one).isEqualTo(other);
        assertThat(((Step.Failed) one).failure().instance()).isEqualTo(least.id());
    }

    // ---- what may be replaced

    @Example
    void ofTheUnwantedThatServeOnlyThoseAboveTheFloorGo() {
        Observation observed = world(ready(entry(R1), 3), unready(entry(R1), 1));
        Set<InstanceId> all =
                Set.copyOf(observed.instances().stream().map(Instance::id).toList());
        InstanceId unready = observed.instances().get(3).id();
        assertThat(Convergence.replaceable(observed, all, limits(2, 9)))
                .hasSize(2)
                .contains(unready);
        assertThat(Convergence.replaceable(observed, all, limits(3, 9))).containsExactly(unready);
        assertThat(Convergence.replaceable(observed, all, limits(0, 9))).isEqualTo(all);
        assertThat(Convergence.replaceable(observed, Set.of(new InstanceId("rogue")), limits(9, 9)))
                .as("what is not seen to serve does not count")
                .containsExactly(new InstanceId("rogue"));
        assertThat(Convergence.replaceable(observed, Set.of(), limits(0, 5))).isEmpty();
    }

    @Example
    void noMoreIsReplacedAtOnceThanThereIsRoomForBesideWhatStops() {
        Instance stopping = one(entry(R1), State.STOPPING, Optional.empty(), 0, LONG_AGO);
        Observation observed = world(Stream.concat(ready(entry(R1), 2), unready(entry(R1), 2)), Stream.of(stopping));
        Set<InstanceId> all =
                Set.copyOf(observed.instances().stream().map(Instance::id).toList());
        List<InstanceId> unready = observed.instances().stream()
                .filter(instance -> instance.readySince().isEmpty() && !instance.isStopping())
                .map(Instance::id)
                .sorted()
                .toList();
        assertThat(Convergence.replaceable(observed, all, limits(0, 5))).containsExactly(stopping.id());
        assertThat(Convergence.replaceable(observed, all, limits(0, 6)))
                .containsExactlyInAnyOrder(stopping.id(), unready.get(0));
        assertThat(Convergence.replaceable(observed, all, limits(0, 7)))
                .as("those that serve go last")
                .containsExactlyInAnyOrder(stopping.id(), unready.get(0), unready.get(1));
        assertThat(Convergence.replaceable(observed, all, limits(0, 4)))
                .as("above the ceiling there is no room")
                .containsExactly(stopping.id());
    }

    // ---- whole walks

    @Property(tries = 1000)
    void everyStepIsSafeAndTheWalkComesToAnEnd(
            @ForAll("worlds") List<Instance> instances,
            @ForAll @IntRange(max = 6) int ofR1,
            @ForAll @IntRange(max = 6) int ofR2,
            @ForAll @IntRange(max = 7) int floor,
            @ForAll @IntRange(max = 14) int ceiling) {
        Composition target = mix(ofR1, ofR2, 0);
        Step end = new Walk(instances, target, bringing(target), limits(floor, ceiling)).toItsEnd();
        assertThat(end).isInstanceOfAny(Step.Converged.class, Step.Blocked.class);
    }

    @Property(tries = 1000)
    void limitsOfTheEngineItselfNeverBlock(
            @ForAll("worlds") List<Instance> instances,
            @ForAll @IntRange(max = 6) int ofR1,
            @ForAll @IntRange(max = 6) int ofR2,
            @ForAll @IntRange(max = 6) int below,
            @ForAll @IntRange(max = 3) int above) {
        Composition target = mix(ofR1, ofR2, 0);
        int floor = Math.max(0, target.total() - below);
        int ceiling = target.total() + above + (floor == target.total() ? 1 : 0);
        Step end = new Walk(instances, target, bringing(target), limits(floor, ceiling)).toItsEnd();
        assertThat(end).isInstanceOf(Step.Converged.class);
    }

    @Property(tries = 1000)
    void whatIsBrokenButNotBroughtFailsNothing(
            @ForAll("worlds") List<Instance> instances,
            @ForAll @IntRange(max = 4) int broken,
            @ForAll @IntRange(max = 4) int ofR1,
            @ForAll @IntRange(min = 1, max = 4) int ofR2) {
        Composition target = mix(ofR1, ofR2, 0);
        Target brought = new Target(Optional.of(R2), 0, ofR2, false);
        Step end =
                new Walk(with(broken, instances), target, brought, limits(1, Math.max(2, target.total()))).toItsEnd();
        assertThat(end).isInstanceOfAny(Step.Converged.class, Step.Blocked.class);
    }

    @Property(tries = 1000)
    void aWholeOrderGetsThroughItsBatchesFromAnyMixture(
            @ForAll("worlds") List<Instance> instances,
            @ForAll @IntRange(max = 9) int before,
            @ForAll @IntRange(min = 1, max = 9) int after,
            @ForAll @IntRange(max = 9) int floor,
            @ForAll @IntRange(max = 2) int surge,
            @ForAll @IntRange(max = 4) int gray,
            @ForAll @IntRange(min = 1, max = 9) int batches) {
        int canary = Math.min(gray, after / 2);
        UpdateStrategy strategy = UpdateStrategy.canary(
                canary, Math.min(batches, after - canary), UpdateStrategy.Release.AUTO, Duration.ZERO);
        Settings settings = Settings.of(after)
                .withFloor(ReadyFloor.of(floor))
                .withSurge(Surge.of(surge))
                .withStrategy(strategy);
        Snapshot from = before == 0 ? new Snapshot.NotDeployed() : new Snapshot.Running(R1, Settings.of(before));
        Target target = Target.of(new Snapshot.Running(R2, settings), 0);
        Limits limits = Limits.of(settings, before, after);
        assertThat(limits.ceiling()).isEqualTo(Math.max(before, after) + surge);
        Composition start = new Observation(NOW, instances).composition();
        Walk walk = new Walk(instances, start, target, limits);
        walk.along(BatchPlan.of(strategy, start, from, target, limits.floor()));
        assertThat(walk.instances).hasSize(after).allMatch(one -> one.entry().equals(entry(R2)));
    }

    private static List<Instance> with(int broken, List<Instance> instances) {
        Stream<Instance> failed = IntStream.range(0, broken)
                .mapToObj(i -> new Instance(
                        new InstanceId("broken-" + i),
                        entry(R1),
                        State.BACKING_OFF,
                        LONG_AGO,
                        Optional.empty(),
                        9,
                        ""));
        return Stream.concat(instances.stream(), failed).toList();
    }

    @Property
    void theSameWorldAlwaysGetsTheSameAnswer(
            @ForAll("worlds") List<Instance> instances,
            @ForAll @IntRange(max = 6) int ofR1,
            @ForAll @IntRange(max = 6) int ofR2) {
        List<Instance> turned = new ArrayList<>(instances);
        Collections.reverse(turned);
        Composition target = mix(ofR1, ofR2, 0);
        assertThat(next(new Observation(NOW, turned), target, limits(2, 7)))
                .isEqualTo(next(new Observation(NOW, instances), target, limits(2, 7)));
    }

    @Provide
    Arbitrary<List<Instance>> worlds() {
        Arbitrary<Entry> entries = Arbitraries.of(entry(R1), entry(R2), entry(R3), entry(R1, 1));
        Arbitrary<Integer> kinds = Arbitraries.integers().between(0, 9);
        Arbitrary<Integer> exits = Arbitraries.integers().between(0, 3);
        Arbitrary<Instance> one = Combinators.combine(entries, kinds, exits).as((entry, kind, exit) -> switch (kind) {
            case 0 -> one(entry, State.STOPPING, Optional.empty(), exit, LONG_AGO);
            case 1 -> one(entry, State.BACKING_OFF, Optional.empty(), exit, LONG_AGO);
            case 2 -> one(entry, State.RUNNING, Optional.empty(), exit, LONG_AGO);
            case 3 -> one(entry, State.RUNNING, Optional.of(NOW.minusSeconds(2)), exit, LONG_AGO);
            default -> one(entry, State.RUNNING, Optional.of(LONG_AGO), exit, LONG_AGO);
        });
        // Ids are given here, so that a shrunk world is still a world.
        return one.list()
                .ofMaxSize(12)
                .map(list -> IntStream.range(0, list.size())
                        .mapToObj(i -> {
                            Instance each = list.get(i);
                            return new Instance(
                                    new InstanceId("i-" + i),
                                    each.entry(),
                                    each.state(),
                                    each.countedFrom(),
                                    each.readySince(),
                                    each.exits(),
                                    each.detail());
                        })
                        .toList());
    }

    /** A world that does what it is told, in which stops take a second and instances answer after three. */
    private static final class Walk {
        /** A stop takes one, an instance is ready after one and counts as ready after two more. */
        private static final int MOST_WAITS = 4;

        private final List<Instance> instances;
        private final Target brought;
        private final Limits limits;
        private Composition target;
        private Instant now = NOW;
        private int made = 100;

        Walk(List<Instance> instances, Composition target, Target brought, Limits limits) {
            this.instances = new ArrayList<>(instances);
            this.target = target;
            this.brought = brought;
            this.limits = limits;
        }

        /** Batch after batch; the end of the last. */
        Step along(List<Composition> batches) {
            Step end = new Step.Converged();
            for (Composition batch : batches) {
                target = batch;
                end = toItsEnd();
                assertThat(end).as("after %s of %s", batch, batches).isInstanceOf(Step.Converged.class);
            }
            return end;
        }

        /** Each scale takes an instance to where it stays, or brings one that does: so many are enough. */
        Step toItsEnd() {
            int scales = instances.size() + target.total();
            int waits = MOST_WAITS;
            while (true) {
                Observation observed = new Observation(now, instances);
                Step step = Convergence.next(observed, target, brought, limits);
                if (step instanceof Step.Scale scale) {
                    assertThat(--scales).as("steps left").isNotNegative();
                    waits = MOST_WAITS;
                    apply(scale, observed);
                } else if (step instanceof Step.Waiting waiting) {
                    assertThat(--waits).as("waits left").isNotNegative();
                    waiting.until().ifPresent(until -> assertThat(until).isAfter(now));
                    assertThat(waiting.until().isPresent() || instances.stream().anyMatch(Instance::isStopping))
                            .as("something is under way")
                            .isTrue();
                    pass();
                } else {
                    assertRightly(step, observed);
                    return step;
                }
            }
        }

        /** Converged means there, blocked means that the limits forbid every step, and neither is said too early. */
        private void assertRightly(Step step, Observation observed) {
            Composition present = observed.composition();
            assertThat(instances).as("nothing is under way").noneMatch(Instance::isStopping);
            if (step instanceof Step.Converged) {
                assertThat(present).isEqualTo(target);
            } else if (step instanceof Step.Blocked) {
                assertThat(present).isNotEqualTo(target);
                target.plus(present).counts().keySet().forEach(entry -> {
                    int missing = target.count(entry) - present.count(entry);
                    assertThat(missing > 0 && instances.size() < limits.ceiling())
                            .as("%s could grow", entry)
                            .isFalse();
                    assertThat(missing < 0 && ready() > limits.floor())
                            .as("%s could shrink", entry)
                            .isFalse();
                });
            }
        }

        private void apply(Step.Scale scale, Observation observed) {
            int existing = instances.size();
            int readyBefore = ready();
            Composition present = observed.composition();
            int growth = 0;
            for (Map.Entry<Entry, Integer> each : scale.counts().entrySet()) {
                int change = each.getValue() - present.count(each.getKey());
                assertThat(change).as("a scale changes something").isNotZero();
                if (change > 0) {
                    assertThat(each.getValue())
                            .as("only the target's entries grow")
                            .isLessThanOrEqualTo(target.count(each.getKey()));
                    growth += change;
                }
                resize(each.getKey(), change);
            }
            assertThat(ready()).as("the floor holds").isGreaterThanOrEqualTo(Math.min(readyBefore, limits.floor()));
            if (growth > 0) {
                assertThat(existing + growth).as("the ceiling holds").isLessThanOrEqualTo(limits.ceiling());
            }
        }

        private void resize(Entry entry, int change) {
            for (int i = 0; i < change; i++) {
                instances.add(new Instance(
                        new InstanceId("i-" + made++), entry, State.RUNNING, now, Optional.empty(), 0, ""));
            }
            instances.stream()
                    .filter(each -> each.entry().equals(entry) && !each.isStopping())
                    .sorted(Comparator.comparing(
                                    (Instance each) -> each.readySince().isPresent())
                            .thenComparing(each -> each.readySince().orElse(Instant.MIN), Comparator.reverseOrder()))
                    .limit(Math.max(0, -change))
                    .toList()
                    .forEach(each -> replace(each, State.STOPPING, Optional.empty()));
        }

        private void pass() {
            now = now.plusSeconds(3);
            instances.removeIf(Instance::isStopping);
            List.copyOf(instances).stream()
                    .filter(each -> each.readySince().isEmpty())
                    .forEach(each -> replace(each, State.RUNNING, Optional.of(now)));
        }

        private void replace(Instance old, State state, Optional<Instant> readySince) {
            instances.set(
                    instances.indexOf(old),
                    new Instance(
                            old.id(), old.entry(), state, old.countedFrom(), readySince, old.exits(), old.detail()));
        }

        private int ready() {
            return (int) instances.stream()
                    .filter(each -> each.readySince()
                            .filter(since ->
                                    !since.plus(limits.timing().readyFor()).isAfter(now))
                            .isPresent())
                    .count();
        }
    }

    // ---- helpers

    private static int made;

    /** As for an order that brings the last of the target's entries. */
    private static Step next(Observation observed, Composition target, Limits limits) {
        return Convergence.next(observed, target, bringing(target), limits);
    }

    private static Target bringing(Composition target) {
        RevisionId last = target.counts().keySet().stream().map(Entry::revision).reduce(R1, (older, newer) -> newer);
        return new Target(Optional.of(last), 0, MANY, false);
    }

    private static Step onTheWayTo(RevisionId brought, Observation observed, Composition target, Limits limits) {
        return Convergence.next(observed, target, new Target(Optional.of(brought), 0, MANY, false), limits);
    }

    private static Limits limits(int floor, int ceiling) {
        return new Limits(floor, ceiling, TIMING);
    }

    private static Step scale(Map<Entry, Integer> counts) {
        return new Step.Scale(counts);
    }

    private static Observation world(Instance... instances) {
        return new Observation(NOW, List.of(instances));
    }

    private static Observation world(Stream<Instance> some) {
        return new Observation(NOW, some.toList());
    }

    private static Observation world(Stream<Instance> some, Stream<Instance> others) {
        return world(Stream.concat(some, others));
    }

    private static Stream<Instance> ready(Entry entry, int count) {
        return Stream.generate(() -> one(entry, State.RUNNING, Optional.of(LONG_AGO), 0, LONG_AGO))
                .limit(count);
    }

    private static Instance ready(Instant since) {
        return one(entry(R1), State.RUNNING, Optional.of(since), 0, since);
    }

    private static Stream<Instance> unready(Entry entry, int count) {
        return Stream.generate(() -> one(entry, State.RUNNING, Optional.empty(), 0, LONG_AGO))
                .limit(count);
    }

    private static Instance one(
            Entry entry, State state, Optional<Instant> readySince, int exits, Instant countedFrom) {
        return new Instance(
                new InstanceId("instance-" + ++made), entry, state, countedFrom, readySince, exits, "a detail");
    }
}
