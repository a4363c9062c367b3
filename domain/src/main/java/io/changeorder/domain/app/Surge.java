package io.changeorder.domain.app;

import com.google.common.math.IntMath;
import java.math.RoundingMode;
import java.util.OptionalInt;

/**
 * How many instances more than before and after may exist during a change (SAE 2019-05-06, MaxSurgeInstances and
 * MaxSurgeInstanceRatio).
 *
 * @param instances 0 or more; absent means 0, but 1 for an application of one instance
 * @param percent 0 to 100 of the replicas, rounded up; wins over {@code instances} when present
 */
public record Surge(OptionalInt instances, OptionalInt percent) {
    public static final Surge DEFAULT = new Surge(OptionalInt.empty(), OptionalInt.empty());
    private static final int ALL_PERCENT = 100;

    public Surge {
        if (instances.orElse(0) < 0 || percent.orElse(0) < 0 || percent.orElse(0) > ALL_PERCENT) {
            throw new IllegalArgumentException("a surge is 0 instances or more, its ratio 0 to 100 percent");
        }
    }

    public static Surge of(int instances) {
        return new Surge(OptionalInt.of(instances), OptionalInt.empty());
    }

    public int resolve(int replicas) {
        if (percent.isPresent()) {
            return IntMath.divide(Math.multiplyExact(replicas, percent.getAsInt()), ALL_PERCENT, RoundingMode.CEILING);
        }
        return instances.orElse(replicas == 1 ? 1 : 0);
    }
}
