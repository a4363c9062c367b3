package io.changeorder.application.simulation.cluster;

import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.command.Commands;
import io.changeorder.application.fixture.ForwardingStore;
import io.changeorder.application.fixture.InterceptedRuntime;
import io.changeorder.application.fixture.InterceptedStore;
import io.changeorder.application.simulation.stage.Figures;
import io.changeorder.application.simulation.stage.Stage;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.Workers;
import io.changeorder.application.spi.store.ChangeOrderStore.Watcher;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One life of a node: an engine from its start to its crash. */
public final class Node {
    private static final Duration SOON = Duration.ofMillis(5);
    private static final int MOST_MOVES = 900;

    private final Cluster cluster;
    private final NodeId id;
    private final ChangeOrderEngine engine;
    private Optional<Watcher> watcher = Optional.empty();
    private Optional<Consumer<ApplicationId>> listener = Optional.empty();
    private Duration ahead = Duration.ZERO;
    private Duration frozenUntil = Duration.ZERO;
    private Duration storeAwayUntil = Duration.ZERO;
    private Duration runtimeAwayUntil = Duration.ZERO;
    private boolean alive = true;
    private boolean open = true;

    public Node(Cluster cluster, NodeId id) {
        this.cluster = cluster;
        this.id = id;
        Gate gate = new Gate(cluster, this);
        this.engine = ChangeOrderEngine.builder()
                .store(new InterceptedStore(new News(), gate))
                .runtime(new InterceptedRuntime(new Carrier(cluster, this), gate))
                .clock(() -> cluster.stage().instant().plus(ahead))
                .ids(cluster.ids())
                .metrics(new Watch())
                .node(id)
                .workers(new Work())
                .build();
    }

    public NodeId id() {
        return id;
    }

    public Commands commands() {
        return engine.commands();
    }

    public boolean isAlive() {
        return alive;
    }

    /** Whether it takes commands. */
    public boolean isOpen() {
        return alive && open;
    }

    public void requireAlive() {
        if (!alive) {
            throw new Stage.Gone();
        }
    }

    // ---- what it does

    public void start() {
        does(Duration.ZERO, () -> {
            try {
                engine.start();
            } catch (StoreUnavailableException away) {
                crash("as it could not start");
            }
        });
    }

    /** Does this later, unless it is gone by then. */
    public void does(Duration delay, Runnable what) {
        does(delay, what, () -> {});
    }

    /** Does this later, or the other, which is no task, if it is gone by then. */
    public Runnable does(Duration delay, Runnable what, Runnable ifGone) {
        return cluster.stage().enter(delay, () -> {
            Duration frozen = frozenFor();
            if (!alive) {
                ifGone.run();
            } else if (frozen.isZero()) {
                cluster.stage().perform(new Task(this), what);
            } else {
                does(frozen, what, ifGone);
            }
        });
    }

    /** It hears that another node changed the application. */
    public void hear(ApplicationId application, Duration delay) {
        watcher.ifPresent(told -> does(delay, () -> told.committed(application)));
    }

    public void listen(Consumer<ApplicationId> newListener) {
        listener = Optional.of(newListener);
    }

    /** It hears that the world of the application changed. */
    public void notice(ApplicationId application) {
        listener.ifPresent(told -> does(Duration.ZERO, () -> told.accept(application)));
    }

    // ---- what befalls it

    public void crash(String when) {
        if (alive) {
            cluster.trace().note(id + " dies " + when);
            cluster.figures().count(Figures.Kind.CRASHES);
            alive = false;
            cluster.succeed(this);
        }
    }

    /** It is stopped as its operator stops it; what it was in the middle of it finishes. */
    public void close() {
        cluster.trace().note(id + " is closed");
        engine.close();
        cluster.succeed(this);
    }

    /** All of it stands still, and then goes on as if nothing had been. */
    public void freeze(Duration length) {
        frozenUntil = cluster.stage().time().plus(length);
    }

    public Duration frozenFor() {
        return left(frozenUntil);
    }

    public void cutOff(boolean fromStore, Duration length) {
        Duration end = cluster.stage().time().plus(length);
        if (fromStore) {
            storeAwayUntil = end;
        } else {
            runtimeAwayUntil = end;
        }
    }

    public boolean isCutOff(boolean fromStore) {
        return !left(fromStore ? storeAwayUntil : runtimeAwayUntil).isZero();
    }

    private Duration left(Duration end) {
        Duration left = end.minus(cluster.stage().time());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Its clock is so far ahead of the true time, or behind it. */
    public void setClockAhead(Duration by) {
        ahead = by;
    }

    public void heal() {
        frozenUntil = Duration.ZERO;
        storeAwayUntil = Duration.ZERO;
        runtimeAwayUntil = Duration.ZERO;
        ahead = Duration.ZERO;
    }

    /** Its view of the store, which tells it what other nodes did when the simulation says so. */
    private final class News extends ForwardingStore {
        News() {
            super(cluster.ledger());
        }

        @Override
        public void watch(Watcher newWatcher) {
            watcher = Optional.of(newWatcher);
        }
    }

    private final class Work implements Workers {
        @Override
        public boolean run(Runnable task) {
            if (Node.this.isOpen()) {
                does(cluster.dice().within(SOON), task);
                return true;
            }
            return false;
        }

        @Override
        public Optional<Alarm> runAfter(Duration delay, Runnable task) {
            return Node.this.isOpen() ? Optional.of(does(delay, task, () -> {})::run) : Optional.empty();
        }

        @Override
        public void close() {
            open = false;
        }
    }

    /** An engine may give up only where it met trouble, and must come to rest. */
    private final class Watch implements Metrics {
        @Override
        public void threw(String what) {
            boolean troubled = cluster.stage().current().map(Task::isTroubled).orElse(false);
            cluster.trace().require(troubled || !alive, () -> id + ": the " + what + " threw without any trouble");
        }

        @Override
        public void moved(Duration took) {
            int moves = cluster.stage().current().map(Task::countMove).orElse(0);
            cluster.trace().require(moves != MOST_MOVES, () -> id + " does not come to rest");
        }
    }
}
