package io.changeorder.domain.story;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.RevisionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A runtime of a screen or two: it keeps the promises of the real ones, in a time that the story moves. */
public final class TinyWorld {
    /** What the instances of a revision do. */
    public enum Nature {
        READY_AT_ONCE,
        NEVER_READY,
        EXITS_AT_ONCE
    }

    /** An instance came into being, or was started again. */
    public record Started(Instant at, Entry entry) {}

    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(60);
    private static final Duration FORGETS_EXITS_AFTER = Duration.ofMinutes(10);

    private final Map<RevisionId, Nature> natures = new HashMap<>();
    private final List<One> ones = new ArrayList<>();
    private final List<Started> started = new ArrayList<>();
    private Instant now;
    private Fence fence = Fence.ZERO;
    private Fence wishFence = Fence.ZERO;
    private Composition wish = Composition.EMPTY;
    private Duration stopTakes = Duration.ofSeconds(1);
    private boolean refusesGrowth;
    private boolean released;
    private int made;

    TinyWorld(Instant now) {
        this.now = now;
    }

    // ---- what the story decides

    public void nature(RevisionId revision, Nature nature) {
        natures.put(revision, nature);
    }

    public void stopsTake(Duration duration) {
        stopTakes = duration;
    }

    /** Like a disk that is full: a scale is accepted, and no instance comes of it. */
    public void refusesGrowth(boolean refuses) {
        refusesGrowth = refuses;
        fulfil();
    }

    /** An instance of this entry exits. */
    public void exit(Entry entry) {
        one(entry).exit();
        forgetWhileHalted();
    }

    /** An instance of this entry does not answer any more. */
    public void becomesUnready(Entry entry) {
        One unready = one(entry);
        unready.countedFrom = now;
        unready.readySince = Optional.empty();
    }

    /** It answers again, from now on. */
    public void becomesReady() {
        ones.forEach(one -> one.readySince =
                one.state == Instance.State.RUNNING ? one.readySince.or(() -> Optional.of(now)) : Optional.empty());
    }

    /** An instance of this entry is not what it was started as. */
    public InstanceId tamperWith(Entry entry) {
        One tampered = ones.stream()
                .filter(one -> one.entry.equals(entry) && one.state == Instance.State.RUNNING)
                .sorted(Comparator.comparing(one -> one.tampered))
                .findFirst()
                .orElseThrow();
        tampered.tampered = true;
        return tampered.id;
    }

    // ---- the port

    void advanceTo(Instant moment) {
        Optional<One> next = due(moment);
        while (next.isPresent()) {
            One one = next.get();
            now = one.until.orElseThrow();
            switch (one.state) {
                case STOPPING -> ones.remove(one);
                case BACKING_OFF -> one.start();
                case RUNNING -> one.forgetExits();
            }
            next = due(moment);
        }
        now = moment;
        fulfil();
    }

    /** When something happens by itself. */
    Optional<Instant> nextMoment() {
        return ones.stream().flatMap(one -> one.until.stream()).min(Comparator.naturalOrder());
    }

    boolean scale(Entry entry, int count, Fence asked) {
        if (asked.isOlderThan(fence)) {
            return false;
        }
        fence = asked;
        wishFence = asked;
        wish = wish.with(entry, count);
        fulfil();
        return true;
    }

    void raise(Fence asked) {
        if (fence.isOlderThan(asked)) {
            fence = asked;
            forgetWhileHalted();
        }
    }

    boolean startAfresh(Set<InstanceId> replaced, Fence asked) {
        if (asked.isOlderThan(fence)) {
            return false;
        }
        for (One one : List.copyOf(ones)) {
            if (one.state == Instance.State.RUNNING) {
                one.forgetExits();
            }
            one.exits = 0;
            one.countedFrom = now;
            if (one.state == Instance.State.BACKING_OFF) {
                one.start();
            }
            if (replaced.contains(one.id)) {
                one.stop();
            }
        }
        fulfil();
        return true;
    }

    void release(Fence asked) {
        released = !asked.isOlderThan(fence);
    }

    /** Whether it was told to let go of the application. */
    public boolean isReleased() {
        return released;
    }

    Observation observe() {
        return new Observation(now, ones.stream().map(One::observed).toList());
    }

    Proof prove(Composition expected, Duration readyFor) {
        Observation seen = observe();
        Stream<Difference> counts = seen.composition().equals(expected)
                ? Stream.empty()
                : Stream.of(new Difference(
                        Difference.Kind.COUNT,
                        Optional.empty(),
                        expected.toString(),
                        seen.composition().toString()));
        Stream<Difference> changed = ones.stream()
                .filter(one -> one.tampered)
                .map(one -> new Difference(
                        Difference.Kind.ENVIRONMENT, Optional.of(one.id), "as in its revision", "changed at " + now));
        Stream<Difference> unready = seen.instances().stream()
                .filter(one -> one.readySince()
                        .filter(since -> !since.plus(readyFor).isAfter(now))
                        .isEmpty())
                .map(one -> new Difference(Difference.Kind.READINESS, Optional.of(one.id()), "ready", "not ready"));
        return new Proof(
                Stream.of(counts, changed, unready).flatMap(each -> each).toList(), List.of("seen"), List.of());
    }

    // ---- what the story sees

    /** Every start so far, in order. */
    public List<Started> started() {
        return List.copyOf(started);
    }

    public boolean isHalted() {
        return wishFence.isOlderThan(fence);
    }

    public Composition wish() {
        return wish;
    }

    private One one(Entry entry) {
        return ones.stream()
                .filter(one -> one.entry.equals(entry) && one.state == Instance.State.RUNNING)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + entry + " runs in " + observe()));
    }

    private Optional<One> due(Instant moment) {
        return ones.stream()
                .filter(one -> one.until.filter(until -> !until.isAfter(moment)).isPresent())
                .min(Comparator.comparing(one -> one.until.orElseThrow()));
    }

    private void forgetWhileHalted() {
        if (isHalted()) {
            ones.removeIf(one -> one.state == Instance.State.BACKING_OFF);
            wish = observe().composition();
        }
    }

    private void fulfil() {
        if (isHalted()) {
            return;
        }
        for (Entry entry : wish.plus(observe().composition()).counts().keySet()) {
            int missing = wish.count(entry) - observe().composition().count(entry);
            for (int i = 0; i < missing && !refusesGrowth; i++) {
                new One(entry);
            }
            ones.stream()
                    .filter(one -> one.entry.equals(entry) && one.state != Instance.State.STOPPING)
                    .sorted(firstToGo())
                    .limit(Math.max(0, -missing))
                    .toList()
                    .forEach(One::stop);
        }
    }

    /** Not ready first, then what became ready last, then the newest. */
    private static Comparator<One> firstToGo() {
        return Comparator.<One, Boolean>comparing(one -> one.readySince.isPresent())
                .thenComparing(one -> one.readySince.orElse(Instant.MIN), Comparator.reverseOrder())
                .thenComparing(one -> one.number, Comparator.reverseOrder());
    }

    private final class One {
        final int number;
        final InstanceId id;
        final Entry entry;
        Instance.State state = Instance.State.RUNNING;
        Instant countedFrom = now;
        Optional<Instant> readySince = Optional.empty();
        Optional<Instant> until = Optional.empty();
        int exits;
        boolean tampered;

        One(Entry entry) {
            this.number = ++made;
            this.id = new InstanceId("i-" + number);
            this.entry = entry;
            ones.add(this);
            start();
        }

        void start() {
            started.add(new Started(now, entry));
            state = Instance.State.RUNNING;
            countedFrom = now;
            until = exits > 0 ? Optional.of(now.plus(FORGETS_EXITS_AFTER)) : Optional.empty();
            switch (natures.getOrDefault(entry.revision(), Nature.READY_AT_ONCE)) {
                case READY_AT_ONCE -> readySince = Optional.of(now);
                case NEVER_READY -> readySince = Optional.empty();
                case EXITS_AT_ONCE -> exit();
            }
        }

        void exit() {
            Duration backOff = Duration.ofSeconds(1L << Math.min(exits, 6));
            exits++;
            state = Instance.State.BACKING_OFF;
            readySince = Optional.empty();
            until = Optional.of(now.plus(backOff.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : backOff));
        }

        void forgetExits() {
            exits = 0;
            until = Optional.empty();
        }

        void stop() {
            if (state == Instance.State.BACKING_OFF) {
                ones.remove(this);
                return;
            }
            state = Instance.State.STOPPING;
            readySince = Optional.empty();
            until = Optional.of(now.plus(stopTakes));
        }

        Instance observed() {
            return new Instance(id, entry, state, countedFrom, readySince, exits, state + " seen at " + now);
        }
    }
}
