package io.changeorder.domain.app;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param readyFor an instance counts as ready after this long without a break
 * @param instanceReady an instance that is not ready this long after its start has failed
 * @param batch a batch that takes longer needs a person
 */
public record Timing(Duration readyFor, Duration instanceReady, Duration batch) {
    /** 5 seconds, 600 seconds, and the 30 minutes that a batch has by SAE's documents. */
    public static final Timing DEFAULT =
            new Timing(Duration.ofSeconds(5), Duration.ofSeconds(600), Duration.ofMinutes(30));

    public Timing {
        if (readyFor.isNegative() || instanceReady.isNegative() || instanceReady.isZero() || batch.isNegative()) {
            throw new IllegalArgumentException("times are positive");
        }
    }

    public Timing withInstanceReady(Duration newInstanceReady) {
        return new Timing(readyFor, newInstanceReady, batch);
    }
}
