package io.changeorder.adapter.process.os;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The processes of one instance: the launcher made a session of its own for them.
 *
 * @param leader the process that was launched
 * @param instance value of {@code INSTANCE_ID} in the environment of all of them
 */
public record Session(ProcessId leader, String instance) {
    /** Whether the process that was launched still runs. */
    public boolean isLed() {
        return ProcFs.isAlive(leader);
    }

    /** Whether any process of it still runs. */
    public boolean isEmpty() {
        return !isLed() && members(ProcFs.all()).isEmpty();
    }

    /** Asks every process of it to end (SIGTERM), as far as it is among these. */
    public void terminate(List<ProcFs.Stat> processes) {
        members(processes).forEach(member -> signal(member, ProcessHandle::destroy));
    }

    /** Ends every process of it (SIGKILL), as far as it is among these. What was made meanwhile is left: look again. */
    public void kill(List<ProcFs.Stat> processes) {
        members(processes).forEach(member -> signal(member, ProcessHandle::destroyForcibly));
    }

    /** Sends a signal to a process, unless another one has its pid by now. */
    public static void signal(ProcessId process, Consumer<ProcessHandle> signal) {
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        // The handle holds the start time as well: between this check and the signal it can't become another process.
        if (ProcFs.isAlive(process)) {
            handle.ifPresent(signal);
        }
    }

    /**
     * While the leader lives nobody else can have a session of this number. Afterwards its number may have been given to
     * a stranger once the session was empty, so that then only the environment tells; and to the next run of the same
     * instance, so that whatever is in the session of another leader of this number is not ours.
     */
    private List<ProcessId> members(List<ProcFs.Stat> processes) {
        boolean led = isLed();
        if (processes.stream().map(ProcFs.Stat::id).anyMatch(id -> id.pid() == leader.pid() && !id.equals(leader))) {
            return List.of();
        }
        return processes.stream()
                .filter(stat -> stat.session() == leader.pid())
                .map(ProcFs.Stat::id)
                .filter(id -> led || isMarked(id))
                .toList();
    }

    private boolean isMarked(ProcessId id) {
        return ProcFs.environment(id.pid())
                .filter(environment -> instance.equals(environment.get("INSTANCE_ID")))
                .isPresent();
    }
}
