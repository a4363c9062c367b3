package io.changeorder.bootstrap.measure;

import java.util.Arrays;
import java.util.Locale;

/** Times in nanoseconds, sorted. */
public final class Spread {
    private static final double NANOS_PER_MICRO = 1_000;
    private static final int PERCENT = 100;

    private final long[] nanos;

    public Spread(long[] measured) {
        nanos = measured.clone();
        Arrays.sort(nanos);
    }

    public long percentile(int percent) {
        return nanos[Math.min(nanos.length - 1, nanos.length * percent / PERCENT)];
    }

    double over(Spread other, int percent) {
        return (double) percentile(percent) / other.percentile(percent);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.0f us, p99 %.0f us (%d)",
                percentile(50) / NANOS_PER_MICRO,
                percentile(99) / NANOS_PER_MICRO,
                nanos.length);
    }
}
