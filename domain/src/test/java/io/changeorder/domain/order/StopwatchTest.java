package io.changeorder.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StopwatchTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void onlyTheTimeInWhichItRunsCounts() {
        Stopwatch stopped = Stopwatch.startedAt(START).stopped(START.plus(MINUTE));
        assertThat(stopped.elapsed(START.plus(MINUTE.multipliedBy(9)))).isEqualTo(MINUTE);
        assertThat(stopped.reaches(MINUTE)).isEmpty();
        Stopwatch resumed = stopped.resumed(START.plus(MINUTE.multipliedBy(9)));
        assertThat(resumed.elapsed(START.plus(MINUTE.multipliedBy(10)))).isEqualTo(MINUTE.multipliedBy(2));
        assertThat(resumed.reaches(MINUTE.multipliedBy(3))).contains(START.plus(MINUTE.multipliedBy(11)));
    }

    @Test
    void aClockThatJumpsBackwardsAddsNothing() {
        Stopwatch running = Stopwatch.startedAt(START);
        assertThat(running.elapsed(START.minus(MINUTE))).isZero();
        assertThat(running.stopped(START.minus(MINUTE)).elapsed()).isZero();
    }

    @Test
    void stoppedTwiceItStandsWhereItWas() {
        Stopwatch stopped = Stopwatch.startedAt(START).stopped(START.plus(MINUTE));
        assertThat(stopped.stopped(START.plus(MINUTE.multipliedBy(5)))).isEqualTo(stopped);
    }
}
