package io.changeorder.bootstrap.race;

import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What was heard of orders and applications, to wait by: it costs less than to look into the store each time. */
final class Hearsay implements ChangeOrderListener {
    private static final long LOOKS_AGAIN_MILLIS = 5;

    private final Semaphore news = new Semaphore(0);
    private final Map<ChangeOrderId, Status> statuses = new ConcurrentHashMap<>();
    private final Map<ApplicationId, ChangeOrderId> live = new ConcurrentHashMap<>();
    private final Set<ApplicationId> halted = ConcurrentHashMap.newKeySet();

    @Override
    public void happened(List<Event> events) {
        for (Event event : events) {
            if (event.what() instanceof Happening.OrderOpened opened) {
                live.put(event.application(), opened.order());
            } else if (event.what() instanceof Happening.OrderMoved moved) {
                statuses.put(moved.order(), moved.to());
                if (!moved.to().isLive()) {
                    live.remove(event.application(), moved.order());
                }
            } else if (event.what() instanceof Happening.GrowthChanged changed) {
                note(event.application(), changed.growth());
            }
        }
        news.release();
    }

    private void note(ApplicationId application, Growth growth) {
        if (growth.isHalted()) {
            halted.add(application);
        } else {
            halted.remove(application);
        }
    }

    /** Where the order is. */
    Status status(ChangeOrderId order) {
        return statuses.getOrDefault(order, Status.PREPARING);
    }

    /** Whether nothing is left to do: no order works, and growth is free. */
    boolean isAtRest(ApplicationId application) {
        return !live.containsKey(application) && !halted.contains(application);
    }

    /** Returns when there is news, or after a while. One thread waits. */
    void await() {
        try {
            if (news.tryAcquire(LOOKS_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
