package io.changeorder.domain.plan;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.revision.RevisionId;
import java.util.Optional;

/**
 * Where a path of compositions ends.
 *
 * @param revision what runs at the end; absent when nothing does
 * @param generation the generation of instances that are started on the way
 * @param count how many run at the end
 * @param fresh whether instances of older generations are replaced: a restart. Otherwise they are what is wanted
 */
public record Target(Optional<RevisionId> revision, int generation, int count, boolean fresh) {
    public Target {
        if (revision.isEmpty() != (count == 0)) {
            throw new IllegalArgumentException("instances have a revision: " + count + " of " + revision);
        }
    }

    public static Target of(Snapshot snapshot, int generation) {
        return snapshot.isRunning()
                ? new Target(snapshot.revisionIfAny(), generation, snapshot.count(), false)
                : new Target(Optional.empty(), generation, 0, false);
    }

    public static Target restart(Snapshot snapshot, int generation) {
        return new Target(snapshot.revisionIfAny(), generation, snapshot.count(), true);
    }

    /** Whether an instance of this entry is what the target wants. */
    public boolean wants(Entry entry) {
        return revision.filter(entry.revision()::equals).isPresent() && (!fresh || entry.generation() == generation);
    }

    /**
     * What is wanted of a composition, brought to this count: what exists stays, growth goes to the newest generation,
     * and the oldest go first.
     */
    public Composition resize(Composition start, int newCount) {
        Composition wanted = start.only(this::wants);
        int missing = newCount - wanted.total();
        if (missing <= 0) {
            return wanted.shrunkTo(newCount);
        }
        RevisionId started = revision.orElseThrow();
        Entry grown = wanted.newest(started).orElse(new Entry(started, generation));
        return wanted.with(grown, wanted.count(grown) + missing);
    }
}
