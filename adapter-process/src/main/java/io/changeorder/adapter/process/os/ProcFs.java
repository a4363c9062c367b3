package io.changeorder.adapter.process.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads /proc (proc(5)). A process may end between any two reads, or belong to somebody else: whatever can't be read is
 * absent. Stateless.
 */
public final class ProcFs {
    private static final Path ROOT = Path.of("/proc");
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int START = 19;

    private ProcFs() {}

    /**
     * A line of /proc/pid/stat, as far as it matters here.
     *
     * @param id which process
     * @param parent pid of its parent
     * @param session pid of the leader of its session
     * @param ended it is a zombie: it has ended and nobody has asked for its exit code yet
     */
    public record Stat(ProcessId id, long parent, long session, boolean ended) {}

    /** Whether there is a /proc to read here. */
    public static boolean isThere() {
        return stat(ProcessHandle.current().pid()).isPresent();
    }

    public static Optional<Stat> stat(long pid) {
        Optional<String> line = text(pid, "stat");
        if (line.isEmpty()) {
            return Optional.empty();
        }
        // The second field is the program's name in parentheses, and may itself hold blanks and parentheses.
        List<String> fields = List.of(
                line.get().substring(line.get().lastIndexOf(')') + 1).strip().split(" ", -1));
        if (fields.size() <= START) {
            return Optional.empty();
        }
        String state = fields.get(STATE);
        return Optional.of(new Stat(
                new ProcessId(pid, Long.parseLong(fields.get(START))),
                Long.parseLong(fields.get(PARENT)),
                Long.parseLong(fields.get(SESSION)),
                state.equals("Z") || state.equals("X")));
    }

    /** Names this run of the kernel: pids and start ticks mean nothing in another. Empty when it can't be read. */
    public static String boot() {
        try {
            return Files.readString(ROOT.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    public static Optional<ProcessId> identify(long pid) {
        return stat(pid).map(Stat::id);
    }

    public static boolean isAlive(ProcessId id) {
        return stat(id.pid())
                .filter(stat -> stat.id().equals(id) && !stat.ended())
                .isPresent();
    }

    /** Every process of the host that has not ended. */
    public static List<Stat> all() {
        List<Stat> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(ROOT, "[0-9]*")) {
            for (Path entry : entries) {
                stat(Long.parseLong(entry.getFileName().toString()))
                        .filter(stat -> !stat.ended())
                        .ifPresent(all::add);
            }
        } catch (IOException e) {
            throw new IllegalStateException("/proc can't be read", e);
        }
        return all;
    }

    /** The program and its arguments; absent for a process without any, such as one that is ending. */
    public static Optional<List<String>> commandLine(long pid) {
        return text(pid, "cmdline").filter(text -> !text.isEmpty()).map(ProcFs::terminated);
    }

    /** What the process was started with, less what is no assignment; it can't be seen what it changed since. */
    public static Optional<Map<String, String>> environment(long pid) {
        return text(pid, "environ").map(text -> {
            Map<String, String> variables = new LinkedHashMap<>();
            for (String assignment : terminated(text)) {
                int equals = assignment.indexOf('=');
                if (equals > 0) {
                    variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
                }
            }
            return variables;
        });
    }

    /** The file of the program that it runs, with links resolved. */
    public static Optional<Path> executable(long pid) {
        return link(entry(pid, "exe"));
    }

    /** A path by which the very file that the process has open can be read, even when it was replaced or removed since. */
    public static Optional<Path> opened(long pid, Path file) {
        String name = file.toString();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(entry(pid, "fd"))) {
            for (Path descriptor : descriptors) {
                Optional<String> target = link(descriptor).map(Path::toString);
                if (target.filter(found -> found.equals(name) || found.equals(name + " (deleted)"))
                        .isPresent()) {
                    return Optional.of(descriptor);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static List<String> terminated(String text) {
        String[] parts = text.split("\0", -1);
        return List.of(parts).subList(0, text.endsWith("\0") ? parts.length - 1 : parts.length);
    }

    private static Optional<String> text(long pid, String name) {
        try {
            return Optional.of(new String(Files.readAllBytes(entry(pid, name)), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> link(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path entry(long pid, String name) {
        return ROOT.resolve(Long.toString(pid)).resolve(name);
    }
}
