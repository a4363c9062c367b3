package io.changeorder.adapter.rest.limit;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/**
 * So many requests a second for each of many sources: a bucket of tokens for each, as large as what comes in a second. It
 * knows a bounded number of sources; one that it forgets starts with a full bucket. Safe from any thread.
 */
public final class RequestRate {
    private static final long MOST_SOURCES = 10_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Cache<Object, Bucket> buckets = CacheBuilder.newBuilder()
            .maximumSize(MOST_SOURCES)
            .expireAfterAccess(FORGOTTEN)
            .build();

    private RequestRate(int perSecond, LongSupplier nanoTime) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("a rate is 1 or more a second: " + perSecond);
        }
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Of this many, 1 or more. */
    public static RequestRate perSecond(int perSecond) {
        return perSecond(perSecond, System::nanoTime);
    }

    /** By another clock, in nanoseconds. */
    public static RequestRate perSecond(int perSecond, LongSupplier nanoTime) {
        return new RequestRate(perSecond, nanoTime);
    }

    /** Counts one request; false when there were too many of this source. */
    public boolean admits(Object source) {
        try {
            return buckets.get(source, Bucket::new).take();
        } catch (ExecutionException | UncheckedExecutionException impossible) {
            throw new IllegalStateException("a bucket can't be made", impossible);
        }
    }

    private final class Bucket {
        private double tokens = perSecond;
        private long filledAt = nanoTime.getAsLong();

        synchronized boolean take() {
            long now = nanoTime.getAsLong();
            tokens = Math.min(perSecond, tokens + (now - filledAt) / NANOS * perSecond);
            filledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
