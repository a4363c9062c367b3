package io.changeorder.adapter.rest.deployment;

import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Surge;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * MinReadyInstances, MinReadyInstanceRatio, MaxSurgeInstances and MaxSurgeInstanceRatio. Each pair is one thing: who
 * sends one half of it says that the other is not used. -1 stands for the default.
 */
public final class LimitParameters {
    private static final int DEFAULT = -1;
    private static final int ALL_PERCENT = 100;

    /** Far above what any application has, far below where sums of instances overflow. */
    private static final int MOST_INSTANCES = 100_000;

    private LimitParameters() {}

    /** How many instances stay ready, if that is said. */
    public static Optional<ReadyFloor> floor(Parameters parameters) {
        OptionalInt instances = parameters.number("MinReadyInstances", DEFAULT, MOST_INSTANCES);
        OptionalInt percent = parameters.number("MinReadyInstanceRatio", DEFAULT, ALL_PERCENT);
        return instances.isEmpty() && percent.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReadyFloor(used(instances), used(percent)));
    }

    /** How many more instances may exist, if that is said. */
    public static Optional<Surge> surge(Parameters parameters) {
        OptionalInt instances = parameters.number("MaxSurgeInstances", DEFAULT, MOST_INSTANCES);
        OptionalInt percent = parameters.number("MaxSurgeInstanceRatio", DEFAULT, ALL_PERCENT);
        return instances.isEmpty() && percent.isEmpty()
                ? Optional.empty()
                : Optional.of(new Surge(used(instances), used(percent)));
    }

    private static OptionalInt used(OptionalInt number) {
        return number.orElse(DEFAULT) == DEFAULT ? OptionalInt.empty() : number;
    }
}
