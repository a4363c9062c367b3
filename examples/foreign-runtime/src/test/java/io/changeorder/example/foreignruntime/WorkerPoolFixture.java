package io.changeorder.example.foreignruntime;

import io.changeorder.application.contract.RuntimeFixture;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A real pool of threads, on a clock that goes on while something is awaited. */
final class WorkerPoolFixture implements RuntimeFixture {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

    private final SettableClock clock = new SettableClock();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<ParkedCall>> parking = new AtomicReference<>(Optional.empty());
    private final WorkerPool<Entry> pool = new WorkerPool<>(
            Map.of(
                    "serve", WorkerPoolFixture::serve,
                    "serve otherwise", WorkerPoolFixture::serve,
                    "prepare for ever", self -> waitForEver(),
                    "end", self -> {},
                    "finish first", this::finishFirst),
            clock,
            this::thread);
    private final Path folder;
    private ThreadPoolRuntime runtime = new ThreadPoolRuntime(pool, clock);

    WorkerPoolFixture(Path folder) {
        this.folder = folder;
    }

    private Thread thread(Runnable work) {
        parking.getAndSet(Optional.empty()).ifPresent(ParkedCall::pass);
        Thread thread = new Thread(work, "worker");
        threads.add(thread);
        return thread;
    }

    private static void serve(Worker<?> self) throws InterruptedException {
        self.setReady(true);
        waitForEver();
    }

    private static void waitForEver() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** Told to go, it goes when its time has come. */
    private void finishFirst(Worker<?> self) {
        try {
            serve(self);
        } catch (InterruptedException toldToGo) {
            Instant end = clock.instant().plus(LONGEST_STOP);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> !clock.instant().isBefore(end));
        }
    }

    @Override
    public ApplicationRuntime runtime() {
        return runtime;
    }

    @Override
    public void reopen() {
        runtime.close();
        runtime = new ThreadPoolRuntime(pool, clock);
    }

    @Override
    public Revision ready(String label) {
        return Revision.command("serve").withVersionLabel(label);
    }

    @Override
    public Revision neverReady(String label) {
        return Revision.command("prepare for ever").withVersionLabel(label);
    }

    @Override
    public Revision exitsAtOnce(String label) {
        return Revision.command("end").withVersionLabel(label);
    }

    @Override
    public Revision ignoresTermination(String label) {
        return Revision.command("finish first").withVersionLabel(label);
    }

    @Override
    public Revision withArtifact(String label) {
        try {
            Path file = Files.writeString(folder.resolve(label), "what to serve");
            return ready(label).withArtifact(Artifact.at(file.toUri().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Revision unusable() {
        return Revision.command("no such task");
    }

    @Override
    public void kill(ApplicationId application, InstanceId instance) {
        with(application, instance, worker -> worker.become("end"));
    }

    @Override
    public void setUnready(ApplicationId application, InstanceId instance, boolean unready) {
        with(application, instance, worker -> worker.setReady(!unready));
    }

    @Override
    public void change(ApplicationId application, InstanceId instance) {
        with(application, instance, worker -> worker.become("serve otherwise"));
    }

    private void with(ApplicationId application, InstanceId instance, Consumer<Worker<Entry>> action) {
        workers(application).stream()
                .filter(worker -> worker.name().equals(instance.value()))
                .forEach(action);
    }

    private List<Worker<Entry>> workers(ApplicationId application) {
        return pool.crew(application.value()).hold(Crew::workers);
    }

    @Override
    public void addRogue(ApplicationId application) {
        pool.crew(application.value()).hold(crew -> crew.begin(Optional.empty(), "serve"));
    }

    @Override
    public ParkedCall parkNextScale() {
        ParkedCall parked = new ParkedCall();
        parking.set(Optional.of(parked));
        return parked;
    }

    @Override
    public void pass(Duration time) {
        clock.advance(time);
        pool.supervise();
    }

    @Override
    public void await(String condition, Callable<Boolean> holds) {
        Awaitility.await(condition)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> holds.call() || goesOn());
    }

    private boolean goesOn() {
        pass(STEP);
        return false;
    }

    @Override
    public void settle() {
        pass(Duration.ofSeconds(2));
        Awaitility.await().during(Duration.ofMillis(100)).until(() -> true);
    }

    @Override
    public void close() {
        runtime.close();
        pool.close();
        await("every thread has ended", () -> threads.stream().noneMatch(Thread::isAlive));
    }
}
