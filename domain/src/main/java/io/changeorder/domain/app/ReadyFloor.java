package io.changeorder.domain.app;

import com.google.common.math.IntMath;
import java.math.RoundingMode;
import java.util.OptionalInt;

/**
 * How many instances stay ready during a change (SAE 2019-05-06, MinReadyInstances and MinReadyInstanceRatio).
 *
 * @param instances 0 allows an interruption; absent means 25 % of the replicas, rounded up
 * @param percent 0 to 100 of the replicas, rounded up; wins over {@code instances} when present
 */
public record ReadyFloor(OptionalInt instances, OptionalInt percent) {
    public static final ReadyFloor DEFAULT = new ReadyFloor(OptionalInt.empty(), OptionalInt.empty());
    private static final int DEFAULT_PERCENT = 25;
    private static final int ALL_PERCENT = 100;

    public ReadyFloor {
        if (instances.orElse(0) < 0 || percent.orElse(0) < 0 || percent.orElse(0) > ALL_PERCENT) {
            throw new IllegalArgumentException("ready instances are 0 or more, a ratio is 0 to 100 percent");
        }
    }

    public static ReadyFloor of(int instances) {
        return new ReadyFloor(OptionalInt.of(instances), OptionalInt.empty());
    }

    public static ReadyFloor ofPercent(int percent) {
        return new ReadyFloor(OptionalInt.empty(), OptionalInt.of(percent));
    }

    /** Whether it leaves at least one instance that may be replaced. A derived floor always does: it is clipped. */
    public boolean fits(int replicas) {
        if (percent.isPresent()) {
            return percent.getAsInt() < ALL_PERCENT;
        }
        return instances.isEmpty() || instances.getAsInt() < replicas;
    }

    /** The floor for this many replicas, never more than one below them. */
    public int resolve(int replicas) {
        int wanted = percent.isEmpty() && instances.isPresent()
                ? instances.getAsInt()
                : IntMath.divide(
                        Math.multiplyExact(replicas, percent.orElse(DEFAULT_PERCENT)),
                        ALL_PERCENT,
                        RoundingMode.CEILING);
        return Math.max(0, Math.min(wanted, replicas - 1));
    }
}
