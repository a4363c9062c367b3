package io.changeorder.domain.plan;

import com.google.common.collect.Sets;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.InstanceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Walks what is observed towards a target composition, one safe step at a time. Only the target's entries grow, ready
 * instances stay at the floor or above, and instances at the ceiling or below.
 */
public final class Convergence {
    private static final Target NOTHING = new Target(Optional.empty(), 0, 0, false);

    private final Observation observed;
    private final Composition present;
    private final Composition target;
    private final Target brought;
    private final Limits limits;
    private final Composition ready;

    private Convergence(Observation observed, Composition target, Target brought, Limits limits) {
        this.observed = observed;
        this.present = observed.composition();
        this.target = target;
        this.brought = brought;
        this.limits = limits;
        this.ready = new Observation(
                        observed.at(),
                        observed.instances().stream().filter(this::isReady).toList())
                .composition();
    }

    /**
     * What to do next. The same arguments always give the same answer.
     *
     * @param target the composition to walk to
     * @param brought what all this is for: only instances of it can fail. Others that fail were there before and are to
     *     go anyway, so what is broken can be replaced
     */
    public static Step next(Observation observed, Composition target, Target brought, Limits limits) {
        return new Convergence(observed, target, brought, limits).next();
    }

    /**
     * Which of these instances may be ended now, so that others take their place: those that are not ready first, then
     * as many ready ones as there are above the floor, and no more than there is room for below the ceiling, since an
     * instance that is stopping still exists.
     */
    public static Set<InstanceId> replaceable(Observation observed, Set<InstanceId> unwanted, Limits limits) {
        Convergence convergence = new Convergence(observed, Composition.EMPTY, NOTHING, limits);
        List<Instance> named = observed.instances().stream()
                .filter(instance -> unwanted.contains(instance.id()) && !instance.isStopping())
                .sorted(Comparator.comparing(convergence::isReady).thenComparing(Instance::id))
                .toList();
        Set<InstanceId> spared = Stream.concat(
                        named.stream().skip(convergence.room()),
                        named.stream().filter(convergence::isReady).skip(convergence.spare()))
                .map(Instance::id)
                .collect(Collectors.toUnmodifiableSet());
        return Set.copyOf(Sets.difference(unwanted, spared));
    }

    private Step next() {
        Optional<InstanceFailure> failure = failure();
        if (failure.isPresent()) {
            return new Step.Failed(failure.get());
        }
        Map<Entry, Integer> counts = new TreeMap<>();
        shrink(counts);
        grow(counts);
        if (!counts.isEmpty()) {
            return new Step.Scale(counts);
        }
        if (isUnderWay()) {
            return new Step.Waiting(nextMoment());
        }
        return present.equals(target) ? new Step.Converged() : new Step.Blocked();
    }

    /** An entry with more instances than its target is no reason to fail: its unready ones are about to go. */
    private Optional<InstanceFailure> failure() {
        return observed.instances().stream()
                .filter(instance -> brought.wants(instance.entry()))
                .filter(instance -> present.count(instance.entry()) <= target.count(instance.entry()))
                .flatMap(instance -> failure(instance).stream())
                .min(Comparator.comparing(InstanceFailure::instance));
    }

    private Optional<InstanceFailure> failure(Instance instance) {
        return InstanceFailure.of(instance, limits.timing(), observed.at());
    }

    /** Leftovers of other orders go first, since they are in no target; unready instances go for nothing. */
    private void shrink(Map<Entry, Integer> counts) {
        int spare = spare();
        List<Entry> entries = present.counts().keySet().stream()
                .sorted(Comparator.comparing(entry -> target.count(entry) > 0))
                .toList();
        for (Entry entry : entries) {
            int excess = present.count(entry) - target.count(entry);
            int unready = present.count(entry) - ready.count(entry);
            int free = Math.min(excess, unready);
            int paid = Math.min(excess - free, spare);
            if (free + paid > 0) {
                spare -= paid;
                counts.put(entry, present.count(entry) - free - paid);
            }
        }
    }

    private int spare() {
        return Math.max(0, ready.total() - limits.floor());
    }

    /** What is stopping still exists and takes its place below the ceiling until it is gone. */
    private int room() {
        return Math.max(0, limits.ceiling() - observed.instances().size());
    }

    private void grow(Map<Entry, Integer> counts) {
        int room = room();
        for (Entry entry : target.counts().keySet()) {
            int missing = target.count(entry) - present.count(entry);
            int added = Math.min(missing, room);
            if (added > 0) {
                room -= added;
                counts.put(entry, present.count(entry) + added);
            }
        }
    }

    /** Each of these ends within a bound: a stop by the batch's deadline, an unready instance by its own. */
    private boolean isUnderWay() {
        return observed.instances().stream().anyMatch(instance -> instance.isStopping() || isAwaited(instance));
    }

    /** Of what was there before and has failed nothing is expected any more. */
    private boolean isAwaited(Instance instance) {
        return !instance.isStopping()
                && !isReady(instance)
                && (brought.wants(instance.entry()) || failure(instance).isEmpty());
    }

    private Optional<Instant> nextMoment() {
        return observed.instances().stream()
                .filter(this::isAwaited)
                .map(instance -> instance.readySince()
                        .map(since -> since.plus(limits.timing().readyFor()))
                        .orElseGet(() -> InstanceFailure.deadline(instance, limits.timing())))
                .min(Comparator.naturalOrder());
    }

    /** What is ready since a moment that has not come yet was ready before the clock was set back. */
    private boolean isReady(Instance instance) {
        return instance.readySince()
                .filter(since -> observed.at().isBefore(since)
                        || !observed.at().isBefore(since.plus(limits.timing().readyFor())))
                .isPresent();
    }
}
