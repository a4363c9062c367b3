package io.changeorder.bootstrap.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the kernel counts of a process, in its ticks. */
final class CpuTime {
    /** The same for every Linux, whatever its clock does. */
    private static final Duration TICK = Duration.ofMillis(10);

    private static final int OWN = 11;
    private static final int CHILDREN_THAT_ENDED = 13;

    private CpuTime() {}

    /** Of a process and its children, those that ended included. */
    static Duration ofAll(long pid) throws IOException {
        long ticks = ticks(pid, OWN) + ticks(pid, CHILDREN_THAT_ENDED);
        for (ProcessHandle child :
                ProcessHandle.of(pid).orElseThrow().children().toList()) {
            ticks += child.isAlive() ? ticks(child.pid(), OWN) : 0;
        }
        return TICK.multipliedBy(ticks);
    }

    /** In user and in system mode. */
    private static long ticks(long pid, int field) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return Long.parseLong(fields.get(field)) + Long.parseLong(fields.get(field + 1));
    }
}
