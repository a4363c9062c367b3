package io.changeorder.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PulseTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final Pulse pulse = new Pulse(() -> NOW, timer, work::add, () -> {});

    PulseTest() {
        timer.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void ofTwoBeatsThatOverlapTheOneThatIsToBeWokenFirstCounts() {
        Deque<Duration> answers = new ArrayDeque<>();
        pulse.beatsBy(() -> {
            if (answers.isEmpty()) {
                answers.add(Duration.ofSeconds(9));
                pulse.wake();
                work.remove().run();
                return Optional.of(NOW.plus(answers.remove()));
            }
            return Optional.of(NOW.plusSeconds(5));
        });
        pulse.wake();
        work.remove().run();
        assertThat(timer.getQueue()).hasSize(1);
        assertThat(((Delayed) timer.getQueue().peek()).getDelay(TimeUnit.SECONDS))
                .isLessThanOrEqualTo(5);
    }

    @Test
    void aBeatThatIsOverBeforeItsAlarmIsHasTheNextOneComeAllTheSame() {
        AtomicInteger beats = new AtomicInteger();
        Pulse atOnce = new Pulse(() -> NOW, timer, Runnable::run, () -> {});
        atOnce.beatsBy(() -> {
            beats.incrementAndGet();
            return Optional.of(NOW.plusMillis(1));
        });
        atOnce.wake();
        await().until(() -> beats.get() > 3);
    }

    @Test
    void aBeatThatThrowsIsTriedAgain() {
        pulse.beatsBy(() -> {
            throw new StackOverflowError();
        });
        pulse.wake();
        work.remove().run();
        assertThat(timer.getQueue()).hasSize(1);
    }

    @Test
    void beatsThatAreAskedForAtOnceAreOne() {
        pulse.wake();
        pulse.wake();
        assertThat(work).hasSize(1);
    }
}
