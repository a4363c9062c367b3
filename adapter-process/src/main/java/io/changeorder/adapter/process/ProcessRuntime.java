package io.changeorder.adapter.process;

import io.changeorder.adapter.process.files.ApplicationFolder;
import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.launch.Launcher;
import io.changeorder.adapter.process.launch.Preparations;
import io.changeorder.adapter.process.os.Ports;
import io.changeorder.adapter.process.os.Prober;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.adapter.process.os.Session;
import io.changeorder.adapter.process.proof.Restoration;
import io.changeorder.adapter.process.proof.Rogues;
import io.changeorder.application.spi.IdSource;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs instances as processes of this host, each in a session of its own, which go on when this engine ends and are
 * adopted by the next one on the same data folder. Linux only. Thread-safe; a few threads of its own, none for each
 * instance.
 *
 * <p>An instance finds in its environment what its revision says, and {@code PORT}, {@code INSTANCE_ID},
 * {@code REVISION}, {@code GENERATION}, {@code APPLICATION_ID}, {@code ARTIFACT} (the file, if it has one),
 * {@code CHANGEORDER_DATA}, and unless its revision says otherwise {@code PATH}, {@code HOME} and {@code LANG}; nothing
 * else of the engine's own environment.
 */
public final class ProcessRuntime implements ApplicationRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessRuntime.class);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Surroundings around;
    private final Preparations preparations;
    private final ScheduledExecutorService timer;
    private final ExecutorService workers;
    private final ExecutorService probers;
    private final Map<ApplicationId, ApplicationSupervisor> supervisors = new ConcurrentHashMap<>();
    private final Map<ApplicationId, Pulse> pulses = new ConcurrentHashMap<>();
    private final List<Consumer<ApplicationId>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    ProcessRuntime(
            Path runtime,
            InstantSource clock,
            IdSource ids,
            ArtifactPins pins,
            Launcher launcher,
            Ports ports,
            Steps steps,
            Threads threads)
            throws IOException {
        timer = threads.timer();
        workers = threads.workers();
        probers = threads.probers();
        around = new Surroundings(
                runtime, clock, ids, pins, launcher, ports, new Prober(ports.host()), workers, probers, steps);
        preparations = new Preparations(pins, launcher.searchPath());
        for (ApplicationId application : ApplicationFolder.all(runtime)) {
            adopt(supervisor(application));
        }
        pulses.values().forEach(Pulse::wake);
    }

    /**
     * A runtime that keeps everything below {@code dataFolder}, which one engine at a time may use.
     */
    public static ProcessRuntimeBuilder in(Path dataFolder) {
        return new ProcessRuntimeBuilder(dataFolder);
    }

    @Override
    public Preparation prepare(Revision revision) {
        requireOpen();
        return preparations.prepare(revision);
    }

    @Override
    public void release(ApplicationId application, Fence fence) {
        supervisor(application).release(fence);
    }

    @Override
    public ScaleResult scale(ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
        if (!revision.id().equals(entry.revision())) {
            throw new IllegalArgumentException("not the content of " + entry);
        }
        if (count < 0) {
            throw new IllegalArgumentException("never fewer than 0 instances: " + count);
        }
        return supervisor(application).scale(entry, revision, count, fence);
    }

    @Override
    public boolean raise(ApplicationId application, Fence fence, Duration limit) {
        return supervisor(application).raise(fence, limit);
    }

    @Override
    public Observation observe(ApplicationId application) {
        return supervisor(application).observe();
    }

    @Override
    public ScaleResult startAfresh(ApplicationId application, Set<InstanceId> replaced, Fence fence) {
        return supervisor(application).startAfresh(replaced, fence);
    }

    @Override
    public Proof prove(
            ApplicationId application, Composition expected, Function<Entry, Revision> revisions, Duration readyFor) {
        ApplicationSupervisor supervisor = supervisor(application);
        List<Rogues.Rogue> rogues = supervisor.rogues();
        return new Restoration(around.launcher(), around.pins(), around.now(), readyFor)
                .prove(supervisor.subjects(), rogues, expected, revisions);
    }

    @Override
    public void onChange(Consumer<ApplicationId> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        closed = true;
        listeners.clear();
        timer.shutdownNow();
        probers.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A start that hangs is left to itself");
            }
            if (!timer.awaitTermination(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
                    || !probers.awaitTermination(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A probe that hangs is left to itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (ApplicationSupervisor supervisor : supervisors.values()) {
            try {
                supervisor.close();
            } catch (IOException e) {
                LOG.warn("The lock of application {} can't be closed", supervisor.id(), e);
            }
        }
    }

    /**
     * Ends every instance of the data folder, also what was started from it behind the runtime's back, and wishes for
     * none any more: for demonstrations and tests, which leave nothing behind.
     *
     * @param patience after so long what has not ended by itself is killed
     * @return whether nothing is left
     */
    public boolean endAll(Duration patience) {
        supervisors.values().forEach(ApplicationSupervisor::endAll);
        if (!holdsWithin(patience, this::hasNoInstances)) {
            supervisors.values().forEach(ApplicationSupervisor::killAll);
        }
        return holdsWithin(PATIENCE_AT_CLOSE, this::hasNoInstances)
                && holdsWithin(PATIENCE_AT_CLOSE, this::hasEndedWhatIsMarked);
    }

    private boolean hasNoInstances() {
        return supervisors.values().stream().allMatch(ApplicationSupervisor::isEmpty);
    }

    private boolean hasEndedWhatIsMarked() {
        String marker = around.launcher().marker();
        List<ProcessId> marked = ProcFs.all().stream()
                .map(ProcFs.Stat::id)
                .filter(process -> ProcFs.environment(process.pid())
                        .filter(environment -> marker.equals(environment.get(Launcher.MARKER)))
                        .isPresent())
                .toList();
        marked.forEach(process -> Session.signal(process, ProcessHandle::destroyForcibly));
        return marked.isEmpty();
    }

    private boolean holdsWithin(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean holds = condition.getAsBoolean();
        while (!holds && System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, PAUSE_NANOS);
            holds = condition.getAsBoolean();
        }
        return holds;
    }

    /** The process that runs an instance now. */
    Optional<Long> pid(ApplicationId application, InstanceId instance) {
        return supervisor(application).subjects().stream()
                .filter(subject -> subject.record().id().equals(instance))
                .flatMap(subject -> subject.process().stream())
                .map(ProcessId::pid)
                .findFirst();
    }

    /** Has everything that is due by the clock done now; for tests that move the clock. */
    void wake() {
        pulses.values().forEach(Pulse::wake);
    }

    /** What can't be adopted now, for somebody else still holds it, is adopted when it is let go. */
    private static void adopt(ApplicationSupervisor supervisor) {
        try {
            supervisor.observe();
        } catch (RuntimeUnavailableException e) {
            LOG.warn("Application {} is adopted later", supervisor.id(), e);
        }
    }

    /** What nobody tends must not be started. */
    private void requireOpen() {
        if (closed) {
            throw new RuntimeUnavailableException("this runtime is closed");
        }
    }

    private ApplicationSupervisor supervisor(ApplicationId application) {
        requireOpen();
        return supervisors.computeIfAbsent(application, id -> {
            Pulse pulse = new Pulse(around.clock(), timer, workers, () -> tell(id));
            ApplicationSupervisor supervisor =
                    new ApplicationSupervisor(ApplicationFolder.of(around.runtime(), id), around, pulse);
            pulse.beatsBy(supervisor::tend);
            pulses.put(id, pulse);
            return supervisor;
        });
    }

    private void tell(ApplicationId application) {
        for (Consumer<ApplicationId> listener : listeners) {
            try {
                listener.accept(application);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed", e);
            }
        }
    }
}
