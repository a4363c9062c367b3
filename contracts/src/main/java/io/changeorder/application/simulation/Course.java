package io.changeorder.application.simulation;

import com.google.common.collect.Sets;
import io.changeorder.application.simulation.cluster.Cluster;
import io.changeorder.application.simulation.cluster.Node;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The course of a run: trouble, then healing, then people who end what waits for them, then the verdict. */
final class Course {
    private static final Duration LONGEST_TROUBLE = Duration.ofHours(12);
    /** A clock that was set back makes a deadline as late as it was wrong. */
    private static final Duration SLACK = Fate.FARTHEST_JUMP.plusMinutes(15);

    private static final int ROUNDS = 12;
    private static final int PATIENT_ROUNDS = 4;

    private final Cluster cluster;
    private final List<Operator> operators;
    private final Fate fate;

    Course(Cluster cluster, List<Operator> operators) {
        this.cluster = cluster;
        this.operators = operators;
        this.fate = new Fate(cluster);
    }

    void run() {
        cluster.nodes().forEach(Node::start);
        operators.forEach(Operator::begin);
        fate.begin();
        play(() -> operators.stream().allMatch(Operator::isDone), LONGEST_TROUBLE);
        fate.end();
        cluster.heal();
        endMaintenance();
        settle();
        for (int round = 1; round <= ROUNDS && !waiting().isEmpty(); round++) {
            boolean patient = round <= PATIENT_ROUNDS;
            waiting().forEach(order -> operators.get(0).attend(order, patient));
            settle();
        }
        if (cluster.trace().isClean()) {
            new Verdict(cluster, operators).pronounce();
        }
        cluster.figures().lasted(cluster.stage().time());
    }

    private void play(BooleanSupplier until, Duration atMost) {
        Duration end = cluster.stage().time().plus(atMost);
        cluster.stage()
                .play(() -> !cluster.trace().isClean()
                        || until.getAsBoolean()
                        || cluster.stage().time().compareTo(end) > 0);
    }

    private void endMaintenance() {
        cluster.stage().enter(Duration.ofSeconds(1), () -> {
            if (isMaintained()) {
                cluster.nodes().stream()
                        .filter(Node::isOpen)
                        .findFirst()
                        .ifPresent(node -> node.does(Duration.ZERO, () -> fate.endMaintenance(node)));
                endMaintenance();
            }
        });
    }

    private boolean isMaintained() {
        return cluster.ledger().store().maintenance().isOn(cluster.stage().instant());
    }

    /** Within a bound that can be computed every order ends, or waits explicitly. */
    private void settle() {
        Set<ChangeOrderId> overdue = Set.of();
        Set<ApplicationId> haltedBefore = Set.of();
        while (cluster.trace().isClean() && !isSettled()) {
            Set<ApplicationId> halted = halted();
            Set<ApplicationId> forgotten = Set.copyOf(Sets.intersection(halted, haltedBefore));
            cluster.trace()
                    .require(
                            forgotten.isEmpty(),
                            () -> "neither ended nor waiting explicitly: no node has growth go on of " + forgotten);
            haltedBefore = halted;
            Map<ChangeOrderId, ChangeOrder> late = restless();
            require(late.keySet().stream().noneMatch(overdue::contains), late);
            overdue = late.keySet();
            Duration bound = late.values().stream()
                    .map(Course::bound)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
            play(this::isSettled, bound.plus(SLACK));
        }
    }

    private boolean isSettled() {
        return !isMaintained() && cluster.isQuiet() && operators.stream().allMatch(Operator::isAnswered);
    }

    /** Where growth is halted and no order lives. */
    private Set<ApplicationId> halted() {
        return cluster.ledger().books().entrySet().stream()
                .filter(book ->
                        !book.getValue().isAtRest() && book.getValue().live().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Map<ChangeOrderId, ChangeOrder> restless() {
        return cluster.ledger().books().values().stream()
                .filter(book -> !book.isAtRest())
                .flatMap(book -> book.live().stream())
                .collect(Collectors.toMap(ChangeOrder::id, order -> order));
    }

    private void require(boolean inTime, Map<ChangeOrderId, ChangeOrder> late) {
        cluster.trace().require(inTime, () -> "neither ended nor waiting explicitly in time: " + late.values());
    }

    /** Each batch has its deadline and its pause, a batch that was lost has both again; so has a rollback after it. */
    private static Duration bound(ChangeOrder order) {
        int batches = order.change().strategy().batches() + 1;
        Duration batch = order.change().limits().timing().batch();
        return batch.plus(order.change().strategy().pause())
                .multipliedBy(2L * batches)
                .plus(batch);
    }

    private List<ChangeOrder> waiting() {
        return cluster.ledger().books().values().stream()
                .flatMap(book -> book.live().stream())
                .filter(order -> cluster.trace().isClean())
                .toList();
    }
}
