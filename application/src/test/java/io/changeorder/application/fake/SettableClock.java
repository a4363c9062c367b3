package io.changeorder.application.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until it is set. Safe from any thread. */
public final class SettableClock implements InstantSource {
    /** Where a clock stands that was not set: with milliseconds, so that nobody loses them unnoticed. */
    public static final Instant START = Instant.parse("2026-01-05T08:00:00.123Z");

    private final AtomicReference<Instant> now;

    public SettableClock() {
        this(START);
    }

    public SettableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves it forward, or back when negative, and answers where it stands now. */
    public Instant advance(Duration by) {
        return now.updateAndGet(before -> before.plus(by));
    }

    public void set(Instant to) {
        now.set(to);
    }
}
