package io.changeorder.domain.exploration;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.exploration.Node.Call;
import io.changeorder.domain.exploration.Node.Thought;
import io.changeorder.domain.exploration.SmallRuntime.One;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Progress;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Of a situation all that can make a difference to what comes. Of fences only which is newer counts, of versions only
 * whether they are those of the store, of moments how far they are from now, of instances what they are and not their
 * names; of orders that have ended only the last and the one it takes back.
 */
final class Fingerprint {
    private static final Comparator<One> BY_ENTRY = Comparator.comparing(One::entry);
    private static final Comparator<One> BY_ENTRY_AND_CONDITION = BY_ENTRY.thenComparing(One::condition);

    private final Situation now;
    private long hash;
    private final Fences fences;
    private final List<One> ones;

    Fingerprint(Situation now) {
        this.now = now;
        this.fences = Fences.of(now);
        this.ones = canonical(now.runtime().ones());
    }

    long value() {
        store();
        runtime();
        put(now.active());
        put(now.frozen().isPresent());
        now.frozen().ifPresent(this::put);
        put(now.confirmed());
        put(now.answered().size());
        put(now.maintenance());
        put(now.reachable());
        put(now.left());
        return hash;
    }

    private void store() {
        Store store = now.store();
        put(store.state());
        ChangeOrder last = store.last();
        if (!last.isLive()) {
            put(last);
        }
        last.undoes().map(store::order).ifPresent(this::put);
    }

    private void runtime() {
        put(now.runtime().fence());
        put(now.runtime().wishFence());
        put(now.runtime().wish());
        put(ones.size());
        for (One one : ones) {
            put(one.entry());
            put(one.condition());
            put(one.tampered());
        }
    }

    private void put(Node node) {
        put(node.halted().isPresent());
        node.halted().ifPresent(this::put);
        put(node.calls().size());
        for (Call call : node.calls()) {
            put(call.fence());
            put(call.late().isPresent());
        }
        put(now.store().live().filter(order -> order.lease().equals(node.id())).isPresent());
        put(node.thought());
    }

    private void put(Thought thought) {
        put(thought.getClass().getSimpleName().hashCode());
        if (thought instanceof Thought.Loaded loaded) {
            put(loaded.raised());
            put(loaded.state(), true);
        } else if (thought instanceof Thought.Proves proves) {
            put(proves.state(), true);
            put(proves.expected());
            put(proves.observed());
        } else if (thought instanceof Thought.Commits commits) {
            putIfInTime(commits.change());
        } else if (thought instanceof Thought.Performs performs) {
            put(performs.effects());
            put(performs.then().isPresent());
            performs.then().ifPresent(this::putIfInTime);
        }
    }

    private void put(ApplicationState state, boolean shared) {
        boolean same = shared
                && state.application().version() == now.store().application().version();
        put(same);
        if (!same) {
            put(state);
        }
    }

    /** What comes too late for the store is the same however it is. */
    private void putIfInTime(Decision.Accepted change) {
        boolean inTime = now.store().isAbout(change);
        put(inTime);
        if (inTime) {
            put(change.application());
            put(change.orders().size());
            change.orders().forEach(this::put);
            put(change.effects());
        }
    }

    private void put(ApplicationState state) {
        put(state.application());
        state.live().ifPresent(this::put);
    }

    private void put(Application application) {
        put(application.fence());
        put(application.liveOrder().isPresent());
        put(application.settled().hashCode());
        put(application.generation());
        put(application.intended());
        put(application.touched());
        put(application.growth().isHalted());
    }

    private void put(ChangeOrder order) {
        put(order.change().type());
        put(order.status());
        put(order.undoes().isPresent());
        put(order.undoneBy().isPresent());
        put(order.fence());
        put(order.change().target().hashCode());
        put(order.change().limits().hashCode());
        if (order.isLive()) {
            put(order.progress());
        }
    }

    private void put(Progress progress) {
        put(progress.current());
        put(progress.batches().size());
        for (Batch batch : progress.batches()) {
            put(batch.target());
        }
        put(progress.stopwatch().runningSince().isPresent());
        put(progress.stopwatch().elapsed(now.now()).toSeconds());
        put(progress.nextBatchAt().filter(now.now()::isBefore).isPresent());
        put(progress.attention().isPresent());
        progress.attention().ifPresent(this::put);
        put(progress.freshStart().isPresent());
        progress.freshStart().ifPresent(replaced -> put(replaced.stream()));
    }

    private void put(Attention attention) {
        put(attention.getClass().getSimpleName().hashCode());
        Stream<InstanceId> about = attention.match(
                Stream::of,
                Stream::of,
                failed -> Stream.of(failed.failure().instance()),
                incomplete -> incomplete.differences().stream().flatMap(difference -> difference.instance().stream()),
                broken -> Stream.of());
        put(about);
    }

    private void put(Stream<InstanceId> some) {
        some.mapToInt(this::position).sorted().forEach(this::put);
    }

    private int position(InstanceId id) {
        for (int i = 0; i < ones.size(); i++) {
            if (ones.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private void put(Observation observed) {
        put(observed.instances().size());
        for (Instance instance : observed.instances()) {
            put(position(instance.id()));
            put(instance.state());
        }
    }

    private void put(List<Effect> effects) {
        put(effects.size());
        for (Effect effect : effects) {
            put(effect.fence());
            if (effect instanceof Effect.Scale scale) {
                put(scale.entry());
                put(scale.count());
            } else if (effect instanceof Effect.StartAfresh fresh) {
                put(fresh.replaced().stream());
            }
        }
    }

    private void put(Composition composition) {
        put(composition.counts().size());
        composition.counts().forEach((entry, count) -> {
            put(entry);
            put(count);
        });
    }

    private void put(Entry entry) {
        put(entry.revision().value().charAt(0));
        put(entry.generation());
    }

    private void put(Fence fence) {
        put(fences.rank(fence));
    }

    private void put(Enum<?> one) {
        put(one.name().hashCode());
    }

    private void put(boolean is) {
        put(is ? 1 : 0);
    }

    /** A step of SplitMix64, which is one to one: two that differ once may only meet by what comes after. */
    private void put(long number) {
        long mixed = hash * 0x9E3779B97F4A7C15L + number;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        hash = mixed ^ (mixed >>> 31);
    }

    /** The oldest first; among those that are alike it does not matter which is which, unless one was tampered with. */
    private static List<One> canonical(List<One> ones) {
        if (ones.size() < 2) {
            return ones;
        }
        boolean tampered = false;
        for (One one : ones) {
            tampered |= one.tampered();
        }
        List<One> sorted = new ArrayList<>(ones);
        sorted.sort(tampered ? BY_ENTRY : BY_ENTRY_AND_CONDITION);
        return sorted;
    }
}
