package io.changeorder.domain.exploration;

import io.changeorder.domain.exploration.Explorer.Kind;
import io.changeorder.domain.exploration.Explorer.Step;
import io.changeorder.domain.exploration.Node.Thought;
import io.changeorder.domain.exploration.Scenario.Interference;
import io.changeorder.domain.exploration.Situation.Seat;
import io.changeorder.domain.exploration.SmallRuntime.Condition;
import io.changeorder.domain.exploration.SmallRuntime.One;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What instances, clocks, nodes and troubles do by themselves. */
final class Surroundings {
    private final Scenario scenario;
    private final Driver driver;

    Surroundings(Scenario scenario, Driver driver) {
        this.scenario = scenario;
        this.driver = driver;
    }

    List<Step<Situation>> steps(Situation now) {
        List<Step<Situation>> steps = new ArrayList<>();
        List<One> ones = now.runtime().ones();
        for (One one : ones) {
            // Of several alike it does not matter which.
            if (one.equals(firstLike(one, ones))) {
                goesOn(now, one, steps);
                if (now.left() > 0) {
                    fares(now, one, steps);
                }
            }
        }
        timer(now, steps);
        if (!now.reachable()) {
            sure(steps, () -> "the runtime can be reached again", () -> now.reachable(true));
        }
        if (now.maintenance()) {
            sure(steps, () -> "maintenance ends", () -> now.maintenance(false));
        }
        if (now.left() > 0) {
            troubles(now, steps);
        }
        return steps;
    }

    private static One firstLike(One one, List<One> ones) {
        for (One each : ones) {
            if (each.isLike(one)) {
                return each;
            }
        }
        return one;
    }

    private void goesOn(Situation now, One one, List<Step<Situation>> steps) {
        switch (one.condition()) {
            case STARTING -> sure(steps, () -> one + " becomes ready", () -> becomes(now, one, Condition.READY));
            case BACKING_OFF ->
                sure(steps, () -> one + " is started again", () -> becomes(now, one, Condition.STARTING));
            case STOPPING ->
                sure(steps, () -> one + " is gone", () -> now.with(now.runtime().gone(one)));
            case READY, FAILED -> {
                // It stays so.
            }
        }
    }

    private void fares(Situation now, One one, List<Step<Situation>> steps) {
        boolean runs = one.is(Condition.STARTING) || one.is(Condition.READY);
        if (runs) {
            add(
                    steps,
                    now,
                    Interference.FAILURE,
                    () -> one + " exits too often",
                    to -> becomes(to, one, Condition.FAILED));
            add(steps, now, Interference.EXIT, () -> one + " exits", to -> becomes(to, one, Condition.BACKING_OFF));
        }
        if (one.is(Condition.READY)) {
            add(
                    steps,
                    now,
                    Interference.SILENCE,
                    () -> one + " falls silent",
                    to -> becomes(to, one, Condition.STARTING));
        }
        if (one.is(Condition.READY) && !one.tampered()) {
            add(
                    steps,
                    now,
                    Interference.TAMPERING,
                    () -> one + " is tampered with",
                    to -> to.with(to.runtime().tamperedWith(one)));
        }
        if (one.is(Condition.FAILED)) {
            add(steps, now, Interference.RECOVERY, () -> one + " recovers", to -> becomes(to, one, Condition.READY));
        }
    }

    private static Situation becomes(Situation now, One one, Condition next) {
        return now.with(now.runtime().becomes(one, next));
    }

    /** Time stands still but for this and for deadlines. */
    private static void timer(Situation now, List<Step<Situation>> steps) {
        now.store()
                .live()
                .filter(order -> order.status() == Status.AWAITING_NEXT_BATCH)
                .flatMap(order -> order.progress().nextBatchAt())
                .filter(now.now()::isBefore)
                .ifPresent(due -> sure(steps, () -> "the pause between two batches is over", () -> now.at(due)));
    }

    private void troubles(Situation now, List<Step<Situation>> steps) {
        boolean calm = now.reachable() && !now.maintenance();
        if (calm) {
            add(steps, now, Interference.OUT_OF_REACH, () -> "the runtime can't be reached", to -> to.reachable(false));
            add(steps, now, Interference.MAINTENANCE, () -> "maintenance begins", to -> to.maintenance(true));
        }
        deadline(now)
                .ifPresent(due -> add(
                        steps,
                        now,
                        Interference.DEADLINE,
                        () -> "the batch takes longer than it may",
                        to -> to.at(due)));
        if (!(now.active().thought() instanceof Thought.Dead)) {
            add(
                    steps,
                    now,
                    Interference.CRASH,
                    () -> now.active().id() + " is killed",
                    to -> to.with(Seat.ACTIVE, to.active().killed()));
        }
        boolean hasWork = now.store().live().isPresent()
                || now.store().application().growth().isHalted();
        if (hasWork && now.frozen().isEmpty()) {
            add(
                    steps,
                    now,
                    Interference.TAKE_OVER,
                    () -> now.active().id() + " freezes, and "
                            + now.active().next().id() + " takes over",
                    to -> driver.tookOver(to.with(Seat.FROZEN, to.active())
                            .with(Seat.ACTIVE, to.active().next())));
        }
    }

    private static Optional<Instant> deadline(Situation now) {
        return now.store()
                .live()
                .filter(order -> order.attention().isEmpty())
                .flatMap(Surroundings::deadline)
                .filter(now.now()::isBefore);
    }

    private static Optional<Instant> deadline(ChangeOrder order) {
        return order.progress()
                .stopwatch()
                .reaches(order.change().limits().timing().batch());
    }

    private static void sure(List<Step<Situation>> steps, Supplier<String> told, Supplier<Situation> taken) {
        steps.add(new Step<>(Kind.SURE, told, taken));
    }

    private void add(
            List<Step<Situation>> steps,
            Situation now,
            Interference interference,
            Supplier<String> told,
            UnaryOperator<Situation> taken) {
        if (scenario.interferences().contains(interference)) {
            steps.add(new Step<>(Kind.POSSIBLE, told, () -> taken.apply(now.interfered())));
        }
    }
}
