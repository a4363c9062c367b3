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
 * @param retention how long ended orders are kept; what a rollback may need is kept longer
 */
public record EngineOptions(
        int maxReplicas,
        Timing timing,
        boolean refuseRolledBackVersions,
        Duration raiseLimit,
        Duration lease,
        Duration retention) {
    public static final EngineOptions DEFAULT = new EngineOptions(
            1_000, Timing.DEFAULT, false, Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofDays(90));

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
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("ended orders are kept for 1 day or more: " + retention);
        }
    }

    public EngineOptions withMaxReplicas(int newMaxReplicas) {
        return new EngineOptions(newMaxReplicas, timing, refuseRolledBackVersions, raiseLimit, lease, retention);
    }

    public EngineOptions withTiming(Timing newTiming) {
        return new EngineOptions(maxReplicas, newTiming, refuseRolledBackVersions, raiseLimit, lease, retention);
    }

    public EngineOptions withRefuseRolledBackVersions(boolean refuse) {
        return new EngineOptions(maxReplicas, timing, refuse, raiseLimit, lease, retention);
    }

    public EngineOptions withRaiseLimit(Duration newRaiseLimit) {
        return new EngineOptions(maxReplicas, timing, refuseRolledBackVersions, newRaiseLimit, lease, retention);
    }

    public EngineOptions withLease(Duration newLease) {
        return new EngineOptions(maxReplicas, timing, refuseRolledBackVersions, raiseLimit, newLease, retention);
    }

    public EngineOptions withRetention(Duration newRetention) {
        return new EngineOptions(maxReplicas, timing, refuseRolledBackVersions, raiseLimit, lease, newRetention);
    }
}
