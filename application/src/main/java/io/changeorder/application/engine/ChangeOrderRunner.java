package io.changeorder.application.engine;

import io.changeorder.application.engine.ApplicationDriver.Driven;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Maintenance;
import io.changeorder.domain.id.ApplicationId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the driver of an application whenever there may be something to do: a command was committed, the runtime noticed
 * a change, or a moment has come. An order that waits costs one map entry and no thread. Safe from any thread.
 */
@Singleton
public final class ChangeOrderRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeOrderRunner.class);
    private static final int WORKERS = 8;
    private static final int CLAIMED_AT_ONCE = 500;
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);
    private static final long CLOSE_SECONDS = 10;

    private final ChangeOrderStore store;
    private final ApplicationRuntime runtime;
    private final ApplicationDriver driver;
    private final Identities ids;
    private final InstantSource clock;
    private final Metrics metrics;
    private final Map<ApplicationId, Lane> lanes = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;
    private Optional<ScheduledFuture<?>> maintenanceEnd = Optional.empty();

    @Inject
    public ChangeOrderRunner(
            ChangeOrderStore store,
            ApplicationRuntime runtime,
            ApplicationDriver driver,
            Identities ids,
            InstantSource clock,
            Metrics metrics) {
        this.store = store;
        this.runtime = runtime;
        this.driver = driver;
        this.ids = ids;
        this.clock = clock;
        this.metrics = metrics;
        this.workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Threads.named("changeorder-run"));
        this.workers.allowCoreThreadTimeOut(true);
        this.timer = new ScheduledThreadPoolExecutor(1, Threads.named("changeorder-timer"));
        this.timer.setRemoveOnCancelPolicy(true);
    }

    /** Takes over what other nodes left behind, and drives from now on. Used once. */
    public void start() {
        runtime.onChange(this::noticed);
        List<ApplicationId> unattended = store.findUnattended(ids.node(), CLAIMED_AT_ONCE);
        while (!unattended.isEmpty()) {
            unattended.forEach(driver::takeOver);
            unattended.forEach(this::wake);
            List<ApplicationId> next = store.findUnattended(ids.node(), CLAIMED_AT_ONCE);
            if (next.equals(unattended)) {
                break;
            }
            unattended = next;
        }
        Maintenance maintenance = store.maintenance();
        if (maintenance.isOn(clock.instant())) {
            maintenanceChanged(maintenance);
        }
    }

    /** There may be something to do for this application. */
    public void wake(ApplicationId application) {
        lanes.computeIfAbsent(application, Lane::new).wake();
    }

    /** Forward orders freeze or go on; they go on by themselves when the maintenance ends. */
    public synchronized void maintenanceChanged(Maintenance maintenance) {
        maintenanceEnd.ifPresent(set -> set.cancel(false));
        maintenanceEnd = maintenance
                .until()
                .filter(clock.instant()::isBefore)
                .flatMap(until -> schedule(() -> maintenanceChanged(maintenance), until));
        lanes.keySet().forEach(this::wake);
    }

    private void noticed(ApplicationId application) {
        Lane lane = lanes.get(application);
        if (lane != null) {
            lane.wake();
        }
    }

    /** A moment that is past by the clock comes at once; a clock that jumps makes it late, never lost. */
    private Optional<ScheduledFuture<?>> schedule(Runnable task, Instant at) {
        long millis = Math.max(0, Duration.between(clock.instant(), at).toMillis() + 1);
        try {
            return Optional.of(
                    timer.schedule(task, Math.min(millis, TimeUnit.MINUTES.toMillis(1)), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException closed) {
            LOG.debug("What is due at {} is left to the next engine: this one is closing", at);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        Threads.end(workers, CLOSE_SECONDS);
    }

    /** One application: driven by at most one thread at a time, and once more when it was woken meanwhile. */
    private final class Lane {
        private final ApplicationId application;
        private boolean queued;
        private boolean again;
        private Optional<ScheduledFuture<?>> alarm = Optional.empty();

        Lane(ApplicationId application) {
            this.application = application;
        }

        synchronized void wake() {
            if (queued) {
                again = true;
                return;
            }
            queued = true;
            alarm.ifPresent(set -> set.cancel(false));
            try {
                workers.execute(this::run);
            } catch (RejectedExecutionException closed) {
                LOG.debug("{} is left to the next engine: this one is closing", application);
            }
        }

        private void run() {
            Driven driven;
            try {
                driven = driver.drive(application);
            } catch (RuntimeException trouble) {
                metrics.threw("driver");
                LOG.error(
                        "{} can't be driven now; it is tried again in {} s",
                        application,
                        AFTER_TROUBLE.toSeconds(),
                        trouble);
                driven = new Driven.Waits(Optional.of(clock.instant().plus(AFTER_TROUBLE)));
            }
            rest(driven);
        }

        private synchronized void rest(Driven driven) {
            queued = false;
            if (again) {
                again = false;
                wake();
            } else if (driven instanceof Driven.Waits waits) {
                waits.until().ifPresent(until -> alarm = schedule(this::wake, until));
            } else {
                lanes.remove(application, this);
            }
        }
    }
}
