package io.changeorder.adapter.process.proof;

import io.changeorder.adapter.process.launch.Launcher;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.adapter.process.os.Session;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Processes that carry an application's marks in their environment but belong to no instance on record: somebody else
 * started them, or they left their instance's session. Guarded by the application's lock, but for {@link #find}.
 */
public final class Rogues {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(100);

    private final ApplicationId application;
    private final String marker;
    private final Map<ProcessId, Instant> ending = new HashMap<>();

    public Rogues(ApplicationId application, String marker) {
        this.application = application;
        this.marker = marker;
    }

    /**
     * One of them.
     *
     * @param commandLine what it runs, for people
     */
    public record Rogue(ProcessId process, String commandLine) {
        /** Rogues have no name of their own. */
        InstanceId id() {
            return new InstanceId("rogue-" + process.pid() + "-" + process.startTicks());
        }
    }

    public List<Rogue> find(List<Restoration.Subject> ordered) {
        Set<Long> sessions = new HashSet<>();
        ordered.forEach(subject -> subject.process().ifPresent(process -> sessions.add(process.pid())));
        List<Rogue> found = new ArrayList<>();
        for (ProcFs.Stat stat : ProcFs.all()) {
            if (!sessions.contains(stat.session()) && isMarked(stat.id())) {
                found.add(new Rogue(
                        stat.id(),
                        String.join(" ", ProcFs.commandLine(stat.id().pid()).orElse(List.of("?")))));
            }
        }
        return found;
    }

    private boolean isMarked(ProcessId process) {
        return ProcFs.environment(process.pid())
                .filter(environment -> marker.equals(environment.get(Launcher.MARKER))
                        && application.value().equals(environment.get(Launcher.APPLICATION)))
                .isPresent();
    }

    /** Begins the end of those that are named, unless they have ended or are something else by now. */
    public void end(Set<InstanceId> named, Instant now) {
        for (ProcFs.Stat stat : ProcFs.all()) {
            if (named.contains(new Rogue(stat.id(), "").id()) && isMarked(stat.id())) {
                ending.put(stat.id(), now);
                Session.signal(stat.id(), ProcessHandle::destroy);
            }
        }
    }

    public void tend(Instant now) {
        ending.keySet().removeIf(process -> !ProcFs.isAlive(process));
        ending.forEach((process, since) -> {
            if (!now.isBefore(since.plus(GRACE))) {
                Session.signal(process, ProcessHandle::destroyForcibly);
            }
        });
    }

    /** Leaves them to whoever supervises the application now. */
    public void letGo() {
        ending.clear();
    }

    public Optional<Instant> nextMoment(Instant now) {
        return ending.isEmpty() ? Optional.empty() : Optional.of(now.plus(LOOKS_EVERY));
    }
}
