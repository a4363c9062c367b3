package io.changeorder.application.engine;

import io.changeorder.application.engine.ApplicationDriver.Driven;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.Workers;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the driver of an application whenever there may be something to do: a command was committed, here or by another
 * node, the runtime noticed a change, or a moment has come. An order that waits costs one map entry and no thread. Says
 * now and then that this node is alive, and looks then for what nodes left behind that are not. Safe from any thread.
 */
@Singleton
public final class ChangeOrderRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeOrderRunner.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);
    private static final int BEATS_IN_A_LEASE = 3;
    /** So many are taken over at once, so that several nodes have a share of what one left behind. */
    private static final int CLAIMED_AT_ONCE = 256;

    /** What is left behind comes first. */
    private static final int LEASES_BEFORE_A_PURGE = 4;

    private static final int PURGED_AT_ONCE = 100;
    private static final Duration BETWEEN_PURGES = Duration.ofHours(1);
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(200);

    private final ChangeOrderStore store;
    private final ApplicationRuntime runtime;
    private final ApplicationDriver driver;
    private final Identities ids;
    private final Duration lease;
    private final Duration retention;
    private final InstantSource clock;
    private final Metrics metrics;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
    private final Map<ApplicationId, Lane> lanes = new ConcurrentHashMap<>();
    private final Workers workers;

    @Inject
    public ChangeOrderRunner(
            ChangeOrderStore store,
            ApplicationRuntime runtime,
            ApplicationDriver driver,
            Identities ids,
            EngineOptions options,
            InstantSource clock,
            Metrics metrics) {
        this(store, runtime, driver, ids, options, clock, metrics, new WorkerThreads());
    }

    /** With workers of the host, which belong to it from now on. */
    public ChangeOrderRunner(
            ChangeOrderStore store,
            ApplicationRuntime runtime,
            ApplicationDriver driver,
            Identities ids,
            EngineOptions options,
            InstantSource clock,
            Metrics metrics,
            Workers workers) {
        this.store = store;
        this.runtime = runtime;
        this.driver = driver;
        this.ids = ids;
        this.lease = options.lease();
        this.retention = options.retention();
        this.clock = clock;
        this.metrics = metrics;
        this.workers = workers;
    }

    /**
     * Takes over what other nodes left behind, and drives from now on. Used once.
     *
     * @throws IllegalStateException when it was started or closed before
     */
    public void start() {
        if (!phase.compareAndSet(Phase.NEW, Phase.STARTED)) {
            throw new IllegalStateException("an engine is started once: this one is " + phase.get());
        }
        runtime.onChange(this::noticed);
        store.watch(new ChangeOrderStore.Watcher() {
            @Override
            public void committed(ApplicationId application) {
                wake(application);
            }

            @Override
            public void changed() {
                wakeAll();
            }
        });
        renew();
        claim();
        store.findAttended(ids.node()).forEach(this::wake);
        workers.runAfter(betweenBeats(), this::beat);
        purgeLater(lease.multipliedBy(LEASES_BEFORE_A_PURGE));
    }

    /**
     * Commands are for an engine that will drive what they order.
     *
     * @throws IllegalStateException when it was closed
     */
    public void requireOpen() {
        if (phase.get() == Phase.CLOSED) {
            throw new IllegalStateException("this engine was closed");
        }
    }

    /** There may be something to do for this application. Before the start it is left to the start. */
    public void wake(ApplicationId application) {
        inLane(application, Lane::wake);
    }

    /** A lane that was left meanwhile takes nothing any more; then another one is opened. */
    private void inLane(ApplicationId application, Predicate<Lane> told) {
        while (phase.get() == Phase.STARTED) {
            if (told.test(lanes.computeIfAbsent(application, Lane::new))) {
                return;
            }
        }
    }

    /** Forward orders freeze or go on; at its end they go on by themselves. */
    public void wakeAll() {
        lanes.keySet().forEach(this::wake);
    }

    /** On the thread that keeps the time, since the workers may be at work for longer than a lease. */
    private void beat() {
        Duration next = betweenBeats();
        try {
            renew();
            workers.run(this::claimAgain);
        } catch (StoreUnavailableException unavailable) {
            LOG.warn("The store can't be told that this node is alive: {}", unavailable.getMessage());
            next = sooner(next);
        } catch (RuntimeException trouble) {
            LOG.error("This node can't say that it is alive; it is tried again", trouble);
            metrics.threw("lease");
            next = sooner(next);
        } finally {
            workers.runAfter(next, this::beat);
        }
    }

    private static Duration sooner(Duration delay) {
        return AFTER_TROUBLE.compareTo(delay) < 0 ? AFTER_TROUBLE : delay;
    }

    private Duration betweenBeats() {
        return lease.dividedBy(BEATS_IN_A_LEASE);
    }

    private void renew() {
        store.renewLease(ids.node(), lease);
        if (phase.get() == Phase.CLOSED) {
            // Whichever of the two came last, nobody has to wait for a node that is gone.
            letGo();
        }
    }

    /** Takes over what the store says is nobody's; safety does not depend on that being so. */
    private void claim() {
        List<ApplicationId> unattended = store.findUnattended(ids.node(), CLAIMED_AT_ONCE);
        unattended.forEach(each -> inLane(each, Lane::takeOver));
        if (unattended.size() == CLAIMED_AT_ONCE) {
            workers.runAfter(BETWEEN_STEPS, () -> workers.run(this::claimAgain));
        }
    }

    /** What can't be taken over now is found again at the next beat. */
    private void claimAgain() {
        try {
            claim();
        } catch (StoreUnavailableException unavailable) {
            LOG.warn("What was left behind can't be looked for now: {}", unavailable.getMessage());
        } catch (RuntimeException trouble) {
            LOG.error("What was left behind can't be looked for now", trouble);
            metrics.threw("lease");
        }
    }

    private void purgeLater(Duration delay) {
        workers.runAfter(delay, () -> workers.run(this::purgeOnAndOn));
    }

    /** In small steps, so that nobody waits for it. */
    private void purgeOnAndOn() {
        Duration next = BETWEEN_PURGES;
        try {
            int purged = store.purgeOrders(retention, PURGED_AT_ONCE);
            if (purged > 0) {
                LOG.info("{} orders that ended more than {} days ago were purged", purged, retention.toDays());
            }
            int forgotten = store.purgeAudit(retention, PURGED_AT_ONCE);
            if (forgotten > 0) {
                LOG.info("{} records of the audit older than {} days were purged", forgotten, retention.toDays());
            }
            if (Math.max(purged, forgotten) == PURGED_AT_ONCE) {
                next = BETWEEN_STEPS;
            }
        } catch (StoreUnavailableException unavailable) {
            LOG.warn("What is old can't be purged now: {}", unavailable.getMessage());
        } catch (RuntimeException trouble) {
            LOG.error("What is old can't be purged", trouble);
            metrics.threw("purge");
        } finally {
            purgeLater(next);
        }
    }

    private void noticed(ApplicationId application) {
        Lane lane = lanes.get(application);
        if (lane != null) {
            lane.wake();
        }
    }

    /** A moment that is past by the clock comes at once; a clock that jumps makes it late, never lost. */
    private Optional<Workers.Alarm> schedule(Runnable task, Instant at) {
        // What is due within the millisecond is not due before it.
        Duration left = Duration.between(clock.instant(), at).plusMillis(1);
        Duration delay = left.isNegative() ? Duration.ZERO : left;
        Optional<Workers.Alarm> alarm =
                workers.runAfter(delay.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : delay, task);
        if (alarm.isEmpty()) {
            LOG.debug("What is due at {} is left to the next engine: this one is closing", at);
        }
        return alarm;
    }

    /** Lets moves that are being made finish. What is left is for other nodes at once, or for the next engine. */
    @Override
    public void close() {
        Phase before = phase.getAndSet(Phase.CLOSED);
        workers.close();
        lanes.clear();
        if (before == Phase.STARTED) {
            letGo();
        }
    }

    private void letGo() {
        try {
            store.renewLease(ids.node(), Duration.ZERO);
        } catch (RuntimeException unavailable) {
            LOG.warn("Other nodes wait until the lease of this one lapses", unavailable);
        }
    }

    private enum Phase {
        NEW,
        STARTED,
        CLOSED
    }

    /** One application: driven by at most one thread at a time, and once more when it was woken meanwhile. */
    private final class Lane {
        private final ApplicationId application;
        private boolean unattended;
        private boolean queued;
        private boolean again;
        private boolean left;
        private Optional<Workers.Alarm> alarm = Optional.empty();

        Lane(ApplicationId application) {
            this.application = application;
        }

        synchronized boolean takeOver() {
            unattended = true;
            return wake();
        }

        /** False when there was nothing left to drive and another lane has to be opened. */
        synchronized boolean wake() {
            if (left) {
                return false;
            }
            if (queued) {
                again = true;
                return true;
            }
            queued = true;
            alarm.ifPresent(Workers.Alarm::cancel);
            alarm = Optional.empty();
            if (!workers.run(this::run)) {
                LOG.debug("{} is left to the next engine: this one is closing", application);
            }
            return true;
        }

        private void run() {
            Driven driven = new Driven.Waits(Optional.of(clock.instant().plus(AFTER_TROUBLE)));
            try {
                driven = drive().orElse(driven);
            } finally {
                rest(driven);
            }
        }

        /** Empty when that is impossible now. */
        private Optional<Driven> drive() {
            try {
                if (phase.get() != Phase.STARTED) {
                    return Optional.of(new Driven.Done());
                }
                if (wasUnattended()) {
                    driver.takeOver(application);
                }
                return Optional.of(driver.drive(application, () -> phase.get() == Phase.STARTED));
            } catch (StoreUnavailableException unavailable) {
                LOG.warn("The store can't be reached to drive {}: {}", application, unavailable.getMessage());
            } catch (RuntimeException | Error trouble) {
                LOG.error("{} can't be driven now; it is tried again", application, trouble);
            }
            metrics.threw("driver");
            return Optional.empty();
        }

        /** Only now: a moment later somebody else may have it, and then it is not to be taken from them. */
        private synchronized boolean wasUnattended() {
            boolean was = unattended;
            unattended = false;
            return was;
        }

        private synchronized void rest(Driven driven) {
            queued = false;
            if (again) {
                again = false;
                wake();
            } else if (driven instanceof Driven.Waits waits) {
                alarm = waits.until().flatMap(until -> schedule(this::wake, until));
            } else {
                left = true;
                lanes.remove(application, this);
            }
        }
    }
}
