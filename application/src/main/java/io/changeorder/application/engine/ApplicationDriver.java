package io.changeorder.application.engine;

import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Driving;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.decision.Move;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.TakeOver;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one application as far as it can go now: observe, ask {@link Driving}, commit, act, and again. At most one
 * thread may drive an application at a time; different ones in any number.
 */
@Singleton
public final class ApplicationDriver {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationDriver.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final int MOST_MOVES = 1_000;

    private final ChangeOrderStore store;
    private final Committer committer;
    private final Effects effects;
    private final Identities ids;
    private final InstantSource clock;
    private final Metrics metrics;
    private final Driving.Ids newIds;
    /** Effects that the runtime was asked for and did not answer for, so that they may come yet. */
    private final Map<ApplicationId, List<Effect>> uncertain = new ConcurrentHashMap<>();

    @Inject
    public ApplicationDriver(
            ChangeOrderStore store,
            Committer committer,
            Effects effects,
            Identities ids,
            InstantSource clock,
            Metrics metrics) {
        this.store = store;
        this.committer = committer;
        this.effects = effects;
        this.ids = ids;
        this.clock = clock;
        this.metrics = metrics;
        this.newIds = new Driving.Ids(ids::batch, ids::assignment);
    }

    /** What became of an application that was driven. */
    public sealed interface Driven {
        /** There is nothing to drive. */
        record Done() implements Driven {}

        /** It goes on when the world or a command says so, or at this moment. */
        record Waits(Optional<Instant> until) implements Driven {}
    }

    /**
     * Drives it until it is done or waits.
     *
     * @param goesOn asked before each move; false leaves the rest to the next engine
     */
    public Driven drive(ApplicationId id, BooleanSupplier goesOn) {
        List<Effect> last = List.of();
        for (int moves = 0; moves < MOST_MOVES; moves++) {
            Optional<ApplicationState> found = store.findApplication(id);
            if (found.filter(this::isNobodys).isPresent()) {
                takeOver(id);
                found = store.findApplication(id);
            }
            if (!goesOn.getAsBoolean() || found.filter(this::isOurs).isEmpty()) {
                uncertain.remove(id);
                return new Driven.Done();
            }
            ApplicationState state = found.get();
            Move move = next(state);
            if (move instanceof Move.Sleep sleep) {
                return new Driven.Waits(sleep.until());
            }
            if (move instanceof Move.Perform perform && perform.then().isEmpty()) {
                if (perform.effects().equals(last)) {
                    return askAgain();
                }
                last = perform.effects();
            }
            if (leavesUncertain(state, move)) {
                if (committed(TakeOver.by(ids.node(), state, Occasion.engine(now())))) {
                    uncertain.remove(id);
                }
            } else if (!make(id, move)) {
                return askAgain();
            }
        }
        LOG.error("{} was driven {} moves without a rest; it goes on later", id, MOST_MOVES);
        return askAgain();
    }

    /**
     * Whether effects may still come under the present fence that this move does not ask for again. Nothing is decided
     * then before the fence has grown, since they would come on top of it.
     */
    private boolean leavesUncertain(ApplicationState state, Move move) {
        List<Effect> effects = uncertain.getOrDefault(state.application().id(), List.of());
        boolean again =
                move instanceof Move.Perform perform && perform.effects().equals(effects);
        return !again
                && effects.stream()
                        .anyMatch(effect ->
                                effect.fence().equals(state.application().fence()));
    }

    private Driven askAgain() {
        return new Driven.Waits(Optional.of(now().plus(ASK_AGAIN)));
    }

    /**
     * Takes an application over from a node that is gone: nothing of that node can take effect any more, and what was
     * intended is wished for anew, since raising the fence stops all growth.
     *
     * @return false when somebody else changed the application meanwhile; then it may need nobody any more
     */
    public boolean takeOver(ApplicationId id) {
        Optional<ApplicationState> found = store.findApplication(id).filter(this::needsTakeOver);
        if (found.isEmpty()) {
            return true;
        }
        Decision.Accepted taken = TakeOver.by(ids.node(), found.get(), Occasion.engine(now()));
        LOG.info("{} is taken over with fence {}", id, taken.application().fence());
        return committed(taken);
    }

    private boolean needsTakeOver(ApplicationState state) {
        return state.live()
                .map(order -> !order.lease().equals(ids.node()))
                .orElseGet(() -> state.application().growth().isHalted() && !committer.hasHalted(state.application()));
    }

    /** Of several nodes the one that holds the live order acts, or else the one that halted growth. */
    private boolean isOurs(ApplicationState state) {
        return state.live()
                .map(order -> order.lease().equals(ids.node()))
                .orElseGet(() -> state.application().growth().isHalted() && committer.hasHalted(state.application()));
    }

    /** What this node may have halted without learning it is nobody's until it is taken over. */
    private boolean isNobodys(ApplicationState state) {
        Application application = state.application();
        return state.live().isEmpty()
                && application.growth().isHalted()
                && !committer.hasHalted(application)
                && committer.mayHaveHalted(application.id());
    }

    private Move next(ApplicationState state) {
        Instant now = now();
        Optional<Instant> maintained = store.maintenance().until().filter(now::isBefore);
        try {
            if (!effects.raise(state.application())) {
                return orAskAgain(Driving.unreachable(state, maintained.isPresent(), now), now);
            }
            Observation observed = effects.observe(state.application().id());
            Move move = Driving.next(state, observed, maintained.isPresent(), newIds, now);
            return move instanceof Move.Prove prove ? prove(state, observed, prove) : orWhenItEnds(move, maintained);
        } catch (RuntimeUnavailableException unavailable) {
            return orAskAgain(Driving.unreachable(state, maintained.isPresent(), now), now);
        } catch (RuntimeBrokenException broken) {
            return orAskAgain(Driving.broken(state, maintained.isPresent(), broken.how(), now), now);
        }
    }

    private static Move orAskAgain(Move move, Instant now) {
        return move instanceof Move.Sleep ? new Move.Sleep(Optional.of(now.plus(ASK_AGAIN))) : move;
    }

    /** What sleeps because of maintenance wakes up at its end, whichever node switched it. */
    private static Move orWhenItEnds(Move move, Optional<Instant> maintained) {
        return move instanceof Move.Sleep sleep ? new Move.Sleep(sleep.until().or(() -> maintained)) : move;
    }

    private Move prove(ApplicationState state, Observation observed, Move.Prove prove) {
        Duration readyFor =
                state.live().orElseThrow().change().limits().timing().readyFor();
        Proof proof = effects.prove(state.application().id(), prove.expected(), readyFor);
        return Driving.proved(state, observed, proof, now());
    }

    /** False when the runtime does not do it, so that asking again at once would lead nowhere. */
    private boolean make(ApplicationId id, Move move) {
        try {
            return made(id, move);
        } catch (RuntimeBrokenException broken) {
            hold(id, broken);
            return false;
        }
    }

    /** What was to be done is committed already, or still to be decided: a person is told of the state as it is now. */
    private void hold(ApplicationId id, RuntimeBrokenException broken) {
        Instant now = now();
        boolean maintenance = store.maintenance().isOn(now);
        store.findApplication(id)
                .filter(this::isOurs)
                .map(state -> Driving.broken(state, maintenance, broken.how(), now))
                .ifPresent(move -> made(id, move));
    }

    private boolean made(ApplicationId id, Move move) {
        Instant started = clock.instant();
        boolean made = move.match(
                commit -> !committed(commit.change())
                        || perform(id, commit.change().effects()),
                perform -> perform(id, perform.effects())
                        && perform.then().map(this::committedOrLost).orElse(true),
                prove -> true,
                sleep -> true);
        metrics.moved(Duration.between(started, clock.instant()));
        return made;
    }

    private boolean perform(ApplicationId id, List<Effect> asked) {
        Effects.Performed performed;
        try {
            performed = effects.perform(id, asked);
        } catch (RuntimeBrokenException broken) {
            uncertain.put(id, asked);
            throw broken;
        }
        if (performed == Effects.Performed.UNCERTAIN) {
            uncertain.put(id, asked);
        } else if (!asked.isEmpty()) {
            uncertain.remove(id);
        }
        return performed == Effects.Performed.DONE;
    }

    /** Whoever was faster has changed what to do next. */
    private boolean committedOrLost(Decision.Accepted change) {
        committed(change);
        return true;
    }

    private boolean committed(Decision.Accepted change) {
        CommitResult result = committer.commit(change);
        if (result == CommitResult.COMMITTED) {
            change.orders().forEach(order -> LOG.info("{} {}", order.id(), describe(order)));
        }
        return result == CommitResult.COMMITTED;
    }

    private static String describe(ChangeOrder order) {
        String batch = order.progress().batches().isEmpty()
                ? ""
                : " batch " + (order.progress().current() + 1) + " of "
                        + order.progress().batches().size();
        return order.change().type() + " " + order.status() + batch
                + order.attention()
                        .map(attention -> ", needs a person: " + attention)
                        .orElse("");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
