package io.changeorder.domain.decision;

import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import java.util.Set;
import java.util.function.Function;

/** What is to be done to the runtime of an application. Every effect is idempotent and fenced. */
public sealed interface Effect {
    Fence fence();

    <T> T match(
            Function<Scale, T> scale,
            Function<Raise, T> raise,
            Function<StartAfresh, T> startAfresh,
            Function<Release, T> release);

    /** Wish for this many instances of an entry. */
    record Scale(Entry entry, int count, Fence fence) implements Effect {
        @Override
        public <T> T match(
                Function<Scale, T> scale,
                Function<Raise, T> raise,
                Function<StartAfresh, T> startAfresh,
                Function<Release, T> release) {
            return scale.apply(this);
        }
    }

    /** Let nothing older than this fence take effect any more, and stop growth. */
    record Raise(Fence fence) implements Effect {
        @Override
        public <T> T match(
                Function<Scale, T> scale,
                Function<Raise, T> raise,
                Function<StartAfresh, T> startAfresh,
                Function<Release, T> release) {
            return raise.apply(this);
        }
    }

    /** Forget exits and back-off, count patience from now, and replace these instances. */
    record StartAfresh(Set<InstanceId> replaced, Fence fence) implements Effect {
        public StartAfresh {
            replaced = Set.copyOf(replaced);
        }

        @Override
        public <T> T match(
                Function<Scale, T> scale,
                Function<Raise, T> raise,
                Function<StartAfresh, T> startAfresh,
                Function<Release, T> release) {
            return startAfresh.apply(this);
        }
    }

    /** Let go of what was kept for an application that was deleted. */
    record Release(Fence fence) implements Effect {
        @Override
        public <T> T match(
                Function<Scale, T> scale,
                Function<Raise, T> raise,
                Function<StartAfresh, T> startAfresh,
                Function<Release, T> release) {
            return release.apply(this);
        }
    }
}
