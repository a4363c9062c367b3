package io.changeorder.example.foreignruntime;

import com.google.common.hash.Hashing;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What revisions and observations are in terms of a pool. */
final class Inspection {
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> evidence = new ArrayList<>();
    private final List<String> unchecked = new ArrayList<>();

    private Inspection() {}

    /** The task that is a revision's command. */
    static String task(Revision revision) {
        return revision.command().orElse("");
    }

    /** Its artifact is a file; its bytes are what counts. */
    static Revision pinned(Revision revision) throws IOException {
        Optional<Artifact> unpinned =
                revision.artifact().filter(artifact -> artifact.sha256().isEmpty());
        if (unpinned.isEmpty()) {
            return revision;
        }
        byte[] bytes = Files.readAllBytes(Path.of(URI.create(unpinned.get().location())));
        return revision.withArtifact(
                unpinned.get().pinned(Hashing.sha256().hashBytes(bytes).toString()));
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

    /** @param readyBy since when they should have been ready at least */
    static Proof prove(
            List<Worker<Entry>> workers, Composition expected, Function<Entry, Revision> revisions, Instant readyBy) {
        Inspection inspection = new Inspection();
        Composition found = Composition.EMPTY;
        for (Worker<Entry> worker : workers) {
            Optional<InstanceId> id = Optional.of(new InstanceId(worker.name()));
            if (worker.label().isEmpty()) {
                inspection.add(Difference.Kind.ROGUE, id, "nobody", worker.task());
                continue;
            }
            Entry entry = worker.label().get();
            found = found.plus(Composition.of(entry, 1));
            if (worker.readySince().filter(since -> !since.isAfter(readyBy)).isEmpty()) {
                inspection.add(Difference.Kind.READINESS, id, "ready since " + readyBy, "not");
            }
            if (expected.count(entry) > 0) {
                inspection.compare(id, revisions.apply(entry), worker.task());
            }
        }
        for (Entry entry : expected.plus(found).counts().keySet()) {
            if (found.count(entry) != expected.count(entry)) {
                inspection.add(
                        Difference.Kind.COUNT,
                        Optional.empty(),
                        expected.count(entry) + " of " + entry,
                        Integer.toString(found.count(entry)));
            }
        }
        return new Proof(inspection.differences, inspection.evidence, inspection.unchecked);
    }

    private void compare(Optional<InstanceId> id, Revision revision, String found) {
        String expected = task(revision);
        if (found.equals(expected)) {
            evidence.add("worker " + id.orElseThrow() + " does " + found);
        } else {
            add(Difference.Kind.COMMAND_LINE, id, expected, found);
        }
        revision.artifact()
                .ifPresent(artifact -> unchecked.add("what worker " + id.orElseThrow() + " has read of " + artifact));
    }

    private void add(Difference.Kind kind, Optional<InstanceId> id, String expected, String found) {
        differences.add(new Difference(kind, id, expected, found));
    }
}
