package io.changeorder.application.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is set. Safe from any thread. */
public final class SettableClock implements InstantSource {
    /** Where a clock stands that was not set: with milliseconds, so that nobody loses them unnoticed. */
    public static final Instant START = Instant.parse("2026-01-05T08:00:00.123Z");

    private Instant now;

    public SettableClock() {
        this(START);
    }

    public SettableClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves it forward, or back when negative, and answers where it stands now. */
    public synchronized Instant advance(Duration by) {
        now = now.plus(by);
        return now;
    }

    public synchronized void set(Instant to) {
        now = to;
    }
}
