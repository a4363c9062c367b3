package io.changeorder.application.simulation.cluster;

import io.changeorder.application.fixture.ForwardingRuntime;
import io.changeorder.application.simulation.stage.Figures;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Stands before the runtime, looks at the world before and after every call, and holds each against the laws. */
public final class Witness extends ForwardingRuntime {
    private final Cluster cluster;
    private final Map<ApplicationId, Fence> raised = new HashMap<>();
    private final Map<ApplicationId, Long> calls = new HashMap<>();
    private final Map<ApplicationId, List<Instance>> told = new HashMap<>();

    public Witness(Cluster cluster, ApplicationRuntime inner) {
        super(inner);
        this.cluster = cluster;
    }

    /** Whether nothing under an older fence can take effect any more. */
    public boolean isRaised(ApplicationId application, Fence fence) {
        return !raised.getOrDefault(application, Fence.ZERO).isOlderThan(fence);
    }

    /** How many calls came that a late one must not overtake. */
    public long calls(ApplicationId application) {
        return calls.getOrDefault(application, 0L);
    }

    /** Whether the instances look otherwise than when this was asked last. */
    public boolean hasChanged(ApplicationId application) {
        List<Instance> now = instances(application);
        return !now.equals(told.put(application, now));
    }

    @Override
    public Observation observe(ApplicationId application) {
        Observation truth = cluster.truth().observe(application);
        cluster.stage().current().ifPresent(task -> task.looked().put(application, truth));
        cluster.ledger().book(application).ifPresent(book -> book.see(truth.composition()));
        return inner.observe(application);
    }

    @Override
    public boolean raise(ApplicationId application, Fence fence, Duration limit) {
        boolean confirmed = inner.raise(application, fence, limit);
        if (confirmed) {
            raised.merge(application, fence, (old, grown) -> old.isOlderThan(grown) ? grown : old);
        }
        cluster.look(application);
        return confirmed;
    }

    @Override
    public void release(ApplicationId application, Fence fence) {
        calls.merge(application, 1L, Long::sum);
        inner.release(application, fence);
        cluster.look(application);
    }

    @Override
    public ScaleResult scale(ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
        return watch(
                application,
                fence,
                "scales " + entry + " to " + count,
                () -> inner.scale(application, entry, revision, count, fence),
                change -> {
                    requireWanted(change, entry, count, fence);
                    requireMatchingKept(change, entry);
                });
    }

    @Override
    public ScaleResult startAfresh(ApplicationId application, Set<InstanceId> replaced, Fence fence) {
        return watch(
                application,
                fence,
                "starts afresh " + new TreeSet<>(replaced),
                () -> inner.startAfresh(application, replaced, fence),
                change -> {});
    }

    /** What one call did to the world, and what the one who called knew. */
    private record Change(
            ApplicationId application, Observation before, Observation after, Task task, ApplicationState known) {
        Optional<ChangeOrder> order() {
            return known.live();
        }

        Observation looked() {
            return task.looked().getOrDefault(application, new Observation(before.at(), List.of()));
        }

        boolean isResuming() {
            return known.application().growth().isHalted();
        }

        int before(Entry entry) {
            return count(before, entry);
        }

        int after(Entry entry) {
            return count(after, entry);
        }

        private static int count(Observation observed, Entry entry) {
            return observed.composition().count(entry);
        }
    }

    private interface Laws {
        void require(Change change);
    }

    private ScaleResult watch(
            ApplicationId application, Fence fence, String what, Supplier<ScaleResult> call, Laws laws) {
        Task task = cluster.stage().current().orElseThrow();
        Observation before = cluster.truth().observe(application);
        ScaleResult result = call.get();
        Observation after = cluster.truth().observe(application);
        calls.merge(application, 1L, Long::sum);
        cluster.figures().count(result == ScaleResult.INITIATED ? Figures.Kind.SCALES : Figures.Kind.STALE_CALLS);
        cluster.trace()
                .note(task.node().id() + " " + Words.of(application) + " " + what + " under " + fence + ": " + result
                        + " " + Words.counted(after.instances()));
        law(
                application,
                before.instances().equals(after.instances())
                        || !fence.isOlderThan(raised.getOrDefault(application, Fence.ZERO)),
                () -> task.node().id() + " " + what + " under fence " + fence + " after " + raised.get(application)
                        + " was confirmed");
        if (result == ScaleResult.INITIATED) {
            ApplicationState known = Optional.ofNullable(task.read().get(application))
                    .orElseThrow(() -> new IllegalStateException(task.node().id() + " acts without having read"));
            Change change = new Change(application, before, after, task, known);
            requireFloor(change, what);
            requireCeiling(change, what);
            laws.require(change);
        }
        cluster.look(application);
        return result;
    }

    private void law(ApplicationId application, boolean holds, Supplier<String> otherwise) {
        cluster.trace().require(holds, () -> Words.of(application) + ": " + otherwise.get());
    }

    /** Only where nothing else happened since the one who acts has looked: a crash may take them below. */
    private void requireFloor(Change change, String what) {
        Duration readyFor = change.order()
                .map(order -> order.change().limits().timing())
                .orElse(Timing.DEFAULT)
                .readyFor();
        int seen = ready(change.looked(), readyFor);
        int left = ready(change.after(), readyFor);
        int floor = change.isResuming()
                ? seen
                : change.order().map(order -> order.change().limits().floor()).orElse(0);
        boolean undisturbed = serving(change.before()).containsAll(serving(change.looked()));
        law(
                change.application(),
                !undisturbed || left >= Math.min(floor, seen) || left == ready(change.before(), readyFor),
                () -> what + " took the ready instances from " + seen + " to " + left + " below the floor " + floor);
    }

    private void requireCeiling(Change change, String what) {
        int ceiling =
                change.order().map(order -> order.change().limits().ceiling()).orElse(Integer.MAX_VALUE);
        law(
                change.application(),
                change.isResuming()
                        || change.after().instances().size()
                                <= Math.max(ceiling, change.before().instances().size()),
                () -> what + " brought the instances to "
                        + change.after().instances().size() + " above " + ceiling);
    }

    /** Only the target's entries grow, and only to what was committed as intended before. */
    private void requireWanted(Change change, Entry entry, int count, Fence fence) {
        if (change.after(entry) <= change.before(entry)) {
            return;
        }
        Book book = cluster.ledger().book(change.application()).orElseThrow();
        law(
                change.application(),
                book.wasIntended(entry, count, fence),
                () -> entry + " grew to " + count + ", which nobody intended under " + fence);
        boolean wanted = change.isResuming()
                ? book.hasSeen(entry, count, fence)
                : change.order()
                        .flatMap(order -> order.progress().holding())
                        .filter(target -> target.count(entry) >= count)
                        .isPresent();
        law(change.application(), wanted, () -> entry + " grew to " + count + ", which is no target");
    }

    /** A rollback ends nothing of what it is to restore, but for more than there should be. */
    private void requireMatchingKept(Change change, Entry entry) {
        change.order()
                .filter(order -> order.isRollback() && order.change().target().wants(entry))
                .ifPresent(order -> law(
                        change.application(),
                        change.after(entry) >= change.before(entry)
                                || matching(change.after(), order)
                                        >= order.change().target().count(),
                        () -> "the rollback ended what matched: " + entry));
    }

    private static int matching(Observation observed, ChangeOrder order) {
        return observed.composition().only(order.change().target()::wants).total();
    }

    private List<Instance> instances(ApplicationId application) {
        return cluster.truth().observe(application).instances();
    }

    /** What answers, and since when: what did not for a moment in between is another one here. */
    private static Set<Map.Entry<InstanceId, Instant>> serving(Observation observed) {
        return observed.instances().stream()
                .flatMap(instance -> instance.readySince().stream().map(since -> Map.entry(instance.id(), since)))
                .collect(Collectors.toSet());
    }

    /** A clock that was set back since does not make them less ready. */
    private static int ready(Observation observed, Duration readyFor) {
        Instant now = observed.at();
        return (int) observed.instances().stream()
                .flatMap(instance -> instance.readySince().stream())
                .filter(since -> since.isAfter(now) || !since.plus(readyFor).isAfter(now))
                .count();
    }

    /** The composition that stays. */
    public Composition composition(ApplicationId application) {
        return cluster.truth().observe(application).composition();
    }
}
