package io.changeorder.application.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.application.spi.Metrics;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private static final int FAR_BEHIND = 10_000;

    private final AtomicInteger missed = new AtomicInteger();
    private final Metrics metrics = new Metrics() {
        @Override
        public void threw(String what) {
            missed.incrementAndGet();
        }
    };

    private static List<Event> events(long number) {
        return List.of(new Event(
                new ApplicationId("app-1"),
                number,
                SettableClock.START,
                Actor.ENGINE,
                Fence.ZERO,
                new Happening.ApplicationCreated("hello", "")));
    }

    @Test
    void aListenerThatFallsFarBehindMissesEventsAndThatIsCounted() {
        CountDownLatch late = new CountDownLatch(1);
        AtomicInteger heard = new AtomicInteger();
        ChangeOrderListener listener = told -> {
            await(late);
            heard.incrementAndGet();
        };
        try (EventFeed feed = new EventFeed(listener, metrics)) {
            for (int number = 1; number <= FAR_BEHIND + 10; number++) {
                feed.publish(events(number));
            }
            // One commit may be with the listener already.
            assertThat(missed.get()).isBetween(9, 10);
            late.countDown();
        }
        assertThat(heard.get() + missed.get()).isEqualTo(FAR_BEHIND + 10);
    }

    @Test
    void whatWasPublishedBeforeTheCloseIsHeardAndWhatComesAfterIsNot() {
        AtomicInteger heard = new AtomicInteger();
        EventFeed feed = new EventFeed(told -> heard.incrementAndGet(), metrics);
        feed.publish(events(1));
        feed.publish(List.of());
        feed.close();
        feed.publish(events(2));
        assertThat(heard).hasValue(1);
        assertThat(missed).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
