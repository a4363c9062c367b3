package io.changeorder.bootstrap.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.changeorder.bootstrap.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The command line in a JVM of its own. Ended at the latest when it is closed. */
public final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SIGINT = 2;
    private static final int NATIVE_ACCESS_IS_ASKED_FOR = 24;

    private final Process process;
    private final Path out;
    private final Path err;

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it.
     *
     * @param temporary its {@code java.io.tmpdir}
     * @param logs where its output goes
     */
    public static Child start(Path temporary, Path logs, String... arguments) {
        return start(temporary, logs, Map.of(), arguments);
    }

    /** As {@link #start(Path, Path, String...)}, with more in its environment. */
    public static Child start(Path temporary, Path logs, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary));
        // The distribution has this in its manifest; on a class path it has to be said.
        if (Runtime.version().feature() >= NATIVE_ACCESS_IS_ASKED_FOR) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile(logs, "out-", ".txt");
            Path err = Files.createTempFile(logs, "err-", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            return new Child(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** What it has written so far. */
    public List<String> lines() {
        return read(out).lines().toList();
    }

    public String errors() {
        return read(err);
    }

    /** Waits until it has written such a line, and gives it. */
    public String awaitLine(Predicate<String> wanted) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> lines().stream().anyMatch(wanted) || !process.isAlive());
        return lines().stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("ended without it: " + lines() + errors()));
    }

    /** Ends it as Ctrl-C does; by SIGTERM where SIGINT is ignored, as in the background of a shell without job control. */
    public void interrupt() throws IOException {
        boolean ignored = Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).trim(), 16))
                .anyMatch(mask -> (mask & (1L << (SIGINT - 1))) != 0);
        signal(ignored ? "TERM" : "INT");
    }

    public void terminate() {
        signal("TERM");
    }

    public void kill() {
        signal("KILL");
    }

    /** It does nothing any more until it is killed. */
    public void freeze() {
        signal("STOP");
    }

    /** It goes on after {@link #freeze}. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .waitFor();
            assertThat(exit).as("kill -%s", name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits for its end, and gives its exit code. */
    public int awaitExit() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends; so far: %s %s", lines(), errors())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return process.exitValue();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it, if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
    }

    /** The processes that have this in their environment. */
    public static List<ProcessHandle> withVariable(Predicate<String> variable) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> environment(process.pid()).anyMatch(variable))
                    .toList();
        }
    }

    /** The variables of a process; none of one that is gone or not ours. */
    public static Stream<String> environment(long pid) {
        try {
            return Stream.of(Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1)
                    .split("\0", -1));
        } catch (IOException goneOrNotOurs) {
            return Stream.empty();
        }
    }
}
