package io.changeorder.application.fake;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The world of one application; it goes through what happened since it was last looked at, moment by moment. */
final class SimulatedApplication {
    private static final Comparator<Instant> LATEST_FIRST = Comparator.reverseOrder();

    final List<SimulatedInstance> instances = new ArrayList<>();
    final List<InstanceId> rogues = new ArrayList<>();
    private final ApplicationId id;
    private final Function<Entry, Behaviour> behaviours;
    private final List<RuntimeEffect> journal;
    private Fence fence = Fence.ZERO;
    private Composition wish = Composition.EMPTY;
    /** Of the last scale; growth is stopped while it is older than the newest fence that was seen. */
    private Fence wishFence = Fence.ZERO;

    private boolean released;
    private long instancesMade;
    private long changes;

    SimulatedApplication(ApplicationId id, Function<Entry, Behaviour> behaviours, List<RuntimeEffect> journal) {
        this.id = id;
        this.behaviours = behaviours;
        this.journal = journal;
    }

    Fence fence() {
        return fence;
    }

    /** Takes the fence in if it is new enough; a newer one stops growth. */
    boolean admits(Fence asked) {
        if (asked.isOlderThan(fence)) {
            return false;
        }
        fence = asked;
        forgetExitedWhileGrowthIsStopped();
        return true;
    }

    void advanceTo(Instant now) {
        Optional<SimulatedInstance> next = nextBy(now);
        while (next.isPresent()) {
            SimulatedInstance instance = next.get();
            Instant moment = instance.nextMoment().orElseThrow();
            if (instance.isStopping()) {
                instances.remove(instance);
            } else if (instance.isBackingOff()) {
                instance.start(moment);
                record(moment, RuntimeEffect.Kind.STARTED_AGAIN, instance);
            } else {
                instance.passMoment(moment);
                forgetExitedWhileGrowthIsStopped();
            }
            next = nextBy(now);
        }
        instances.forEach(instance -> instance.passes(now));
        if (released && instances.isEmpty()) {
            wish = Composition.EMPTY;
        }
    }

    /** When something happens next by itself, or an instance becomes ready. */
    Optional<Instant> nextMoment() {
        return instances.stream()
                .flatMap(instance -> Stream.concat(instance.nextMoment().stream(), instance.becomesReadyAt().stream()))
                .min(Comparator.naturalOrder());
    }

    /** How many calls changed something, or wished to; grows with each. */
    long changes() {
        return changes;
    }

    void scale(Entry entry, int count, Instant now) {
        changes++;
        wishFence = fence;
        released = false;
        wish = wish.with(entry, count);
        fulfil(now);
    }

    void startAfresh(Set<InstanceId> replaced, Instant now) {
        changes++;
        rogues.removeAll(replaced);
        instances.stream().filter(instance -> !instance.isStopping()).forEach(instance -> {
            instance.startAfresh(now);
            if (replaced.contains(instance.id)) {
                stop(instance, now);
            }
        });
        advanceTo(now);
        fulfil(now);
    }

    void release() {
        changes++;
        released = true;
    }

    void exit(SimulatedInstance instance, Instant now, String why) {
        instance.exit(now, why);
        forgetExitedWhileGrowthIsStopped();
    }

    /** What exits while growth is stopped is not started again, so the wish shrinks with it. */
    private void forgetExitedWhileGrowthIsStopped() {
        if (growthIsStopped()) {
            instances.removeIf(SimulatedInstance::isBackingOff);
            wish = present();
        }
    }

    private boolean growthIsStopped() {
        return wishFence.isOlderThan(fence);
    }

    private Composition present() {
        Composition present = Composition.EMPTY;
        for (SimulatedInstance instance : instances) {
            if (!instance.isStopping()) {
                present = present.with(instance.entry, present.count(instance.entry) + 1);
            }
        }
        return present;
    }

    private void fulfil(Instant now) {
        if (growthIsStopped()) {
            wish = present();
            return;
        }
        for (Entry entry : wish.plus(present()).counts().keySet()) {
            int missing = wish.count(entry) - present().count(entry);
            for (int i = 0; i < missing; i++) {
                start(entry, now);
            }
            instances.stream()
                    .filter(instance -> instance.entry.equals(entry) && !instance.isStopping())
                    .sorted(firstToGo(now))
                    .limit(Math.max(0, -missing))
                    .toList()
                    .forEach(instance -> stop(instance, now));
        }
        advanceTo(now);
    }

    private void start(Entry entry, Instant now) {
        instancesMade++;
        SimulatedInstance instance = new SimulatedInstance(
                new InstanceId(id + "-" + instancesMade), instancesMade, entry, behaviours.apply(entry), now);
        instances.add(instance);
        record(now, RuntimeEffect.Kind.STARTED, instance);
    }

    private void stop(SimulatedInstance instance, Instant now) {
        record(now, RuntimeEffect.Kind.TOLD_TO_STOP, instance);
        if (instance.isBackingOff()) {
            instances.remove(instance);
        } else {
            instance.stop(now);
        }
    }

    /** Not ready first, then what became ready last, then the newest. What is ready since later was so before. */
    private static Comparator<SimulatedInstance> firstToGo(Instant now) {
        return Comparator.comparing(SimulatedInstance::isReady)
                .thenComparing(
                        instance -> instance.readySince()
                                .filter(since -> !since.isAfter(now))
                                .orElse(Instant.MIN),
                        LATEST_FIRST)
                .thenComparing(Comparator.comparingLong((SimulatedInstance instance) -> instance.number)
                        .reversed());
    }

    private Optional<SimulatedInstance> nextBy(Instant now) {
        return instances.stream()
                .filter(instance -> instance.nextMoment()
                        .filter(moment -> !moment.isAfter(now))
                        .isPresent())
                .min(Comparator.comparing(instance -> instance.nextMoment().orElseThrow()));
    }

    private void record(Instant at, RuntimeEffect.Kind kind, SimulatedInstance instance) {
        journal.add(new RuntimeEffect(at, id, kind, instance.entry, instance.id, fence));
    }
}
