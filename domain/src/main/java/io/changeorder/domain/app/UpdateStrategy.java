package io.changeorder.domain.app;

import java.time.Duration;

/**
 * How a change is cut into batches (SAE 2019-05-06, UpdateStrategy).
 *
 * @param gray instances of a first, canary batch; 0 for none
 * @param batches even batches after the canary, 1 or more
 * @param release whether a person or a timer starts the next batch, after the canary as well
 * @param pause time between two automatic batches, 0 or more
 */
public record UpdateStrategy(int gray, int batches, Release release, Duration pause) {
    public static final UpdateStrategy SINGLE_BATCH = new UpdateStrategy(0, 1, Release.AUTO, Duration.ZERO);

    public UpdateStrategy {
        if (gray < 0 || batches < 1 || pause.isNegative()) {
            throw new IllegalArgumentException("gray and pause are 0 or more, batches 1 or more");
        }
    }

    public static UpdateStrategy manual(int batches) {
        return new UpdateStrategy(0, batches, Release.MANUAL, Duration.ZERO);
    }

    public static UpdateStrategy automatic(int batches, Duration pause) {
        return new UpdateStrategy(0, batches, Release.AUTO, pause);
    }

    public static UpdateStrategy canary(int gray, int batches, Release release, Duration pause) {
        return new UpdateStrategy(gray, batches, release, pause);
    }

    /** Phased or canary: such a release rolls back by itself when it fails. */
    public boolean isPhased() {
        return gray > 0 || batches > 1;
    }

    /** Whether this many instances can be released so: gray at most half of them, and no empty batch. */
    public boolean fits(int replicas) {
        return gray <= replicas / 2 && batches <= replicas - gray;
    }

    /** What starts the next batch. */
    public enum Release {
        AUTO,
        MANUAL
    }
}
