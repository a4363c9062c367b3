package io.changeorder.domain.app;

import io.changeorder.domain.revision.RevisionId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What an application can be returned to. */
public sealed interface Snapshot {
    <T> T match(
            Supplier<T> notDeployed, Function<Stopped, T> stopped, Function<Running, T> running, Supplier<T> deleted);

    /** No instances, and nothing to start. */
    record NotDeployed() implements Snapshot {
        @Override
        public <T> T match(
                Supplier<T> notDeployed,
                Function<Stopped, T> stopped,
                Function<Running, T> running,
                Supplier<T> deleted) {
            return notDeployed.get();
        }
    }

    /** No instances; the revision and the replica count are kept for the next start. */
    record Stopped(RevisionId revision, Settings settings) implements Snapshot {
        @Override
        public <T> T match(
                Supplier<T> notDeployed,
                Function<Stopped, T> stopped,
                Function<Running, T> running,
                Supplier<T> deleted) {
            return stopped.apply(this);
        }
    }

    /** {@code settings.replicas()} instances of the revision. */
    record Running(RevisionId revision, Settings settings) implements Snapshot {
        @Override
        public <T> T match(
                Supplier<T> notDeployed,
                Function<Stopped, T> stopped,
                Function<Running, T> running,
                Supplier<T> deleted) {
            return running.apply(this);
        }
    }

    /** Gone; the name is free. */
    record Deleted() implements Snapshot {
        @Override
        public <T> T match(
                Supplier<T> notDeployed,
                Function<Stopped, T> stopped,
                Function<Running, T> running,
                Supplier<T> deleted) {
            return deleted.get();
        }
    }

    /** How many instances there are. */
    default int count() {
        return match(() -> 0, stopped -> 0, running -> running.settings().replicas(), () -> 0);
    }

    /** The revision that runs, or would run after a start. */
    default Optional<RevisionId> revisionIfAny() {
        return match(
                Optional::empty,
                stopped -> Optional.of(stopped.revision()),
                running -> Optional.of(running.revision()),
                Optional::empty);
    }

    /** The settings, where there are any. */
    default Optional<Settings> settingsIfAny() {
        return match(
                Optional::empty,
                stopped -> Optional.of(stopped.settings()),
                running -> Optional.of(running.settings()),
                Optional::empty);
    }

    default boolean isRunning() {
        return match(() -> false, stopped -> false, running -> true, () -> false);
    }
}
