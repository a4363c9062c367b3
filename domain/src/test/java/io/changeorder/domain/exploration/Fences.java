package io.changeorder.domain.exploration;

import io.changeorder.domain.exploration.Node.Call;
import io.changeorder.domain.exploration.Node.Thought;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.order.ChangeOrder;

/** The fences that are known somewhere in a situation. A bit for each, since they are asked for in every step. */
final class Fences {
    private static final int MOST = Long.SIZE;

    private long known;

    private Fences() {}

    static Fences of(Situation now) {
        Fences fences = new Fences();
        fences.add(now.store());
        fences.add(now.runtime().fence());
        fences.add(now.runtime().wishFence());
        fences.add(now.confirmed());
        fences.add(now.active());
        now.frozen().ifPresent(fences::add);
        return fences;
    }

    /** How many are older; -1 when it is none of them. */
    int rank(Fence fence) {
        long bit = bit(fence);
        return (known & bit) == 0 ? -1 : Long.bitCount(known & (bit - 1));
    }

    private void add(Store store) {
        add(store.application().fence());
        for (ChangeOrder order : store.orders().values()) {
            add(order.fence());
        }
    }

    private void add(Node node) {
        node.halted().ifPresent(this::add);
        for (Call call : node.calls()) {
            add(call.fence());
        }
        add(node.thought());
    }

    private void add(Thought thought) {
        if (thought instanceof Thought.Loaded loaded) {
            add(loaded.state().application().fence());
        } else if (thought instanceof Thought.Proves proves) {
            add(proves.state().application().fence());
        } else if (thought instanceof Thought.Commits commits) {
            add(commits.change().application().fence());
        } else if (thought instanceof Thought.Performs performs) {
            performs.effects().forEach(effect -> add(effect.fence()));
            performs.then().ifPresent(then -> add(then.application().fence()));
        }
    }

    private void add(Fence fence) {
        known |= bit(fence);
    }

    private static long bit(Fence fence) {
        if (fence.value() >= MOST) {
            throw new IllegalStateException("more fences than a small world has: " + fence);
        }
        return 1L << fence.value();
    }
}
