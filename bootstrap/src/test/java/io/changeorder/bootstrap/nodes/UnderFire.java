package io.changeorder.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.persistence.postgres.PostgresChangeOrderStore;
import io.changeorder.bootstrap.nodes.Fire.Blow;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Three nodes over one database, and what befalls them while somebody deploys, confirms and takes back. */
final class UnderFire implements AutoCloseable {
    private final long seed;
    private final long from = System.nanoTime();
    private final Random random;
    private final Database database;
    private final TcpGate gate;
    private final Nodes nodes;
    private final Fire fire;
    private final Rollouts rollouts;

    /** The nodes run, and the application is there. */
    UnderFire(Path folder, long seed) throws IOException {
        this.seed = seed;
        this.random = new Random(seed);
        this.database = new Database(folder.resolve("database"));
        this.gate = new TcpGate(database.port());
        this.nodes = new Nodes(folder, gate.port(), random);
        try {
            for (int each = 0; each < 3; each++) {
                nodes.start();
            }
            this.fire = new Fire(nodes, database, gate, random);
            this.rollouts = new Rollouts(nodes, folder);
        } catch (Throwable failed) {
            try (database;
                    gate;
                    nodes) {
                throw failed;
            }
        }
        System.out.println("seed " + seed);
    }

    int blows() {
        return fire.blows();
    }

    /**
     * One deployment, one blow at some moment of it, and its end one way or the other.
     *
     * @param troubles one of which is the blow
     */
    void deployUnder(List<Trouble> troubles) throws Exception {
        Trouble trouble = troubles.get(random.nextInt(troubles.size()));
        String order = rollouts.deploy();
        boolean early = random.nextInt(3) == 0;
        Blow fallen = early ? fire.strike(trouble, order) : Blow.NONE;
        if (!early || random.nextBoolean()) {
            rollouts.awaitWaiting(order);
        }
        if (!early) {
            fallen = fire.strike(trouble, order);
        }
        if (rollouts.waits(order) && random.nextInt(3) == 0) {
            rollouts.confirm(order, fallen);
        } else {
            rollouts.takeBack(order, fallen);
        }
        rollouts.theWorldIsAsSettled();
    }

    /** What has to be true of the whole. */
    void judge() {
        rollouts.everyAcknowledgedOrderIsThere();
        try (PostgresChangeOrderStore store = PostgresChangeOrderStore.open(database.address(), new NodeId("reader"))) {
            List<Event> history = store.history(new ApplicationId(rollouts.application()), 1, Integer.MAX_VALUE);
            oneOrderLivedAtAnyMoment(history);
            assertThat(history)
                    .as("what was refused while the database was out of reach is not done later")
                    .noneMatch(event -> event.actor().name().equals(Fire.UNHEARD.accessKeyId()));
        }
    }

    private static void oneOrderLivedAtAnyMoment(List<Event> history) {
        Set<ChangeOrderId> live = new HashSet<>();
        for (Event event : history) {
            if (event.what() instanceof Happening.OrderOpened opened) {
                live.add(opened.order());
            } else if (event.what() instanceof Happening.OrderMoved moved
                    && !moved.to().isLive()) {
                live.remove(moved.order());
            }
            assertThat(live).as("event %s", event.number()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(live).isEmpty();
    }

    /** Leaves no process behind. */
    @Override
    public void close() throws IOException {
        nodes.close();
        gate.close();
        database.close();
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + fire + ", " + rollouts + ", "
                + Duration.ofNanos(System.nanoTime() - from).toSeconds() + " s";
    }
}
