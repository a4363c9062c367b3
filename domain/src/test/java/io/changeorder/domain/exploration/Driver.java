package io.changeorder.domain.exploration;

import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Driving;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.decision.Move;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.TakeOver;
import io.changeorder.domain.exploration.Explorer.Kind;
import io.changeorder.domain.exploration.Explorer.Step;
import io.changeorder.domain.exploration.Node.Call;
import io.changeorder.domain.exploration.Node.Thought;
import io.changeorder.domain.exploration.Situation.Seat;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.story.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A node's steps, as {@code ApplicationDriver} goes them: look into the store, raise a fence that is to be raised,
 * observe and decide, commit, do one effect after the other. Anything may come between two of them, and of a frozen node
 * each may come at any time, or never.
 */
final class Driver {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final Flaw flaw;
    private final Invariants invariants;
    private final Moves moves = new Moves();

    Driver(Flaw flaw, Invariants invariants) {
        this.flaw = flaw;
        this.invariants = invariants;
    }

    List<Step<Situation>> steps(Situation now) {
        List<Step<Situation>> steps = new ArrayList<>();
        add(steps, now, Seat.ACTIVE, Kind.SURE);
        now.frozen().ifPresent(node -> add(steps, now, Seat.FROZEN, Kind.POSSIBLE));
        return steps;
    }

    private void add(List<Step<Situation>> steps, Situation now, Seat seat, Kind kind) {
        Node node = now.node(seat);
        step(now, seat).ifPresent(taken -> steps.add(new Step<>(kind, () -> told(now, node), taken)));
        for (Call call : node.calls()) {
            if (now.reachable()) {
                steps.add(new Step<>(
                        kind,
                        () -> node.id() + " raises fence " + call.fence() + " and answers that " + call.ended()
                                + " is ended",
                        () -> answered(now, seat, call)));
            }
        }
    }

    private Optional<Supplier<Situation>> step(Situation now, Seat seat) {
        Thought thought = now.node(seat).thought();
        if (thought instanceof Thought.Idle) {
            return Optional.of(() -> loaded(now, seat));
        } else if (thought instanceof Thought.Dead) {
            return Optional.of(() -> startedAgain(now));
        } else if (thought instanceof Thought.Loaded loaded) {
            return Optional.of(() -> raisesFirst(now, loaded) ? raised(now, seat, loaded) : decided(now, seat, loaded));
        } else if (thought instanceof Thought.Proves proves) {
            return Optional.of(() -> proved(now, seat, proves));
        } else if (thought instanceof Thought.Commits commits) {
            return Optional.of(() -> committed(now, seat, commits.change()));
        } else if (thought instanceof Thought.Performs performs) {
            return Optional.of(() -> performed(now, seat, performs));
        }
        return Optional.empty();
    }

    // ---- the steps

    private static Situation loaded(Situation now, Seat seat) {
        ApplicationState state = now.store().state();
        return now.with(seat, now.node(seat).drives(state) ? new Thought.Loaded(state, false) : Thought.ASLEEP);
    }

    /** What this node halted before it was killed is anybody's; what it was driving it drives on. */
    private Situation startedAgain(Situation now) {
        ApplicationState state = now.store().state();
        if (state.live().isEmpty()
                && state.application().growth().isHalted()
                && flaw != Flaw.WHAT_WAS_HALTED_IS_FORGOTTEN_BY_A_CRASH) {
            return tookOver(now.with(Seat.ACTIVE, Thought.IDLE));
        }
        return now.with(Seat.ACTIVE, Thought.IDLE);
    }

    /** The active node takes the application over. */
    Situation tookOver(Situation now) {
        Decision.Accepted change = TakeOver.by(now.active().id(), now.store().state(), Occasion.engine(now.now()));
        return written(now, Seat.ACTIVE, change, Actor.ENGINE);
    }

    private boolean raisesFirst(Situation now, Thought.Loaded loaded) {
        return loaded.state().application().growth().isHalted() && !loaded.raised() && now.reachable();
    }

    private Situation raised(Situation now, Seat seat, Thought.Loaded loaded) {
        return now.with(now.runtime().raise(loaded.state().application().fence()))
                .with(seat, new Thought.Loaded(loaded.state(), true));
    }

    private Situation decided(Situation now, Seat seat, Thought.Loaded loaded) {
        ApplicationState state = loaded.state();
        if (!now.reachable()) {
            Move move = Driving.unreachable(state, now.maintenance(), now.now());
            return move instanceof Move.Sleep
                    ? thinking(
                            now,
                            seat,
                            state,
                            new Move.Sleep(Optional.of(now.now().plus(ASK_AGAIN))))
                    : thinking(now, seat, state, move);
        }
        Move move = moves.next(state, now, seat);
        return move instanceof Move.Prove prove
                ? now.with(seat, new Thought.Proves(state, now.runtime().observe(now.now()), prove.expected()))
                : thinking(now, seat, state, move);
    }

    private Situation proved(Situation now, Seat seat, Thought.Proves proves) {
        if (!now.reachable()) {
            return now.with(seat, Thought.IDLE);
        }
        Proof proof = flaw.proved(now.runtime().prove(proves.expected()));
        Move move = Driving.proved(proves.state(), proves.observed(), proof, now.now());
        invariants.proved(move, now.runtime(), proves.expected());
        return thinking(now, seat, proves.state(), move);
    }

    private Situation thinking(Situation now, Seat seat, ApplicationState state, Move move) {
        return move.match(
                commit -> {
                    Decision.Accepted right = commit.change();
                    ApplicationState basis = Invariants.after(state, right);
                    List<Effect> effects = decidedUpon(now, basis, right.effects());
                    Decision.Accepted change = new Decision.Accepted(
                            right.application(), right.orders(), right.events(), effects, right.rolledBack());
                    return flaw == Flaw.EFFECTS_COME_BEFORE_THEIR_COMMIT && !effects.isEmpty()
                            ? now.with(seat, new Thought.Performs(basis, effects, Optional.of(change)))
                            : now.with(seat, new Thought.Commits(change));
                },
                perform ->
                        now.with(seat, performing(state, decidedUpon(now, state, perform.effects()), perform.then())),
                prove -> {
                    throw new IllegalStateException("proved already");
                },
                sleep -> {
                    invariants.sleeps(now, state, flaw.sleeps(sleep.until()));
                    boolean again = flaw == Flaw.THE_DRIVER_NEVER_SLEEPS
                            || !state.application().equals(now.store().application());
                    return now.with(seat, again ? Thought.IDLE : Thought.ASLEEP);
                });
    }

    private List<Effect> decidedUpon(Situation now, ApplicationState basis, List<Effect> right) {
        List<Effect> effects = basis.live()
                .filter(order -> !right.isEmpty())
                .map(order -> flaw.done(right, order, now.runtime()))
                .orElse(right);
        invariants.decided(now.runtime(), basis, effects);
        return effects;
    }

    private Situation committed(Situation now, Seat seat, Decision.Accepted change) {
        if (!flaw.accepts(change, now.store())) {
            return now.with(seat, Thought.IDLE);
        }
        Situation written = written(now, seat, change, Actor.ENGINE);
        List<Effect> effects = change.effects().stream()
                .filter(effect -> !(effect instanceof Effect.Raise))
                .toList();
        return written.with(seat, performing(written.store().state(), effects, Optional.empty()));
    }

    private static Thought performing(ApplicationState basis, List<Effect> left, Optional<Decision.Accepted> then) {
        return left.isEmpty()
                ? then.<Thought>map(Thought.Commits::new).orElse(Thought.IDLE)
                : new Thought.Performs(basis, left, then);
    }

    private Situation performed(Situation now, Seat seat, Thought.Performs performs) {
        Effect effect = performs.effects().get(0);
        SmallRuntime runtime = now.runtime();
        if (!now.reachable() || !flaw.admits(effect.fence(), runtime.fence())) {
            return now.with(seat, Thought.IDLE);
        }
        invariants.takesEffect(now, performs.basis(), effect);
        List<Effect> rest = performs.effects().subList(1, performs.effects().size());
        return now.with(runtime.after(effect)).with(seat, performing(performs.basis(), rest, performs.then()));
    }

    /** A command's last step: from here on the caller knows. */
    private Situation answered(Situation now, Seat seat, Call call) {
        Situation done = call.late()
                .filter(late -> flaw.accepts(late, now.store()))
                .map(late -> written(now, seat, late, Story.ANNE))
                .orElse(now);
        Situation raised = done.with(done.runtime().raise(call.fence()))
                .with(seat, done.node(seat).answered(call))
                .confirming(call.fence())
                .answering(call.ended());
        invariants.answered(raised);
        return raised;
    }

    /** A commit by this node; it remembers what it halts. */
    Situation written(Situation now, Seat seat, Decision.Accepted right, Actor by) {
        Decision.Accepted change = flaw.committed(right, now.store());
        Store after = now.store().with(change);
        invariants.committed(now, change, after, by);
        return now.with(seat, now.node(seat).remembering(change)).with(after);
    }

    // ---- what is told of them

    private String told(Situation now, Node node) {
        String id = node.id() + " ";
        Thought thought = node.thought();
        if (thought instanceof Thought.Idle) {
            return id + "looks into the store: "
                    + now.store().live().map(Words::of).orElse("no order is live");
        } else if (thought instanceof Thought.Dead) {
            return id + "starts again";
        } else if (thought instanceof Thought.Loaded loaded) {
            if (raisesFirst(now, loaded)) {
                return id + "raises fence " + loaded.state().application().fence();
            }
            return id + (now.reachable() ? "sees " + now.runtime() : "can't see the instances") + ", and decides";
        } else if (thought instanceof Thought.Proves) {
            return id + "has restoration proved of " + now.runtime();
        } else if (thought instanceof Thought.Commits commits) {
            return id
                    + (flaw.accepts(commits.change(), now.store()) ? "commits: " : "comes too late to commit: ")
                    + Words.of(commits.change());
        } else if (thought instanceof Thought.Performs performs) {
            Effect effect = performs.effects().get(0);
            return id
                    + (flaw.admits(effect.fence(), now.runtime().fence()) ? "has the runtime " : "is too late to ")
                    + Words.of(effect);
        }
        return id + "sleeps";
    }
}
