package io.changeorder.application.simulation;

import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.SetMaintenance;
import io.changeorder.application.simulation.cluster.Cluster;
import io.changeorder.application.simulation.cluster.Node;
import io.changeorder.application.simulation.cluster.Words;
import io.changeorder.application.simulation.stage.Dice;
import io.changeorder.application.simulation.stage.Figures;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What befalls nodes, clocks and instances from outside, one stroke after another. */
final class Fate {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    static final Duration FARTHEST_JUMP = Duration.ofHours(3);

    private final Cluster cluster;
    private boolean over;

    Fate(Cluster cluster) {
        this.cluster = cluster;
    }

    void begin() {
        cluster.stage().enter(dice().around(cluster.weather().fate()), this::strike);
    }

    void end() {
        over = true;
    }

    private void strike() {
        if (!over) {
            Node node = dice().pick(cluster.nodes());
            switch (dice().upTo(8)) {
                case 0 -> crash(node);
                case 1 -> freeze(node);
                case 2 -> node.cutOff(true, dice().within(A_MINUTE));
                case 3 -> node.cutOff(false, dice().within(A_MINUTE));
                case 4 -> jump(node);
                case 5 -> maintain(node);
                default -> instance();
            }
            begin();
        }
    }

    private void crash(Node node) {
        if (node.isOpen()) {
            if (dice().chance(0.3)) {
                node.close();
            } else {
                node.crash("of itself");
            }
        }
    }

    private void freeze(Node node) {
        Duration length = dice().within(A_MINUTE.multipliedBy(2));
        cluster.trace().note(node.id() + " freezes for " + length);
        cluster.figures().count(Figures.Kind.FREEZES);
        node.freeze(length);
    }

    private void jump(Node node) {
        Duration ahead = dice().within(FARTHEST_JUMP.multipliedBy(2)).minus(FARTHEST_JUMP);
        cluster.figures().count(Figures.Kind.CLOCK_JUMPS);
        if (dice().chance(0.2)) {
            cluster.trace().note("the world's clock is " + ahead + " ahead");
            cluster.setClockAhead(ahead);
        } else {
            cluster.trace().note(node.id() + "'s clock is " + ahead + " ahead");
            node.setClockAhead(ahead);
        }
    }

    private void maintain(Node node) {
        Optional<Duration> length = dice().chance(0.5) ? Optional.of(dice().within(A_MINUTE)) : Optional.empty();
        if (node.isOpen()) {
            node.does(Duration.ZERO, () -> set(node, length));
        }
    }

    void endMaintenance(Node node) {
        set(node, Optional.empty());
    }

    private void set(Node node, Optional<Duration> length) {
        try {
            Request request = Request.by(cluster.newActor());
            node.commands().setMaintenance().handle(request, new SetMaintenance.Command(length));
            cluster.trace().note("maintenance for " + length);
        } catch (StoreUnavailableException | IllegalStateException away) {
            cluster.trace().note("maintenance could not be set");
        }
    }

    private void instance() {
        List<ApplicationId> all = List.copyOf(cluster.ledger().books().keySet());
        if (all.isEmpty()) {
            return;
        }
        ApplicationId application = dice().pick(all);
        List<Instance> instances = cluster.truth().observe(application).instances().stream()
                .filter(instance -> instance.state() == Instance.State.RUNNING)
                .toList();
        int choice = dice().upTo(9);
        if (choice == 0) {
            cluster.trace().note("a rogue comes to " + Words.of(application));
            cluster.truth().addRogue(application);
        } else if (!instances.isEmpty()) {
            befall(application, dice().pick(instances), choice);
        }
        cluster.look(application);
    }

    private void befall(ApplicationId application, Instance instance, int choice) {
        cluster.trace().note("fate " + choice + " befalls " + instance.id());
        if (choice == 1) {
            cluster.truth().change(application, instance.id(), Difference.Kind.ENVIRONMENT, "changed");
        } else if (choice < 6) {
            cluster.truth().kill(application, instance.id());
        } else {
            cluster.truth().setUnready(application, instance.id(), true);
            cluster.stage().enter(dice().within(A_MINUTE), () -> recover(application, instance));
        }
    }

    private void recover(ApplicationId application, Instance instance) {
        boolean exists = cluster.truth().observe(application).instances().stream()
                .anyMatch(other -> other.id().equals(instance.id()));
        if (exists) {
            cluster.truth().setUnready(application, instance.id(), false);
            cluster.look(application);
        }
    }

    private Dice dice() {
        return cluster.dice();
    }
}
