package io.changeorder.domain.exploration;

import io.changeorder.domain.decision.Aborting;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Confirming;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Opening;
import io.changeorder.domain.decision.Restoring;
import io.changeorder.domain.decision.Retrying;
import io.changeorder.domain.exploration.Explorer.Kind;
import io.changeorder.domain.exploration.Explorer.Step;
import io.changeorder.domain.exploration.Node.Call;
import io.changeorder.domain.exploration.Node.Thought;
import io.changeorder.domain.exploration.Scenario.Interference;
import io.changeorder.domain.exploration.Situation.Seat;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.story.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Commands. That one is read, decided and committed at once leaves nothing out: a commit is only accepted on what was
 * read. What it does after that, raise the fence and answer, is a step of its own.
 */
final class People {
    private final Scenario scenario;
    private final Driver driver;
    private final Invariants invariants;

    People(Scenario scenario, Driver driver, Invariants invariants) {
        this.scenario = scenario;
        this.driver = driver;
        this.invariants = invariants;
    }

    /** Refused commands change nothing, but that they are told the truth is checked everywhere. */
    List<Step<Situation>> steps(Situation now) {
        if (now.active().thought() instanceof Thought.Dead) {
            return List.of();
        }
        List<Step<Situation>> steps = new ArrayList<>();
        confirm(now).ifPresent(steps::add);
        if (now.left() > 0) {
            Optional<ChangeOrder> undone = now.store().last().undoes().map(now.store()::order);
            Stream.concat(Stream.of(now.store().last()), undone.stream()).forEach(order -> {
                abort(now, order).ifPresent(steps::add);
                abortAndRollBack(now, order).ifPresent(steps::add);
            });
            if (!now.maintenance()) {
                retry(now).ifPresent(steps::add);
                nextOrder(now).ifPresent(steps::add);
                restore(now).ifPresent(steps::add);
            }
        }
        return steps;
    }

    private Optional<Step<Situation>> confirm(Situation now) {
        Optional<ChangeOrder> live = now.store()
                .live()
                .filter(order -> order.progress().currentBatch().isPresent());
        if (live.isEmpty() || now.maintenance() || !now.reachable()) {
            return Optional.empty();
        }
        ChangeOrder order = live.get();
        Decision decision = Confirming.confirm(
                now.store().state(),
                new Confirming.Case(
                        order, order.progress().currentBatch().orElseThrow().id()),
                now.runtime().observe(now.now()),
                occasion(now));
        return decision.match(
                accepted -> Optional.of(new Step<>(
                        Kind.POSSIBLE,
                        () -> "anne confirms batch " + (order.progress().current() + 1),
                        () -> written(now, accepted))),
                refused -> {
                    Situation told = refused.meanwhile()
                            .map(found -> written(now, found))
                            .orElse(now);
                    invariants.refused(scenario.flaw().told(refused.refusal()), told.store());
                    return refused.meanwhile()
                            .map(found -> new Step<>(
                                    Kind.POSSIBLE,
                                    () -> "anne confirms batch "
                                            + (order.progress().current() + 1)
                                            + ", but the one before does not hold any more",
                                    () -> told));
                });
    }

    private Optional<Step<Situation>> abort(Situation now, ChangeOrder order) {
        return when(Interference.ABORT, () -> {
            Aborting.Case named = named(now, order);
            Decision decision = Aborting.abort(now.store().state(), named, occasion(now));
            return command(now, () -> "anne aborts " + order.id(), decision, order);
        });
    }

    private Optional<Step<Situation>> abortAndRollBack(Situation now, ChangeOrder order) {
        return when(Interference.ABORT_AND_ROLL_BACK, () -> {
            ApplicationState state = now.store().state();
            Aborting.Case named = named(now, order);
            Decision decision = scenario.flaw() == Flaw.THE_ROLLBACK_IS_LEFT_FOR_LATER
                    ? Aborting.abort(state, named, occasion(now))
                    : Aborting.abortAndRollBack(state, named, now.assignment(Seat.ACTIVE), occasion(now));
            return command(now, () -> "anne aborts and rolls back " + order.id(), decision, order)
                    .map(step -> new Step<>(step.kind(), step.told(), () -> {
                        Situation after = step.taken().get();
                        invariants.takenBack(now.store(), after.store(), order);
                        return after;
                    }));
        });
    }

    private Optional<Step<Situation>> retry(Situation now) {
        return when(Interference.RETRY, () -> {
            ChangeOrder last = now.store().last();
            Decision decision = Retrying.retry(now.store().state(), last, scenario.retryLimits(), occasion(now));
            return command(now, () -> "anne retries " + last.id(), decision, last);
        });
    }

    private Optional<Step<Situation>> nextOrder(Situation now) {
        return when(Interference.NEXT_ORDER, () -> {
            Decision decision = Opening.open(
                    now.store().state(),
                    scenario.nextChange(now.store().application()),
                    Optional.empty(),
                    now.assignment(Seat.ACTIVE),
                    occasion(now));
            return command(now, () -> "anne deploys r3", decision, now.store().last());
        });
    }

    private Optional<Step<Situation>> restore(Situation now) {
        if (!now.store().application().touched()) {
            return Optional.empty();
        }
        return when(Interference.RESTORE, () -> {
            ChangeOrder last = now.store().last();
            Decision decision = Restoring.restore(
                    now.store().state(), Optional.of(last), "", now.assignment(Seat.ACTIVE), occasion(now));
            return command(now, () -> "anne has restored what is settled", decision, last);
        });
    }

    private Optional<Step<Situation>> when(Interference interference, Supplier<Optional<Step<Situation>>> command) {
        return scenario.interferences().contains(interference) ? command.get() : Optional.empty();
    }

    private Optional<Step<Situation>> command(
            Situation now, Supplier<String> told, Decision decision, ChangeOrder named) {
        return decision.match(
                accepted -> Optional.of(
                        new Step<>(Kind.POSSIBLE, told, () -> carriedOut(now.interfered(), accepted, named.id()))),
                refused -> {
                    invariants.refused(scenario.flaw().told(refused.refusal()), now.store());
                    return Optional.empty();
                });
    }

    /** What grows the fence is answered once it is raised. */
    private Situation carriedOut(Situation now, Decision.Accepted accepted, ChangeOrderId named) {
        boolean ends = now.store()
                .application()
                .fence()
                .isOlderThan(accepted.application().fence());
        if (!ends) {
            return written(now, accepted);
        }
        Call call = new Call(accepted.application().fence(), named, Optional.empty());
        if (scenario.flaw() == Flaw.AN_ABORT_IS_ANSWERED_BEFORE_IT_IS_COMMITTED) {
            Call late = new Call(call.fence(), named, Optional.of(accepted));
            Situation answered =
                    now.with(Seat.ACTIVE, now.active().calling(late)).answering(named);
            invariants.answered(answered);
            return answered;
        }
        Situation committed = written(now, accepted);
        if (scenario.flaw() == Flaw.AN_ABORT_IS_ANSWERED_BEFORE_THE_FENCE_IS_RAISED) {
            return committed.confirming(call.fence()).answering(named);
        }
        return committed.with(Seat.ACTIVE, committed.active().calling(call));
    }

    private Situation written(Situation now, Decision.Accepted change) {
        return driver.written(now, Seat.ACTIVE, change, Story.ANNE);
    }

    private Aborting.Case named(Situation now, ChangeOrder order) {
        boolean flawed = scenario.flaw() == Flaw.ROLLBACKS_ARE_ABORTED_LIKE_OTHERS && order.status() == Status.RUNNING;
        return new Aborting.Case(
                true,
                true,
                now.maintenance(),
                Optional.of(flawed ? order.held(new Attention.LimitsBlock()) : order),
                order.undoneBy().map(now.store()::order));
    }

    private static Occasion occasion(Situation now) {
        return new Occasion(Story.ANNE, now.now());
    }
}
