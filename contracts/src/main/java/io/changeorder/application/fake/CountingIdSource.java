package io.changeorder.application.fake;

import io.changeorder.application.spi.IdSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The same identities in every run, in ascending order and shaped like a UUIDv7: version 7, variant 2, a time that
 * counts on from 2026-01-05 by one millisecond each. Safe from any thread.
 */
public final class CountingIdSource implements IdSource {
    private static final long FIRST_MILLISECOND = SettableClock.START.toEpochMilli();
    private static final int TIME_SHIFT = 16;
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

    private final AtomicLong count = new AtomicLong();

    @Override
    public UUID next() {
        long number = count.incrementAndGet();
        return new UUID((FIRST_MILLISECOND + number) << TIME_SHIFT | VERSION_7, VARIANT_2 | number);
    }
}
