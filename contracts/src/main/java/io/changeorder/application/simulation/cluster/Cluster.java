package io.changeorder.application.simulation.cluster;

import io.changeorder.application.fake.Behaviour;
import io.changeorder.application.fake.CountingIdSource;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.fixture.Revisions;
import io.changeorder.application.simulation.stage.Dice;
import io.changeorder.application.simulation.stage.Figures;
import io.changeorder.application.simulation.stage.Stage;
import io.changeorder.application.simulation.stage.Trace;
import io.changeorder.application.spi.IdSource;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a run is made of: three nodes over one store and one world of instances. */
public final class Cluster {
    private static final int NODES = 3;
    private static final int REVISIONS = 6;
    private static final Duration USUAL_ABSENCE = Duration.ofSeconds(10);
    private static final Duration SLOW_NOTICE = Duration.ofSeconds(5);

    private final Stage<Task> stage = new Stage<>();
    private final Figures figures = new Figures();
    private final IdSource ids = new CountingIdSource();
    private final Trace trace = new Trace(() -> stage.time().toString().substring(2));
    private final List<Node> nodes = new ArrayList<>();
    private final Map<ApplicationId, Duration> looks = new HashMap<>();
    private final Dice dice;
    private final SimulatedRuntime truth;
    private final Ledger ledger;
    private final Witness witness;
    private final List<Revision> revisions = new ArrayList<>();
    private Weather weather;
    private Duration ahead = Duration.ZERO;
    private int lives;
    private int actors;

    public Cluster(Dice dice, Weather weather, ChangeOrderStore store, UnaryOperator<ApplicationRuntime> runtime) {
        this.dice = dice;
        this.weather = weather;
        this.truth = new SimulatedRuntime(this::truthNow);
        this.ledger = new Ledger(this, store);
        this.witness = new Witness(this, runtime.apply(truth.another()));
        for (int slot = 0; slot < NODES; slot++) {
            nodes.add(newNode(slot));
        }
        for (int number = 1; number <= REVISIONS; number++) {
            Revision pinned = pinned(Revisions.aRevision(Integer.toString(number)));
            truth.behave(pinned, behaviour());
            revisions.add(pinned);
        }
    }

    private Revision pinned(Revision revision) {
        return truth.prepare(revision).match(ApplicationRuntime.Preparation.Prepared::revision, unusable -> {
            throw new IllegalStateException(unusable.why());
        });
    }

    private Behaviour behaviour() {
        int choice = dice.upTo(9);
        Behaviour behaviour;
        if (choice == 0) {
            behaviour = Behaviour.neverReady();
        } else if (choice == 1) {
            behaviour = Behaviour.exitsAtOnce();
        } else if (choice == 2) {
            behaviour = Behaviour.exits(dice.within(Duration.ofSeconds(20)), dice.between(1, 5));
        } else {
            behaviour = choice < 6 ? Behaviour.USUAL : Behaviour.readyAfter(dice.within(Duration.ofSeconds(30)));
        }
        boolean slow = dice.chance(0.1);
        return behaviour.stoppingFor(dice.within(slow ? Duration.ofMinutes(40) : Duration.ofSeconds(10)));
    }

    /** What can be deployed; some of it is no good. */
    public List<Revision> revisions() {
        return revisions;
    }

    public Actor newActor() {
        return new Actor("caller-" + ++actors);
    }

    public Stage<Task> stage() {
        return stage;
    }

    public Dice dice() {
        return dice;
    }

    public Figures figures() {
        return figures;
    }

    public Trace trace() {
        return trace;
    }

    public IdSource ids() {
        return ids;
    }

    public Weather weather() {
        return weather;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Witness witness() {
        return witness;
    }

    /** The world of the instances as it is, whatever nodes are told of it. */
    public SimulatedRuntime truth() {
        return truth;
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** Whether every node is there and every application at rest, or waiting for a person. */
    public boolean isQuiet() {
        return nodes.stream().allMatch(Node::isOpen) && ledger.isQuiet();
    }

    public boolean isAlive(NodeId id) {
        return nodes.stream().anyMatch(node -> node.id().equals(id) && node.isOpen());
    }

    private Node newNode(int slot) {
        return new Node(this, new NodeId("node-" + (slot + 1) + "-" + ++lives));
    }

    /** Another node takes the place of one that is gone. */
    public void succeed(Node gone) {
        int slot = nodes.indexOf(gone);
        if (slot >= 0) {
            stage.enter(dice.around(USUAL_ABSENCE), () -> {
                Node next = newNode(slot);
                nodes.set(slot, next);
                trace.note(next.id() + " starts");
                next.start();
            });
        }
    }

    /** The clock of the instances' world is so far ahead of the true time, or behind it. */
    public void setClockAhead(Duration by) {
        ahead = by;
    }

    public Instant truthNow() {
        return stage.instant().plus(ahead);
    }

    /** Nothing is wrong from now on, but for what went wrong before. */
    public void heal() {
        weather = Weather.CALM;
        ahead = Duration.ZERO;
        nodes.forEach(Node::heal);
        revisions.forEach(revision -> truth.behave(revision, Behaviour.USUAL));
        ledger.books().keySet().forEach(this::look);
    }

    /** Looks whether this application's world has changed, now and whenever it will. */
    public void look(ApplicationId application) {
        looks.remove(application);
        Duration delay = dice.chance(0.05) ? dice.within(SLOW_NOTICE) : Duration.ofMillis(dice.upTo(50));
        if (witness.hasChanged(application)) {
            stage.enter(delay, () -> nodes.forEach(node -> node.notice(application)));
        }
        truth.nextMoment(application)
                .map(next -> Duration.between(truthNow(), next))
                .ifPresent(left -> lookAfter(application, left.isNegative() ? Duration.ZERO : left));
    }

    private void lookAfter(ApplicationId application, Duration delay) {
        Duration at = stage.time().plus(delay);
        Duration set = looks.get(application);
        if (set == null || at.compareTo(set) < 0) {
            looks.put(application, at);
            stage.enter(delay, () -> {
                if (at.equals(looks.get(application))) {
                    look(application);
                }
            });
        }
    }
}
