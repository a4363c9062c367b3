package io.changeorder.adapter.persistence.postgres;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How long each command took that some clients gave within a time. */
final class Speed {
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PERCENT = 100;

    private final long[] nanos;
    private final double seconds;

    Speed(long[] taken, double seconds) {
        this.nanos = taken.clone();
        Arrays.sort(this.nanos);
        this.seconds = seconds;
    }

    int commands() {
        return nanos.length;
    }

    double perSecond() {
        return nanos.length / seconds;
    }

    double millis(int percent) {
        return nanos[Math.min(nanos.length - 1, nanos.length * percent / PERCENT)] / NANOS_PER_MILLI;
    }
}
