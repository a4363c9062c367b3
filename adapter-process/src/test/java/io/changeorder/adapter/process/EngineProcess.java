package io.changeorder.adapter.process;

import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.revision.Revision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** An engine in a JVM of its own, which scales one application and holds at one step, so that it can be killed there. */
final class EngineProcess implements AutoCloseable {
    static final ApplicationId APP = new ApplicationId("018f4c3e-0000-7000-8000-0000000000aa");
    static final Fence FENCE = new Fence(1);
    private static final long SIGINT_BIT = 1L << 1;
    private static final String HOLDS = "holds";
    private static final String DONE = "done";
    private static final String OVER = "over";
    /** In place of a step: it never holds, and goes up and down without a rest. */
    static final String RESTLESS = "restless";

    private final Process process;
    private final BufferedReader said;
    private final Set<String> heard = new HashSet<>();

    private EngineProcess(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What every engine of these tests runs: it says beside the data folder that it starts, and that it was told to go. */
    static Revision revision() {
        return ShellFixture.shell("echo \"start $INSTANCE_ID\" >> \"$CHANGEORDER_DATA/../journal\";"
                + " trap 'echo \"end $INSTANCE_ID\" >> \"$CHANGEORDER_DATA/../journal\"; exit 0' TERM;"
                + " while :; do sleep 1000 & wait $!; done");
    }

    static Entry entry() {
        return new Entry(revision().id(), 0);
    }

    /**
     * Starts one that leads a process group, as a shell's foreground job does.
     *
     * @param step where it holds until the thaw file exists; a step that it never comes to for one that does not hold
     * @param count how many instances it wishes for
     */
    static EngineProcess start(Path data, String step, int count, Path thaw) throws IOException {
        return start(data, step, 0, count, thaw);
    }

    /**
     * @param from how many instances are ready before it holds anywhere
     */
    static EngineProcess start(Path data, String step, int from, int count, Path thaw) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EngineProcess.class.getName(),
                data.toString(),
                step,
                Integer.toString(from),
                Integer.toString(count),
                thaw.toString()));
        return new EngineProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    long pid() {
        return process.pid();
    }

    void awaitHold() throws IOException {
        await(HOLDS);
    }

    void awaitDone() throws IOException {
        await(DONE);
    }

    /** It was told that its fence is too old, and nothing that it had begun is under way any more. */
    void awaitOver() throws IOException {
        await(OVER);
    }

    /** Whether it was started so that SIGINT means nothing to it. */
    boolean ignoresInterrupts() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).trim(), 16))
                .anyMatch(mask -> (mask & SIGINT_BIT) != 0);
    }

    private void await(String word) throws IOException {
        while (!heard.contains(word)) {
            String line = said.readLine();
            if (line == null) {
                throw new AssertionError("the engine ended before it said: " + word);
            }
            heard.add(line);
        }
    }

    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("an engine outlived SIGKILL");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path data = Path.of(args[0]);
        String step = args[1];
        int from = Integer.parseInt(args[2]);
        int count = Integer.parseInt(args[3]);
        Path thaw = Path.of(args[4]);
        AtomicBoolean holds = new AtomicBoolean(from == 0);
        Steps steps = reached -> {
            if (reached.name().equals(step) && holds.get()) {
                hold(thaw);
            }
        };
        ProcessRuntime runtime = ProcessRuntime.in(data).steps(steps).open();
        runtime.prepare(revision());
        if (from > 0) {
            runtime.scale(APP, entry(), revision(), from, FENCE);
            while (!areReady(runtime, from)) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            holds.set(true);
        }
        scale(runtime, count);
        say(DONE);
        // For those who froze it: it goes on wishing until it learns that it has no right to.
        boolean restless = step.equals(RESTLESS);
        int next = count;
        while (scale(runtime, next) != ScaleResult.STALE_FENCE) {
            next = restless && next == count ? from : count;
            TimeUnit.MILLISECONDS.sleep(restless ? 20 : 5);
        }
        runtime.close();
        say(OVER);
        new CountDownLatch(1).await();
    }

    private static ScaleResult scale(ProcessRuntime runtime, int count) throws InterruptedException {
        while (true) {
            try {
                return runtime.scale(APP, entry(), revision(), count, FENCE);
            } catch (RuntimeUnavailableException held) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private static boolean areReady(ProcessRuntime runtime, int count) {
        return runtime.observe(APP).instances().stream()
                        .filter(instance -> instance.readySince().isPresent())
                        .count()
                == count;
    }

    private static void hold(Path thaw) {
        say(HOLDS);
        try {
            while (!Files.exists(thaw)) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(String word) {
        System.out.println(word);
        if (System.out.checkError()) {
            throw new UncheckedIOException(new IOException("nobody listens"));
        }
    }
}
