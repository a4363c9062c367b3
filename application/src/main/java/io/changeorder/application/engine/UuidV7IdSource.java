package io.changeorder.application.engine;

import io.changeorder.application.spi.IdSource;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits, so that they sort by time. When the clock
 * stands or jumps back the last millisecond is kept on, so that later ids never sort before earlier ones of this source
 * by more than one millisecond's randomness.
 */
public final class UuidV7IdSource implements IdSource {
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private long lastMillis;

    public UuidV7IdSource(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public UUID next() {
        long high = (millis() << 16) | VERSION | (random.nextInt() & 0x0fffL);
        long low = VARIANT | (random.nextLong() & 0x3fff_ffff_ffff_ffffL);
        return new UUID(high, low);
    }

    private synchronized long millis() {
        lastMillis = Math.max(lastMillis, clock.millis());
        return lastMillis;
    }
}
