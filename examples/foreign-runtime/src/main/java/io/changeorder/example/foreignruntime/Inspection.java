package io.changeorder.example.foreignruntime;

import com.google.common.hash.Hashing;
import io.changeorder.application.spi.runtime.Findings;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What revisions and observations are in terms of a pool. */
final class Inspection {
    private Inspection() {}

    /** The task that is a revision's command. */
    static String task(Revision revision) {
        return revision.command().orElse("");
    }

    /** Its artifact is a file; its bytes are what counts. */
    static Revision pinned(Revision revision) throws IOException {
        Optional<Artifact> artifact = revision.artifact();
        if (artifact.isEmpty() || artifact.get().sha256().isPresent()) {
            return revision;
        }
        byte[] bytes = Files.readAllBytes(Path.of(URI.create(artifact.get().location())));
        String digest = Hashing.sha256().hashBytes(bytes).toString();
        return revision.withArtifact(artifact.get().pinned(digest));
    }

    static Observation observe(List<Worker<Entry>> workers, Instant now) {
        return new Observation(
                now,
                workers.stream()
                        .flatMap(worker -> worker.label().map(entry -> instance(worker, entry)).stream())
                        .toList());
    }

    private static Instance instance(Worker<Entry> worker, Entry entry) {
        Instance.State state = worker.isLeaving()
                ? Instance.State.STOPPING
                : worker.isWaiting() ? Instance.State.BACKING_OFF : Instance.State.RUNNING;
        Optional<Instant> ready = worker.readySince();
        String why = ready.isPresent() ? "" : worker.isWaiting() ? "its task came to an end" : "its task is not ready";
        return new Instance(new InstanceId(worker.name()), entry, state, worker.since(), ready, worker.ends(), why);
    }

    /** Counts and readiness are compared by {@link Findings} itself. */
    static void compare(
            Worker<Entry> worker, Composition expected, Function<Entry, Revision> revisions, Findings findings) {
        InstanceId id = new InstanceId(worker.name());
        if (worker.label().isEmpty()) {
            findings.differs(new Difference(Difference.Kind.ROGUE, Optional.of(id), "nobody", worker.task()));
        } else if (expected.count(worker.label().get()) > 0) {
            Revision revision = revisions.apply(worker.label().get());
            findings.compare(Difference.Kind.COMMAND_LINE, id, task(revision), worker.task());
            revision.artifact().ifPresent(file -> findings.unchecked("what " + id + " has read of " + file));
        }
    }
}
