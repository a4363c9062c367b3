package io.changeorder.application.engine;

import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.application.spi.Metrics;
import io.changeorder.domain.decision.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener what happened, on a thread of its own: a listener that throws or blocks holds up nobody. A listener
 * that falls far behind misses events, which is logged and counted; the store has them all.
 */
@Singleton
public final class EventFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final int MOST_WAITING = 10_000;
    private static final long CLOSE_SECONDS = 2;

    private final ChangeOrderListener listener;
    private final Metrics metrics;
    private final ExecutorService thread;

    @Inject
    public EventFeed(ChangeOrderListener listener, Metrics metrics) {
        this.listener = listener;
        this.metrics = metrics;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Threads.named("changeorder-events"),
                (task, pool) -> {
                    if (!pool.isShutdown()) {
                        metrics.threw("listener-overrun");
                        LOG.warn("The listener is {} commits behind; it misses events", MOST_WAITING);
                    }
                });
    }

    void publish(List<Event> events) {
        if (listener != ChangeOrderListener.NONE && !events.isEmpty()) {
            thread.execute(() -> tell(events));
        }
    }

    private void tell(List<Event> events) {
        try {
            listener.happened(events);
        } catch (RuntimeException | Error thrown) {
            metrics.threw("listener");
            LOG.warn("The listener threw on {}", events.get(0).what(), thrown);
        }
    }

    @Override
    public void close() {
        Threads.end(thread, CLOSE_SECONDS);
    }
}
