package io.changeorder.application.fake;

import com.google.common.hash.Hashing;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.Findings;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A runtime in memory, on a clock that tests drive: each call first goes through everything that happened by then. It
 * keeps the contract of {@link ApplicationRuntime}, and what its instances do and how it fails is up to the test. Two
 * runtimes can share one world, as two nodes do. Thread-safe; it has no thread of its own.
 */
public final class SimulatedRuntime implements ApplicationRuntime {
    private final World world;
    private final List<Consumer<ApplicationId>> listeners = new CopyOnWriteArrayList<>();
    private final Map<ApplicationId, List<Instance>> told = new HashMap<>();
    private Optional<ParkedCall> parking = Optional.empty();
    private boolean unreachable;
    private boolean raisesHeld;
    private boolean closed;

    public SimulatedRuntime(InstantSource clock) {
        this(new World(clock));
    }

    private SimulatedRuntime(World world) {
        this.world = world;
    }

    /** Another runtime over the same world, as after a restart of the engine or on another node. */
    public SimulatedRuntime another() {
        return new SimulatedRuntime(world);
    }

    // ---- what the test decides

    /** What instances of this revision that are made from now on do. */
    public void behave(Revision revision, Behaviour behaviour) {
        synchronized (world) {
            world.behaviours.put(revision.id(), behaviour);
        }
    }

    /** Preparing a revision with this artifact is refused from now on. */
    public void refuse(String location, String parameter, String why) {
        synchronized (world) {
            world.refusals.put(location, new Preparation.Unusable(parameter, why));
        }
    }

    /** While unreachable every call fails; what was wished for goes on. */
    public void setUnreachable(boolean nowUnreachable) {
        synchronized (world) {
            unreachable = nowUnreachable;
        }
    }

    /** While held, no raise is confirmed, though the fence is taken in. */
    public void setRaisesHeld(boolean held) {
        synchronized (world) {
            raisesHeld = held;
        }
    }

    /** The next scale is held between its check of the fence and its effect. */
    public ParkedCall parkNextScale() {
        synchronized (world) {
            ParkedCall parked = new ParkedCall();
            parking = Optional.of(parked);
            return parked;
        }
    }

    /** The instance exits now. */
    public void kill(ApplicationId application, InstanceId instance) {
        synchronized (world) {
            SimulatedApplication seen = world.seen(application);
            seen.exit(world.instance(seen, instance), world.now(), "killed by signal 9");
        }
    }

    /** The instance is not ready until this is taken back or it starts again. */
    public void setUnready(ApplicationId application, InstanceId instance, boolean unready) {
        synchronized (world) {
            world.instance(world.seen(application), instance).holdUnready(unready, world.now());
        }
    }

    /** The instance is found to differ from its revision, in this, until it is replaced. */
    public void change(ApplicationId application, InstanceId instance, Difference.Kind kind, String found) {
        synchronized (world) {
            SimulatedInstance changed = world.instance(world.seen(application), instance);
            changed.changes.add(new Difference(kind, Optional.of(instance), "as in its revision", found));
        }
    }

    /** An instance that nobody ordered. */
    public InstanceId addRogue(ApplicationId application) {
        synchronized (world) {
            SimulatedApplication seen = world.seen(application);
            InstanceId rogue = new InstanceId("rogue-" + ++world.roguesMade);
            seen.rogues.add(rogue);
            return rogue;
        }
    }

    // ---- what the test sees

    /** Everything that was done to instances so far, in order. */
    public List<RuntimeEffect> effects() {
        synchronized (world) {
            world.applications.values().forEach(application -> application.advanceTo(world.now()));
            return List.copyOf(world.journal);
        }
    }

    /** The newest fence that was seen for an application. */
    public Fence fence(ApplicationId application) {
        synchronized (world) {
            return world.seen(application).fence();
        }
    }

    /** When something happens next by itself; absent when nothing will. */
    public Optional<Instant> nextMoment() {
        synchronized (world) {
            return world.applications.values().stream()
                    .flatMap(application -> application.nextMoment().stream())
                    .min(Comparator.naturalOrder());
        }
    }

    /** When something happens next by itself to an application; absent when nothing will. */
    public Optional<Instant> nextMoment(ApplicationId application) {
        synchronized (world) {
            return world.seen(application).nextMoment();
        }
    }

    /** Tells the listeners of every application that looks otherwise than at the last tick. */
    public void tick() {
        List<ApplicationId> changed = new ArrayList<>();
        synchronized (world) {
            for (ApplicationId application : List.copyOf(world.applications.keySet())) {
                List<Instance> now = look(application).instances();
                if (!now.equals(told.put(application, now))) {
                    changed.add(application);
                }
            }
        }
        changed.forEach(this::notifyChange);
    }

    /** Tells the listeners of this application, whether or not it changed. */
    public void notifyChange(ApplicationId application) {
        listeners.forEach(listener -> listener.accept(application));
    }

    // ---- the port

    @Override
    public Preparation prepare(Revision revision) {
        synchronized (world) {
            requireReachable();
            Optional<Artifact> artifact = revision.artifact();
            Optional<Preparation> refusal = artifact.map(Artifact::location).map(world.refusals::get);
            return refusal.orElseGet(() -> new Preparation.Prepared(
                    artifact.filter(found -> found.sha256().isEmpty())
                            .map(found -> revision.withArtifact(found.pinned(digest(found.location()))))
                            .orElse(revision)));
        }
    }

    @Override
    public void release(ApplicationId application, Fence fence) {
        synchronized (world) {
            requireReachable();
            SimulatedApplication seen = world.seen(application);
            if (seen.admits(fence)) {
                seen.release();
            }
        }
    }

    @Override
    public ScaleResult scale(ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
        if (!revision.id().equals(entry.revision())) {
            throw new IllegalArgumentException("not the content of " + entry);
        }
        Optional<ParkedCall> parked;
        long changes;
        synchronized (world) {
            requireReachable();
            if (fence.isOlderThan(world.seen(application).fence())) {
                return ScaleResult.STALE_FENCE;
            }
            parked = parking;
            parking = Optional.empty();
            changes = world.seen(application).changes();
        }
        parked.ifPresent(ParkedCall::pass);
        synchronized (world) {
            SimulatedApplication seen = world.seen(application);
            if (!seen.admits(fence)) {
                return ScaleResult.STALE_FENCE;
            }
            if (parked.isPresent() && seen.changes() != changes) {
                throw new RuntimeUnavailableException("another call came while this one was held");
            }
            seen.scale(entry, count, world.now());
            return ScaleResult.INITIATED;
        }
    }

    @Override
    public boolean raise(ApplicationId application, Fence fence, Duration limit) {
        synchronized (world) {
            requireReachable();
            // A newer fence does at least as well.
            boolean old = !world.seen(application).admits(fence);
            return old || !raisesHeld;
        }
    }

    @Override
    public Observation observe(ApplicationId application) {
        synchronized (world) {
            requireReachable();
            return look(application);
        }
    }

    @Override
    public ScaleResult startAfresh(ApplicationId application, Set<InstanceId> replaced, Fence fence) {
        synchronized (world) {
            requireReachable();
            SimulatedApplication seen = world.seen(application);
            if (!seen.admits(fence)) {
                return ScaleResult.STALE_FENCE;
            }
            seen.startAfresh(replaced, world.now());
            return ScaleResult.INITIATED;
        }
    }

    @Override
    public Proof prove(
            ApplicationId application, Composition expected, Function<Entry, Revision> revisions, Duration readyFor) {
        synchronized (world) {
            requireReachable();
            SimulatedApplication seen = world.seen(application);
            Findings findings = new Findings(look(application), expected, readyFor);
            for (SimulatedInstance instance : seen.instances) {
                instance.changes.forEach(findings::differs);
                if (instance.changes.isEmpty()) {
                    findings.agrees(instance.id, instance.entry.toString());
                }
            }
            seen.rogues.forEach(rogue -> findings.differs(
                    new Difference(Difference.Kind.ROGUE, Optional.of(rogue), "nothing", "an instance")));
            return findings.proof();
        }
    }

    @Override
    public void onChange(Consumer<ApplicationId> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        synchronized (world) {
            closed = true;
            listeners.clear();
        }
    }

    private Observation look(ApplicationId application) {
        Instant now = world.now();
        return new Observation(
                now,
                world.seen(application).instances.stream()
                        .map(SimulatedInstance::observed)
                        .toList());
    }

    private void requireReachable() {
        if (closed) {
            throw new IllegalStateException("this runtime was closed");
        }
        if (unreachable) {
            throw new RuntimeUnavailableException("the simulated runtime is unreachable");
        }
    }

    private static String digest(String location) {
        return Hashing.sha256().hashString(location, StandardCharsets.UTF_8).toString();
    }

    /** What goes on while runtimes come and go. Its monitor guards all of it, and the runtimes over it. */
    private static final class World {
        private final InstantSource clock;
        private final Map<ApplicationId, SimulatedApplication> applications = new TreeMap<>();
        private final Map<RevisionId, Behaviour> behaviours = new HashMap<>();
        private final Map<String, Preparation> refusals = new HashMap<>();
        private final List<RuntimeEffect> journal = new ArrayList<>();
        private int roguesMade;

        World(InstantSource clock) {
            this.clock = clock;
        }

        Instant now() {
            return clock.instant();
        }

        SimulatedApplication seen(ApplicationId id) {
            SimulatedApplication application = applications.computeIfAbsent(
                    id,
                    missing -> new SimulatedApplication(
                            missing, entry -> behaviours.getOrDefault(entry.revision(), Behaviour.USUAL), journal));
            application.advanceTo(now());
            return application;
        }

        SimulatedInstance instance(SimulatedApplication application, InstanceId id) {
            return application.instances.stream()
                    .filter(instance -> instance.id.equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no instance " + id));
        }
    }
}
