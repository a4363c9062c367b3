package io.changeorder.domain.exploration;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.InstanceFailure;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.story.Story;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a runtime promises, without any time: what takes time is a step of its own.
 *
 * @param fence the newest that was seen
 * @param wishFence of the last scale; growth is halted while it is older than {@code fence}
 * @param wish what is kept up
 * @param ones every instance, the oldest first
 * @param made how many there have ever been
 */
record SmallRuntime(Fence fence, Fence wishFence, Composition wish, List<One> ones, int made) {
    /** All is as wished for, and ready. */
    static SmallRuntime settled(Composition wish, Fence fence) {
        SmallRuntime runtime = new SmallRuntime(fence, fence, wish, List.of(), 0);
        for (Entry entry : wish.counts().keySet()) {
            runtime = runtime.fulfilled(entry);
        }
        List<One> ready =
                runtime.ones().stream().map(one -> one.with(Condition.READY)).toList();
        return new SmallRuntime(fence, fence, wish, ready, runtime.made());
    }

    SmallRuntime {
        ones = List.copyOf(ones);
    }

    /** What an instance is doing. */
    enum Condition {
        STARTING,
        READY,
        /** It exited once and will be started again. */
        BACKING_OFF,
        /** It exited too often, and backs off for longer than anybody waits. */
        FAILED,
        STOPPING;

        boolean exited() {
            return this == BACKING_OFF || this == FAILED;
        }
    }

    /**
     * An instance.
     *
     * @param tampered whether it is not what it was started as
     */
    record One(int number, Entry entry, Condition condition, boolean tampered) {
        InstanceId id() {
            return Names.instance(number);
        }

        boolean is(Condition wanted) {
            return condition == wanted;
        }

        /** It counts as one of these. */
        boolean isOf(Entry some) {
            return !is(Condition.STOPPING) && entry.equals(some);
        }

        boolean isLike(One other) {
            return condition == other.condition && tampered == other.tampered && entry.equals(other.entry);
        }

        One with(Condition next) {
            return new One(number, entry, next, tampered && !next.exited());
        }

        Instance observed() {
            Instance.State state = switch (condition) {
                case STARTING, READY -> Instance.State.RUNNING;
                case BACKING_OFF, FAILED -> Instance.State.BACKING_OFF;
                case STOPPING -> Instance.State.STOPPING;
            };
            int exits = switch (condition) {
                case STARTING, READY, STOPPING -> 0;
                case BACKING_OFF -> 1;
                case FAILED -> InstanceFailure.TOLERATED_EXITS + 1;
            };
            Optional<Instant> readySince = is(Condition.READY) ? Optional.of(Story.START) : Optional.empty();
            return new Instance(id(), entry, state, Story.START, readySince, exits, "");
        }

        @Override
        public String toString() {
            return "i-" + number + " (" + Words.of(entry) + ")";
        }
    }

    boolean isHalted() {
        return wishFence.isOlderThan(fence);
    }

    int count(Entry entry) {
        int count = 0;
        for (One one : ones) {
            if (one.isOf(entry)) {
                count++;
            }
        }
        return count;
    }

    int ready() {
        int ready = 0;
        for (One one : ones) {
            if (one.is(Condition.READY)) {
                ready++;
            }
        }
        return ready;
    }

    Composition present() {
        TreeMap<Entry, Integer> counts = new TreeMap<>();
        for (One one : ones) {
            if (!one.is(Condition.STOPPING)) {
                counts.merge(one.entry(), 1, Integer::sum);
            }
        }
        return new Composition(counts);
    }

    Observation observe(Instant at) {
        List<Instance> observed = new ArrayList<>(ones.size());
        for (One one : ones) {
            observed.add(one.observed());
        }
        return new Observation(at, observed);
    }

    Proof prove(Composition expected) {
        Stream<Difference> counts = present().equals(expected)
                ? Stream.empty()
                : Stream.of(new Difference(Difference.Kind.COUNT, Optional.empty(), "as ordered", "not so"));
        Stream<Difference> tampered = ones.stream()
                .filter(One::tampered)
                .map(one -> new Difference(
                        Difference.Kind.ENVIRONMENT, Optional.of(one.id()), "as in its revision", "changed"));
        Stream<Difference> unready = ones.stream()
                .filter(one -> !one.is(Condition.READY))
                .map(one -> new Difference(Difference.Kind.READINESS, Optional.of(one.id()), "ready", "not ready"));
        return new Proof(
                Stream.of(counts, tampered, unready).flatMap(each -> each).toList(), List.of(), List.of());
    }

    // ---- what it is told; a call with an older fence is refused by who calls this

    SmallRuntime after(Effect effect) {
        return effect.match(
                scale -> scale(scale.entry(), scale.count(), scale.fence()),
                raise -> raise(raise.fence()),
                fresh -> startAfresh(fresh.replaced(), fresh.fence()),
                release -> this);
    }

    private SmallRuntime scale(Entry entry, int count, Fence asked) {
        return new SmallRuntime(asked, asked, wish.with(entry, count), ones, made).fulfilled(entry);
    }

    SmallRuntime raise(Fence asked) {
        return fence.isOlderThan(asked) ? new SmallRuntime(asked, wishFence, wish, ones, made).forgetting() : this;
    }

    private SmallRuntime startAfresh(Set<InstanceId> replaced, Fence asked) {
        List<One> afresh = ones.stream()
                .map(one -> one.condition().exited() ? one.with(Condition.STARTING) : one)
                .map(one -> replaced.contains(one.id()) ? one.with(Condition.STOPPING) : one)
                .toList();
        SmallRuntime fresh = new SmallRuntime(asked, wishFence, wish, afresh, made);
        for (Entry entry : wish.counts().keySet()) {
            fresh = fresh.fulfilled(entry);
        }
        return fresh;
    }

    // ---- what happens to it by itself

    SmallRuntime becomes(One one, Condition next) {
        List<One> changed = new ArrayList<>(ones);
        changed.set(ones.indexOf(one), one.with(next));
        return new SmallRuntime(fence, wishFence, wish, changed, made).forgetting();
    }

    SmallRuntime tamperedWith(One one) {
        List<One> changed = new ArrayList<>(ones);
        changed.set(ones.indexOf(one), new One(one.number(), one.entry(), one.condition(), true));
        return new SmallRuntime(fence, wishFence, wish, changed, made);
    }

    SmallRuntime gone(One one) {
        List<One> left = new ArrayList<>(ones);
        left.remove(one);
        return new SmallRuntime(fence, wishFence, wish, left, made);
    }

    @Override
    public String toString() {
        return ones.isEmpty()
                ? "no instances"
                : ones.stream()
                        .map(one -> one + " "
                                + one.condition()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' ') + (one.tampered() ? ", tampered with" : ""))
                        .collect(Collectors.joining(", "));
    }

    /** What has exited while growth is halted is not started again, nor wished for. */
    private SmallRuntime forgetting() {
        if (!isHalted()) {
            return this;
        }
        List<One> left = new ArrayList<>(ones);
        left.removeIf(one -> one.condition().exited());
        SmallRuntime halted = new SmallRuntime(fence, wishFence, wish, left, made);
        return new SmallRuntime(fence, wishFence, halted.present(), left, made);
    }

    private SmallRuntime fulfilled(Entry entry) {
        if (isHalted()) {
            return this;
        }
        int missing = wish.count(entry) - count(entry);
        if (missing == 0) {
            return this;
        }
        List<One> changed = new ArrayList<>(ones);
        for (int i = 1; i <= missing; i++) {
            changed.add(new One(made + i, entry, Condition.STARTING, false));
        }
        ones.stream()
                .filter(one -> one.isOf(entry))
                .sorted(FIRST_TO_GO)
                .limit(Math.max(0, -missing))
                .forEach(one -> {
                    if (one.condition().exited()) {
                        changed.remove(one);
                    } else {
                        changed.set(changed.indexOf(one), one.with(Condition.STOPPING));
                    }
                });
        return new SmallRuntime(fence, wishFence, wish, changed, made + Math.max(0, missing));
    }

    /** What is not ready, then the newest. */
    private static final Comparator<One> FIRST_TO_GO = Comparator.<One, Boolean>comparing(
                    one -> one.is(Condition.READY))
            .thenComparing(One::number, Comparator.reverseOrder());
}
