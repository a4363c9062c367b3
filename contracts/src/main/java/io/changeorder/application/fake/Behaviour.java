package io.changeorder.application.fake;

import java.time.Duration;
import java.util.Optional;

/**
 * What the instances of a revision do in a {@link SimulatedRuntime}. The usual one is ready at once, runs for ever and
 * is gone as soon as it is told to stop.
 *
 * @param readyAfter how long after each start it is ready; absent when it never is
 * @param exitsAfter how long after a start it exits by itself; absent when it never does
 * @param exitingRuns how many of an instance's runs end so, the first ones; the runs after them go on for ever
 * @param stopTakes how long it exists after it was told to stop
 */
public record Behaviour(
        Optional<Duration> readyAfter, Optional<Duration> exitsAfter, int exitingRuns, Duration stopTakes) {
    public static final Behaviour USUAL = new Behaviour(Optional.of(Duration.ZERO), Optional.empty(), 0, Duration.ZERO);

    public static Behaviour readyAfter(Duration delay) {
        return new Behaviour(Optional.of(delay), Optional.empty(), 0, Duration.ZERO);
    }

    public static Behaviour neverReady() {
        return new Behaviour(Optional.empty(), Optional.empty(), 0, Duration.ZERO);
    }

    public static Behaviour exitsAtOnce() {
        return exits(Duration.ZERO, Integer.MAX_VALUE);
    }

    /** Exits so many times, this long after each start, then behaves. */
    public static Behaviour exits(Duration afterStart, int times) {
        return new Behaviour(Optional.of(Duration.ZERO), Optional.of(afterStart), times, Duration.ZERO);
    }

    public Behaviour stoppingFor(Duration duration) {
        return new Behaviour(readyAfter, exitsAfter, exitingRuns, duration);
    }

    /** Never goes, whatever it is told. */
    public Behaviour ignoringStop() {
        return stoppingFor(Duration.ofDays(36_500));
    }
}
