package io.changeorder.application.engine;

import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
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
import java.util.Optional;
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
    private final ApplicationRuntime runtime;
    private final Committer committer;
    private final Effects effects;
    private final Identities ids;
    private final InstantSource clock;
    private final Metrics metrics;
    private final Driving.Ids newIds;

    @Inject
    public ApplicationDriver(
            ChangeOrderStore store,
            ApplicationRuntime runtime,
            Committer committer,
            Effects effects,
            Identities ids,
            InstantSource clock,
            Metrics metrics) {
        this.store = store;
        this.runtime = runtime;
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

    /** Drives it until it is done or waits. */
    public Driven drive(ApplicationId id) {
        List<Effect> last = List.of();
        for (int moves = 0; moves < MOST_MOVES; moves++) {
            Optional<ApplicationState> found = store.findApplication(id);
            if (found.isEmpty() || !isOurs(found.get())) {
                return new Driven.Done();
            }
            ApplicationState state = found.get();
            Move move = next(state);
            if (move instanceof Move.Sleep sleep) {
                return new Driven.Waits(sleep.until());
            }
            if (move instanceof Move.Perform perform && perform.then().isEmpty()) {
                if (perform.effects().equals(last)) {
                    return new Driven.Waits(Optional.of(now().plus(ASK_AGAIN)));
                }
                last = perform.effects();
            }
            make(state, move);
        }
        LOG.error("{} was driven {} moves without a rest; it goes on later", id, MOST_MOVES);
        return new Driven.Waits(Optional.of(now().plus(ASK_AGAIN)));
    }

    /**
     * Takes an application over from a node that is gone: nothing of that node can take effect any more, and what was
     * intended is wished for anew, since raising the fence has stopped all growth.
     */
    public void takeOver(ApplicationId id) {
        Optional<ApplicationState> found = store.findApplication(id);
        if (found.isEmpty()) {
            return;
        }
        Decision.Accepted taken = TakeOver.by(ids.node(), found.get(), Occasion.engine(now()));
        if (committer.commit(taken, List.of(), Optional.empty()) != CommitResult.COMMITTED) {
            LOG.info("{} was taken over by another node", id);
            return;
        }
        LOG.info("Took over {} with fence {}", id, taken.application().fence());
        effects.raise(id, taken.effects());
    }

    private boolean isOurs(ApplicationState state) {
        return state.live().map(order -> order.lease().equals(ids.node())).orElse(false)
                || state.application().growth().isHalted()
                || effects.hasUnconfirmedFence(state.application().id());
    }

    private Move next(ApplicationState state) {
        ApplicationId id = state.application().id();
        Instant now = now();
        boolean maintenance = store.maintenance().isOn(now);
        try {
            if (!effects.confirmFence(id)) {
                return orAskAgain(Driving.unreachable(state, maintenance, now), now);
            }
            Observation observed = runtime.observe(id);
            Move move = Driving.next(state, observed, maintenance, newIds, now);
            return move instanceof Move.Prove prove ? prove(state, observed, prove) : move;
        } catch (RuntimeUnavailableException unavailable) {
            LOG.warn("The runtime of {} can't be reached: {}", id, unavailable.getMessage());
            metrics.threw("runtime");
            return orAskAgain(Driving.unreachable(state, maintenance, now), now);
        }
    }

    private static Move orAskAgain(Move move, Instant now) {
        return move instanceof Move.Sleep ? new Move.Sleep(Optional.of(now.plus(ASK_AGAIN))) : move;
    }

    private Move prove(ApplicationState state, Observation observed, Move.Prove prove) {
        Application application = state.application();
        ChangeOrder order = state.live().orElseThrow();
        Proof proof = runtime.prove(
                application.id(),
                prove.expected(),
                entry -> effects.revision(application.id(), entry),
                order.change().limits().timing().readyFor());
        return Driving.proved(state, observed, proof, now());
    }

    private void make(ApplicationState state, Move move) {
        ApplicationId id = state.application().id();
        Instant started = clock.instant();
        if (move instanceof Move.Commit commit) {
            if (committed(commit.change())) {
                effects.raise(id, commit.change().effects());
                perform(id, commit.change().effects());
            }
        } else if (move instanceof Move.Perform perform && perform(id, perform.effects())) {
            perform.then().ifPresent(this::committed);
        }
        metrics.moved(Duration.between(started, clock.instant()));
    }

    private boolean committed(Decision.Accepted change) {
        CommitResult result = committer.commit(change, List.of(), Optional.empty());
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

    /** False when the runtime can't do it now or somebody else has a newer fence; the next look decides anew. */
    private boolean perform(ApplicationId id, List<Effect> wanted) {
        try {
            return effects.perform(id, wanted) == ScaleResult.INITIATED;
        } catch (RuntimeUnavailableException unavailable) {
            LOG.warn("The runtime of {} can't do it now: {}", id, unavailable.getMessage());
            metrics.threw("runtime");
            return false;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
