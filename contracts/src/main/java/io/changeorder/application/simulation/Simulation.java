package io.changeorder.application.simulation;

import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.simulation.cluster.Cluster;
import io.changeorder.application.simulation.cluster.Weather;
import io.changeorder.application.simulation.stage.Dice;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One run of three nodes among everything that a seed has befall them: crashes, freezes, lost and late calls, conflicts,
 * clocks that jump, instances that fail, and people who order and abort. After every commit and every effect the laws are
 * checked; then the world heals, and every order has to end or to wait for a person explicitly, and to end when people
 * do something about it. The same seed gives the same run, wherever it is run.
 *
 * <p>Another store can be put under it, and another runtime before the simulated world; both have to keep their
 * contracts, and the run shows where they do not. Whatever they do, they do on the thread that calls: a thread of their
 * own knows nothing of the virtual time. The figures of several runs can be added up, to see that there was trouble.
 *
 * <pre>{@code
 * for (long seed = 1; seed <= 50; seed++) {
 *     try (MyStore store = MyStore.open(newFolder())) {
 *         Simulation.of(seed).withApplications(3).withStore(() -> store).run().orThrow();
 *     }
 * }
 * }</pre>
 *
 * <p>Immutable; each {@link #run()} is a new one, and any number may go on at once, each on the thread that calls it.
 */
public final class Simulation {
    private final long seed;
    private final int applications;
    private final Supplier<ChangeOrderStore> store;
    private final UnaryOperator<ApplicationRuntime> runtime;

    private Simulation(
            long seed, int applications, Supplier<ChangeOrderStore> store, UnaryOperator<ApplicationRuntime> runtime) {
        this.seed = seed;
        this.applications = applications;
        this.store = store;
        this.runtime = runtime;
    }

    /** A run of 20 applications over a store in memory. */
    public static Simulation of(long seed) {
        return new Simulation(seed, 20, InMemoryChangeOrderStore::new, UnaryOperator.identity());
    }

    /** With this many applications, 1 or more. */
    public Simulation withApplications(int newApplications) {
        return new Simulation(seed, newApplications, store, runtime);
    }

    /** Over this store, an empty one; whoever made it closes it. */
    public Simulation withStore(Supplier<ChangeOrderStore> newStore) {
        return new Simulation(seed, applications, newStore, runtime);
    }

    /** With a runtime that stands before the simulated one and keeps nothing of it back for longer than a call. */
    public Simulation withRuntime(UnaryOperator<ApplicationRuntime> newRuntime) {
        return new Simulation(seed, applications, store, newRuntime);
    }

    /** Runs it to its end, or to the first law that is broken. */
    public Run run() {
        Dice dice = new Dice(seed);
        Cluster cluster = new Cluster(dice, Weather.of(dice, applications), store.get(), runtime);
        List<Operator> operators = new ArrayList<>();
        for (int number = 1; number <= applications; number++) {
            operators.add(new Operator(cluster, "app-" + number, dice.between(2, 10)));
        }
        try {
            new Course(cluster, operators).run();
            return new Run(
                    seed,
                    applications,
                    cluster.trace().close(dice.draws()),
                    cluster.figures(),
                    cluster.trace().lines(),
                    cluster.trace().breaches());
        } finally {
            cluster.stage().end();
        }
    }
}
