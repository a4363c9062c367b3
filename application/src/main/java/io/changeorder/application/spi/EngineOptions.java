package io.changeorder.application.spi;

import io.changeorder.domain.app.Timing;
import java.time.Duration;

/**
 * What a host can set.
 *
 * @param maxReplicas the most instances that an application may have, 1 or more
 * @param timing how long things may take where a deployment does not say it
 * @param refuseRolledBackVersions whether a version that a person had rolled back is only deployed by force
 * @param raiseLimit how long a command waits for the runtime to confirm its fence
 * @param lease how long a node may not be heard of before others take over what it drives, 1 second or more; it is
 *     heard of three times as often
 */
public record EngineOptions(
        int maxReplicas, Timing timing, boolean refuseRolledBackVersions, Duration raiseLimit, Duration lease) {
    public static final EngineOptions DEFAULT =
            new EngineOptions(1_000, Timing.DEFAULT, false, Duration.ofSeconds(2), Duration.ofSeconds(15));

    public EngineOptions {
        if (maxReplicas < 1) {
            throw new IllegalArgumentException("an application may have 1 instance or more: " + maxReplicas);
        }
        if (raiseLimit.isNegative()) {
            throw new IllegalArgumentException("nobody waits a negative time: " + raiseLimit);
        }
        if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a lease is 1 second or more: " + lease);
        }
    }

    public EngineOptions withMaxReplicas(int newMaxReplicas) {
        return new EngineOptions(newMaxReplicas, timing, refuseRolledBackVersions, raiseLimit, lease);
    }

    public EngineOptions withTiming(Timing newTiming) {
        return new EngineOptions(maxReplicas, newTiming, refuseRolledBackVersions, raiseLimit, lease);
    }

    public EngineOptions withRefuseRolledBackVersions(boolean refuse) {
        return new EngineOptions(maxReplicas, timing, refuse, raiseLimit, lease);
    }

    public EngineOptions withRaiseLimit(Duration newRaiseLimit) {
        return new EngineOptions(maxReplicas, timing, refuseRolledBackVersions, newRaiseLimit, lease);
    }

    public EngineOptions withLease(Duration newLease) {
        return new EngineOptions(maxReplicas, timing, refuseRolledBackVersions, raiseLimit, newLease);
    }
}
