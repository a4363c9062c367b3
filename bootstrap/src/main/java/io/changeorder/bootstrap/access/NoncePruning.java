package io.changeorder.bootstrap.access;

import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets the nonces whose time is over, now and then and a few at once, so that nobody waits long for the store. */
final class NoncePruning implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NoncePruning.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int STEP = 500;
    /** More than a key may sign between two times. */
    private static final int MOST_STEPS = 1_000;

    private final AccessStore store;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "changeorder-nonces");
        thread.setDaemon(true);
        return thread;
    });

    private NoncePruning(AccessStore store) {
        this.store = store;
    }

    static NoncePruning start(AccessStore store, Duration interval) {
        NoncePruning pruning = new NoncePruning(store);
        long millis = interval.toMillis();
        var unused = pruning.timer.scheduleWithFixedDelay(pruning::prune, millis, millis, TimeUnit.MILLISECONDS);
        return pruning;
    }

    static NoncePruning start(AccessStore store) {
        return start(store, INTERVAL);
    }

    private void prune() {
        try {
            for (int step = 0; step < MOST_STEPS && !timer.isShutdown(); step++) {
                if (store.forgetNonces(STEP) < STEP) {
                    return;
                }
            }
        } catch (StoreUnavailableException unavailable) {
            LOG.warn("Old nonces could not be forgotten; the next time tries again: {}", unavailable.getMessage());
        }
    }

    /** What is being forgotten is still forgotten. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(INTERVAL.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("Old nonces are still being forgotten");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
