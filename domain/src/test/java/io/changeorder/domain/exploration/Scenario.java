package io.changeorder.domain.exploration;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.exploration.Explorer.Findings;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.plan.Target;
import io.changeorder.domain.story.Story;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A small world: an order that was just accepted, and what may come in between.
 *
 * @param start what is stored and running
 * @param times how often something interferes, in all
 * @param retryLimits what a retry makes of the limits
 * @param flaw what is built wrongly
 * @param asked the invariants that are checked
 */
record Scenario(
        String name,
        Story start,
        Set<Interference> interferences,
        int times,
        UnaryOperator<Limits> retryLimits,
        Flaw flaw,
        Set<Invariant> asked) {

    /** What people, faults and the clock can do to an order on its way. */
    enum Interference {
        ABORT,
        ABORT_AND_ROLL_BACK,
        RETRY,
        /** A person deploys another version once the order has ended. */
        NEXT_ORDER,
        RESTORE,
        /** The node is killed, and starts again. */
        CRASH,
        /** The node freezes and another one takes over; what the frozen one was at comes later, or never. */
        TAKE_OVER,
        /** An instance exits too often. */
        FAILURE,
        /** An instance exits and is started again. */
        EXIT,
        /** An instance does not answer for a while. */
        SILENCE,
        /** An instance that had failed runs well again. */
        RECOVERY,
        /** An instance is not any more what it was started as. */
        TAMPERING,
        /** A batch takes longer than it may. */
        DEADLINE,
        /** The runtime can't be reached for a while. */
        OUT_OF_REACH,
        /** There is maintenance for a while. */
        MAINTENANCE;

        /** What the design's invariants are about first of all. */
        static final ImmutableSet<Interference> MAIN =
                Sets.immutableEnumSet(ABORT, ABORT_AND_ROLL_BACK, RETRY, CRASH, TAKE_OVER, FAILURE, DEADLINE);

        static final ImmutableSet<Interference> ALL = Sets.immutableEnumSet(Set.of(values()));
    }

    private static final int MOST_STATES = 5_000_000;
    /** What takes time is a step of its own; of the clock only deadlines remain. */
    private static final Timing TIMELESS = new Timing(Duration.ZERO, Duration.ofDays(365), Timing.DEFAULT.batch());

    /** Of so many instances, released by a person in so many batches. */
    static Scenario deployment(int instances, int batches) {
        Settings settings = settings(instances).withStrategy(UpdateStrategy.manual(batches));
        return of(instances + " in " + batches, Story.of(settings).deploy(Story.R2, settings));
    }

    /** As {@link #deployment}, but a timer releases the batches. */
    static Scenario automatic(int instances, int batches) {
        Settings settings = settings(instances).withStrategy(UpdateStrategy.automatic(batches, Duration.ofMinutes(1)));
        return of(
                instances + " in " + batches + ", released by a timer",
                Story.of(settings).deploy(Story.R2, settings));
    }

    /** Nothing has run yet. */
    static Scenario firstDeployment(int instances, int batches) {
        Settings settings = settings(instances).withStrategy(UpdateStrategy.manual(batches));
        return of(
                "the first " + instances + " in " + batches,
                Story.ofANewApplication().deploy(Story.R2, settings));
    }

    static Scenario restart(int instances, int batches) {
        Settings settings = settings(instances);
        return of(
                "a restart of " + instances + " in " + batches,
                Story.of(settings).restart(UpdateStrategy.manual(batches)));
    }

    static Scenario rescale(int from, int to) {
        return of("from " + from + " to " + to, Story.of(settings(from)).rescale(to));
    }

    static Scenario stop(int instances) {
        return of("a stop of " + instances, Story.of(settings(instances)).stop());
    }

    /** The limits forbid every step, until a retry brings others. */
    static Scenario blocked(int instances) {
        Settings settings = settings(instances);
        Story story = Story.of(settings);
        Limits none = new Limits(instances, instances, TIMELESS);
        story.open(story.deployment(Story.R2, settings).withLimits(none));
        return of(instances + " that are blocked", story)
                .retryingWith(limits -> new Limits(instances - 1, instances, TIMELESS));
    }

    private static Scenario of(String name, Story start) {
        return new Scenario(
                name,
                start,
                Interference.ALL,
                1,
                limits -> limits,
                Flaw.NONE,
                Sets.immutableEnumSet(Set.of(Invariant.values())));
    }

    private static Settings settings(int instances) {
        return Settings.of(instances).withTiming(TIMELESS);
    }

    private Scenario retryingWith(UnaryOperator<Limits> limits) {
        return new Scenario(name, start, interferences, times, limits, flaw, asked);
    }

    Scenario with(Set<Interference> some, int number) {
        return new Scenario(name, start, some, number, retryLimits, flaw, asked);
    }

    /** Only the invariant is checked that does not hold with it. */
    Scenario with(Flaw wrong) {
        return new Scenario(
                name,
                start,
                interferences,
                times,
                retryLimits,
                wrong,
                Set.of(wrong.broken().orElseThrow()));
    }

    /** What the next person orders: a deployment of all at once. */
    Change nextChange(Application application) {
        Snapshot before = application.settled();
        Settings settings =
                start.last().change().after().settingsIfAny().orElseThrow().withStrategy(UpdateStrategy.SINGLE_BATCH);
        Snapshot after = new Snapshot.Running(Story.R3, settings);
        return new Change(
                ChangeOrderType.DEPLOY,
                before,
                after,
                Target.of(after, application.generation()),
                settings.strategy(),
                Limits.of(settings, before.count(), after.count()),
                "");
    }

    Findings explore() {
        return Explorer.explore(new SmallWorld(this), MOST_STATES);
    }

    @Override
    public String toString() {
        return name + ", interfered with " + times + " times";
    }
}
