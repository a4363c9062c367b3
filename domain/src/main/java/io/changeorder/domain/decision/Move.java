package io.changeorder.domain.decision;

import io.changeorder.domain.app.Composition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the one who drives an application has to do next. */
public sealed interface Move {
    <T> T match(
            Function<Commit, T> commit,
            Function<Perform, T> perform,
            Function<Prove, T> prove,
            Function<Sleep, T> sleep);

    /** Commit this, then do its effects. */
    record Commit(Decision.Accepted change) implements Move {
        @Override
        public <T> T match(
                Function<Commit, T> commit,
                Function<Perform, T> perform,
                Function<Prove, T> prove,
                Function<Sleep, T> sleep) {
            return commit.apply(this);
        }
    }

    /**
     * Do these effects, whose intention is committed already; then commit that they were done, where that is to be
     * remembered.
     */
    record Perform(List<Effect> effects, Optional<Decision.Accepted> then) implements Move {
        public Perform {
            effects = List.copyOf(effects);
        }

        @Override
        public <T> T match(
                Function<Commit, T> commit,
                Function<Perform, T> perform,
                Function<Prove, T> prove,
                Function<Sleep, T> sleep) {
            return perform.apply(this);
        }
    }

    /** Have the runtime prove that the world is this composition and nothing else. */
    record Prove(Composition expected) implements Move {
        @Override
        public <T> T match(
                Function<Commit, T> commit,
                Function<Perform, T> perform,
                Function<Prove, T> prove,
                Function<Sleep, T> sleep) {
            return prove.apply(this);
        }
    }

    /** Nothing to do until the world tells something, a command comes, or this moment is there. */
    record Sleep(Optional<Instant> until) implements Move {
        @Override
        public <T> T match(
                Function<Commit, T> commit,
                Function<Perform, T> perform,
                Function<Prove, T> prove,
                Function<Sleep, T> sleep) {
            return sleep.apply(this);
        }
    }
}
