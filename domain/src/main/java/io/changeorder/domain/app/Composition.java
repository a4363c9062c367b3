package io.changeorder.domain.app;

import com.google.common.collect.ImmutableSortedMap;
import io.changeorder.domain.revision.RevisionId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How many instances of which entry: {@code {r1@0: 3, r2@0: 1}}.
 *
 * @param counts 1 or more each, by entry in order of revision and generation; an entry that is not there counts 0
 */
public record Composition(Map<Entry, Integer> counts) {
    public static final Composition EMPTY = new Composition(Map.of());

    public Composition {
        ImmutableSortedMap.Builder<Entry, Integer> sorted = ImmutableSortedMap.naturalOrder();
        counts.forEach((entry, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException("never fewer than 0 instances: " + entry + " " + count);
            }
            if (count > 0) {
                sorted.put(entry, count);
            }
        });
        counts = sorted.buildOrThrow();
    }

    public static Composition of(Entry entry, int count) {
        return new Composition(Map.of(entry, count));
    }

    public int count(Entry entry) {
        return counts.getOrDefault(entry, 0);
    }

    public int count(RevisionId revision) {
        return only(entry -> entry.revision().equals(revision)).total();
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    public Composition with(Entry entry, int count) {
        Map<Entry, Integer> changed = new TreeMap<>(counts);
        changed.put(entry, count);
        return new Composition(changed);
    }

    public Composition only(Predicate<Entry> kept) {
        Map<Entry, Integer> filtered = new TreeMap<>(counts);
        filtered.keySet().removeIf(kept.negate());
        return new Composition(filtered);
    }

    public Composition plus(Composition other) {
        Map<Entry, Integer> sum = new TreeMap<>(counts);
        other.counts.forEach((entry, count) -> sum.merge(entry, count, Integer::sum));
        return new Composition(sum);
    }

    /** Each entry at the smaller of the two counts. */
    public Composition min(Composition other) {
        Map<Entry, Integer> smaller = new TreeMap<>();
        counts.forEach((entry, count) -> smaller.put(entry, Math.min(count, other.count(entry))));
        return new Composition(smaller);
    }

    /** Each entry at the greater of the two counts. */
    public Composition max(Composition other) {
        Map<Entry, Integer> greater = new TreeMap<>(counts);
        other.counts.forEach((entry, count) -> greater.merge(entry, count, Math::max));
        return new Composition(greater);
    }

    /** The newest generation of a revision that is here. */
    public Optional<Entry> newest(RevisionId revision) {
        return counts.keySet().stream()
                .filter(entry -> entry.revision().equals(revision))
                .reduce((older, newer) -> newer);
    }

    /** This many instances in all of what is here: the oldest generations of each revision go first. */
    public Composition shrunkTo(int total) {
        SortedMap<Entry, Integer> kept = new TreeMap<>(counts);
        int excess = total() - total;
        for (Map.Entry<Entry, Integer> each : counts.entrySet()) {
            if (excess <= 0) {
                break;
            }
            int taken = Math.min(excess, each.getValue());
            kept.put(each.getKey(), each.getValue() - taken);
            excess -= taken;
        }
        return new Composition(kept);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
