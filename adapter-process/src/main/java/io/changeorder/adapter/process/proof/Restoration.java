package io.changeorder.adapter.process.proof;

import io.changeorder.adapter.process.files.ApplicationFolder;
import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.files.InstanceRecord;
import io.changeorder.adapter.process.launch.Launcher;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Proves that the world is what it should be, by looking at the processes themselves. One object makes one proof. */
public final class Restoration {
    private final Launcher launcher;
    private final ArtifactPins pins;
    private final Instant now;
    private final Duration readyFor;
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> evidence = new ArrayList<>();
    private final List<String> unchecked = new ArrayList<>();
    /** Digests by inode, size and times of change: the same bytes are read once for a proof, however many run them. */
    private final Map<Map<String, Object>, String> digests = new HashMap<>();

    public Restoration(Launcher launcher, ArtifactPins pins, Instant now, Duration readyFor) {
        this.launcher = launcher;
        this.pins = pins;
        this.now = now;
        this.readyFor = readyFor;
    }

    /**
     * An instance on record.
     *
     * @param revision what was kept as the content of its revision
     * @param process absent when none runs it now
     */
    public record Subject(
            ApplicationFolder folder,
            InstanceRecord record,
            Revision revision,
            Optional<ProcessId> process,
            Optional<Instant> readySince) {}

    public Proof prove(
            List<Subject> subjects,
            List<Rogues.Rogue> rogues,
            Composition expected,
            Function<Entry, Revision> revisions) {
        count(subjects, expected);
        for (Subject subject : subjects) {
            if (expected.count(subject.record().entry()) > 0
                    && !subject.record().isStopping()) {
                check(subject, revisions.apply(subject.record().entry()));
            }
        }
        for (Rogues.Rogue rogue : rogues) {
            differs(
                    Difference.Kind.ROGUE,
                    Optional.of(rogue.id()),
                    "no process that nobody ordered",
                    "pid " + rogue.process().pid() + " runs " + shortened(rogue.commandLine()));
        }
        return new Proof(differences, evidence, unchecked);
    }

    private void count(List<Subject> subjects, Composition expected) {
        Map<Entry, Integer> found = new TreeMap<>();
        subjects.forEach(subject -> found.merge(subject.record().entry(), 1, Integer::sum));
        for (Entry entry : expected.plus(new Composition(found)).counts().keySet()) {
            int should = expected.count(entry);
            int is = found.getOrDefault(entry, 0);
            if (should == is) {
                evidence.add(is + " of " + entry + " exist, as they should");
            } else {
                long stopping = subjects.stream()
                        .filter(subject -> subject.record().entry().equals(entry)
                                && subject.record().isStopping())
                        .count();
                differs(
                        Difference.Kind.COUNT,
                        Optional.empty(),
                        should + " of " + entry,
                        is + (stopping > 0 ? ", " + stopping + " of them told to go" : ""));
            }
        }
    }

    private void check(Subject subject, Revision revision) {
        InstanceId id = subject.record().id();
        int before = differences.size();
        if (subject.readySince()
                .filter(since -> !since.plus(readyFor).isAfter(now))
                .isEmpty()) {
            differs(
                    Difference.Kind.READINESS,
                    Optional.of(id),
                    "ready for " + readyFor.toSeconds() + " s",
                    subject.readySince().map(since -> "ready since " + since).orElse("not ready"));
        }
        Optional<ProcessId> process = subject.process();
        if (process.isEmpty() || subject.record().run().isEmpty()) {
            differs(Difference.Kind.READINESS, Optional.of(id), "a process", "none");
            return;
        }
        long pid = process.get().pid();
        List<String> equal = new ArrayList<>();
        checkProgram(subject, revision, pid, equal);
        revision.artifact().flatMap(Artifact::sha256).ifPresent(sha256 -> checkArtifact(id, sha256, pid, equal));
        if (!ProcFs.isAlive(process.get())) {
            differs(Difference.Kind.READINESS, Optional.of(id), "a process", "pid " + pid + " ended just now");
        } else if (differences.size() == before) {
            evidence.add("instance " + id + ": pid " + pid + " runs "
                    + shortened(String.join(" ", ProcFs.commandLine(pid).orElse(List.of("?"))))
                    + " (equal: " + String.join(", ", equal) + ")");
        }
    }

    /**
     * A command may be a script that ends by becoming something else, with an environment that it made: what it had
     * become when it had been ready for a moment is then what it should be.
     */
    private void checkProgram(Subject subject, Revision revision, long pid, List<String> equal) {
        InstanceId id = subject.record().id();
        InstanceRecord.Run run = subject.record().run().orElseThrow();
        Optional<List<String>> line = ProcFs.commandLine(pid);
        Optional<Path> executable = ProcFs.executable(pid);
        Optional<Map<String, String>> environment = ProcFs.environment(pid).map(Identities::ownVariables);
        if (line.isEmpty() || executable.isEmpty() || environment.isEmpty()) {
            unchecked.add("instance " + id + ": /proc does not show what pid " + pid + " runs");
            return;
        }
        List<Difference> found = new ArrayList<>();
        List<String> shouldLine = launcher.commandLine(revision, run);
        if (line.get().equals(shouldLine)) {
            equal.add("command line");
        } else {
            found.add(difference(
                    Difference.Kind.COMMAND_LINE,
                    id,
                    shortened(String.join(" ", shouldLine)),
                    shortened(String.join(" ", line.get()))));
        }
        Map<String, String> shouldEnvironment =
                Identities.ownVariables(launcher.environment(subject.folder(), subject.record(), revision, run));
        if (environment.get().equals(shouldEnvironment)) {
            equal.add("environment");
        } else {
            found.add(difference(
                    Difference.Kind.ENVIRONMENT,
                    id,
                    "the revision's environment",
                    namesOfDifference(shouldEnvironment, environment.get())));
        }
        if (revision.command().isEmpty()) {
            Path java = real(Path.of(run.java()));
            if (executable.get().equals(java)) {
                equal.add("executable");
            } else {
                found.add(difference(
                        Difference.Kind.EXECUTABLE,
                        id,
                        java.toString(),
                        executable.get().toString()));
            }
        }
        settle(subject, revision, pid, found, equal);
    }

    private void settle(Subject subject, Revision revision, long pid, List<Difference> found, List<String> equal) {
        Optional<InstanceRecord.Identity> became = subject.record().run().flatMap(InstanceRecord.Run::became);
        if (found.isEmpty() || revision.command().isEmpty()) {
            differences.addAll(found);
        } else if (became.isEmpty()) {
            unchecked.add("instance " + subject.record().id() + ": pid " + pid
                    + " has replaced the revision's command by itself a moment ago");
        } else if (became.equals(Identities.of(pid))) {
            equal.clear();
            equal.add("program, command line and environment, to what its command had become when it was ready");
        } else {
            differences.addAll(found);
        }
    }

    private void checkArtifact(InstanceId id, String sha256, long pid, List<String> equal) {
        Optional<String> damage = damage(sha256);
        Optional<Path> opened = ProcFs.opened(pid, pins.path(sha256));
        if (damage.isPresent()) {
            differs(Difference.Kind.ARTIFACT, Optional.of(id), "SHA-256 " + sha256, damage.get());
        } else if (opened.isEmpty()) {
            equal.add("pinned artifact");
            unchecked.add("instance " + id + ": pid " + pid + " does not hold its artifact open");
        } else {
            Optional<String> found = digest(opened.get());
            if (found.filter(sha256::equals).isPresent()) {
                equal.add("artifact " + sha256.substring(0, 8));
            } else {
                differs(
                        Difference.Kind.ARTIFACT,
                        Optional.of(id),
                        "SHA-256 " + sha256,
                        found.map(digest -> "it has other bytes open: SHA-256 " + digest)
                                .orElse("it can't be read"));
            }
        }
    }

    private Optional<String> damage(String sha256) {
        Optional<String> found = digest(pins.path(sha256));
        return found.filter(sha256::equals).isPresent()
                ? Optional.empty()
                : Optional.of(found.map(digest -> "the pinned copy was changed: SHA-256 " + digest)
                        .orElse("the pinned copy can't be read"));
    }

    private Optional<String> digest(Path file) {
        try {
            Map<String, Object> version = ArtifactPins.version(file);
            Optional<String> known = Optional.ofNullable(digests.get(version));
            String digest = known.isPresent() ? known.get() : ArtifactPins.digest(file);
            digests.put(version, digest);
            return Optional.of(digest);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Values may be secrets: only names are told. */
    private static String namesOfDifference(Map<String, String> should, Map<String, String> is) {
        TreeSet<String> names = new TreeSet<>(should.keySet());
        names.addAll(is.keySet());
        List<String> told = new ArrayList<>();
        for (String name : names) {
            if (!is.containsKey(name)) {
                told.add(name + " is missing");
            } else if (!should.containsKey(name)) {
                told.add(name + " was added");
            } else if (!should.get(name).equals(is.get(name))) {
                told.add(name + " has another value");
            }
        }
        return String.join(", ", told);
    }

    private void differs(Difference.Kind kind, Optional<InstanceId> instance, String expected, String found) {
        differences.add(new Difference(kind, instance, expected, found));
    }

    private static Difference difference(Difference.Kind kind, InstanceId instance, String expected, String found) {
        return new Difference(kind, Optional.of(instance), expected, found);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private static String shortened(String text) {
        int most = 300;
        return text.length() <= most ? text : text.substring(0, most) + " ...";
    }
}
