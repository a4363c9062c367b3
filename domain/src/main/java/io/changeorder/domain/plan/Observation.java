package io.changeorder.domain.plan;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The instances of an application as they are in the world.
 *
 * @param at when it was looked at
 * @param instances every instance that exists or is to be started again, in no particular order
 */
public record Observation(Instant at, List<Instance> instances) {
    public Observation {
        instances = List.copyOf(instances);
    }

    /** How many instances of which entry are meant to stay: the stopping ones are not counted. */
    public Composition composition() {
        Map<Entry, Integer> counts = new TreeMap<>();
        instances.stream()
                .filter(instance -> !instance.isStopping())
                .forEach(instance -> counts.merge(instance.entry(), 1, Integer::sum));
        return new Composition(counts);
    }
}
