package io.changeorder.application.spi.runtime;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Helps a runtime to {@linkplain ApplicationRuntime#prove prove}: counts and readiness are compared here, what its
 * instances run is told by the runtime, which alone can know. Not thread-safe.
 */
public final class Findings {
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> evidence = new ArrayList<>();
    private final List<String> unchecked = new ArrayList<>();

    /**
     * Begins with whether there are as many instances as there should be, those on their way out included, and whether
     * each is ready for long enough.
     *
     * @param seen every instance that somebody ordered
     */
    public Findings(Observation seen, Composition expected, Duration readyFor) {
        Map<Entry, Integer> counts = new TreeMap<>();
        seen.instances().forEach(instance -> counts.merge(instance.entry(), 1, Integer::sum));
        expected.plus(new Composition(counts))
                .counts()
                .keySet()
                .forEach(entry -> count(entry, expected.count(entry), counts.getOrDefault(entry, 0)));
        seen.instances().forEach(instance -> ready(instance, readyFor, seen.at()));
    }

    private void count(Entry entry, int expected, int found) {
        if (expected != found) {
            differs(new Difference(
                    Difference.Kind.COUNT, Optional.empty(), expected + " of " + entry, Integer.toString(found)));
        }
    }

    private void ready(Instance instance, Duration readyFor, Instant now) {
        if (instance.readySince()
                .filter(since -> !since.plus(readyFor).isAfter(now))
                .isEmpty()) {
            differs(new Difference(
                    Difference.Kind.READINESS,
                    Optional.of(instance.id()),
                    "ready for " + readyFor,
                    instance.readySince().map(since -> "ready since " + since).orElse("not ready")));
        }
    }

    /** Something about an instance is not as it should be, or it should not be there at all. */
    public void differs(Difference difference) {
        differences.add(difference);
    }

    /** What this instance runs is what it should run. */
    public void agrees(InstanceId instance, String found) {
        evidence.add("instance " + instance + " runs " + found);
    }

    /** What this instance runs is what it should run, or differs. */
    public void compare(Difference.Kind kind, InstanceId instance, String expected, String found) {
        if (expected.equals(found)) {
            agrees(instance, found);
        } else {
            differs(new Difference(kind, Optional.of(instance), expected, found));
        }
    }

    /** What could not be compared, in a line for people. */
    public void unchecked(String what) {
        unchecked.add(what);
    }

    public Proof proof() {
        return new Proof(differences, evidence, unchecked);
    }
}
