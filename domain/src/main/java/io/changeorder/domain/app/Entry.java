package io.changeorder.domain.app;

import io.changeorder.domain.revision.RevisionId;
import java.util.Comparator;

/**
 * What an instance is of: a revision, and which restart of it.
 *
 * @param revision the content that is run
 * @param generation counts the restarts of the application, from 0
 */
public record Entry(RevisionId revision, int generation) implements Comparable<Entry> {
    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::revision).thenComparingInt(Entry::generation);

    public Entry {
        if (generation < 0) {
            throw new IllegalArgumentException("a generation is never negative: " + generation);
        }
    }

    @Override
    public int compareTo(Entry other) {
        return ORDER.compare(this, other);
    }

    /** Short form for people: eight digits of the revision, and the generation. */
    @Override
    public String toString() {
        return revision.shortForm() + "@" + generation;
    }
}
