package io.changeorder.adapter.persistence.sql;

import java.util.concurrent.TimeUnit;

/** Between two looks at what others do. */
public final class Pause {
    private Pause() {}

    /** Whether it came to an early end, as whoever waits was interrupted. */
    public static boolean isInterruptedWithin(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
