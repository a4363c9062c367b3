package io.changeorder.domain.plan;

import com.google.common.collect.ImmutableSortedMap;
import io.changeorder.domain.app.Entry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What {@link Convergence} finds to do next. */
public sealed interface Step {
    <T> T match(
            Supplier<T> converged,
            Function<Waiting, T> waiting,
            Function<Scale, T> scale,
            Supplier<T> blocked,
            Function<Failed, T> failed);

    /** The world is the target, and ready. */
    record Converged() implements Step {
        @Override
        public <T> T match(
                Supplier<T> converged,
                Function<Waiting, T> waiting,
                Function<Scale, T> scale,
                Supplier<T> blocked,
                Function<Failed, T> failed) {
            return converged.get();
        }
    }

    /**
     * Something is under way that the world will tell of.
     *
     * @param until when to look again even if it tells nothing; absent when only the world can change it
     */
    record Waiting(Optional<Instant> until) implements Step {
        @Override
        public <T> T match(
                Supplier<T> converged,
                Function<Waiting, T> waiting,
                Function<Scale, T> scale,
                Supplier<T> blocked,
                Function<Failed, T> failed) {
            return waiting.apply(this);
        }
    }

    /**
     * Scale these entries to these counts now.
     *
     * @param counts 0 or more by entry; at least one
     */
    record Scale(Map<Entry, Integer> counts) implements Step {
        public Scale {
            counts = ImmutableSortedMap.copyOf(counts);
        }

        @Override
        public <T> T match(
                Supplier<T> converged,
                Function<Waiting, T> waiting,
                Function<Scale, T> scale,
                Supplier<T> blocked,
                Function<Failed, T> failed) {
            return scale.apply(this);
        }
    }

    /** The limits forbid every step, and nothing is under way that could change it. */
    record Blocked() implements Step {
        @Override
        public <T> T match(
                Supplier<T> converged,
                Function<Waiting, T> waiting,
                Function<Scale, T> scale,
                Supplier<T> blocked,
                Function<Failed, T> failed) {
            return blocked.get();
        }
    }

    /** An instance of the target has failed. */
    record Failed(InstanceFailure failure) implements Step {
        @Override
        public <T> T match(
                Supplier<T> converged,
                Function<Waiting, T> waiting,
                Function<Scale, T> scale,
                Supplier<T> blocked,
                Function<Failed, T> failed) {
            return failed.apply(this);
        }
    }
}
