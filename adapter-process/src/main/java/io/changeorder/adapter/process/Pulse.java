package io.changeorder.adapter.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one application tended when something is due or was heard of it, and not otherwise. Thread-safe. */
final class Pulse {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    /** The clock of the runtime may jump, the timer does not know. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final Runnable onChange;
    private final AtomicBoolean queued = new AtomicBoolean();
    private Supplier<Optional<Instant>> tend = Optional::empty;
    private Optional<Future<?>> sleep = Optional.empty();
    private long sleepsUntil;

    /**
     * @param onChange tells the listeners; called by a worker
     */
    Pulse(InstantSource clock, ScheduledExecutorService timer, Executor workers, Runnable onChange) {
        this.clock = clock;
        this.timer = timer;
        this.workers = workers;
        this.onChange = onChange;
    }

    /**
     * Sets what a beat does, before the first.
     *
     * @param newTend does what is due; its answer is when something is due next
     */
    synchronized void beatsBy(Supplier<Optional<Instant>> newTend) {
        tend = newTend;
    }

    /** Something may be due now. */
    void wake() {
        if (queued.compareAndSet(false, true)) {
            work(this::beat);
        }
    }

    /** Something worth telling the listeners has changed. */
    void changed() {
        work(onChange);
    }

    private void work(Runnable work) {
        try {
            workers.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("The runtime is closed, nothing is tended any more: {}", e.getMessage());
        }
    }

    private void beat() {
        queued.set(false);
        Optional<Instant> next;
        try {
            next = tended();
        } catch (RuntimeException | Error e) {
            LOG.warn("An application can't be tended now, it is tried again soon", e);
            next = Optional.of(clock.instant().plus(AFTER_TROUBLE));
        }
        next.ifPresent(this::sleepUntil);
    }

    private Optional<Instant> tended() {
        Supplier<Optional<Instant>> tending;
        synchronized (this) {
            tending = tend;
        }
        return tending.get();
    }

    /** Two beats may overlap: whichever is to be woken first counts, since waking too early is harmless. */
    private synchronized void sleepUntil(Instant next) {
        Duration delay = Duration.between(clock.instant(), next);
        long nanos = delay.isNegative() ? 0 : (delay.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : delay).toNanos();
        long now = System.nanoTime();
        long until = now + nanos;
        boolean sleeps = sleep.isPresent() && sleepsUntil - now > 0;
        if (sleeps && sleepsUntil - until <= 0) {
            return;
        }
        sleep.ifPresent(before -> before.cancel(false));
        sleepsUntil = until;
        try {
            sleep = Optional.of(timer.schedule(this::wake, nanos, TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            LOG.debug("The runtime is closed, nothing is tended any more: {}", e.getMessage());
        }
    }
}
