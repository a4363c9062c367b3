package io.changeorder.adapter.process;

import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.application.contract.RuntimeFixture;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A process runtime over a folder of its own, whose instances are small shell scripts, and a clock that can be moved. */
final class ShellFixture implements RuntimeFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FOR_EVER = "while :; do sleep 1000 & wait $!; done";
    private static final String USUAL =
            "trap 'exit 0' TERM; trap 'export TAMPERED=1; exec sleep 1000' USR1; " + FOR_EVER;

    private final Path data;
    private final Path jars;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Optional<ParkedCall>> parking = new AtomicReference<>(Optional.empty());
    private int firstPort = 20_000;
    private int lastPort = 29_999;
    private ProcessRuntime runtime;

    ShellFixture(Path data) {
        this.data = data;
        this.jars = makeFolder();
        this.runtime = open();
    }

    private static Path makeFolder() {
        try {
            return Files.createTempDirectory("changeorder-jars-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the next opening on. */
    void setPorts(int first, int last) {
        firstPort = first;
        lastPort = last;
    }

    Instant now() {
        return Instant.now().plus(ahead.get());
    }

    private ProcessRuntime open() {
        try {
            return ProcessRuntime.in(data)
                    .clock(this::now)
                    .steps(this::at)
                    .ports(firstPort, lastPort)
                    .open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void at(Steps.Step step) {
        if (step == Steps.Step.FENCE_CHECKED) {
            parking.getAndSet(Optional.empty()).ifPresent(ParkedCall::pass);
        }
    }

    static Revision shell(String script) {
        return Revision.command("/bin/sh", "-c", script).withTerminationGraceSeconds(1);
    }

    static Probe probe(String... command) {
        return new Probe(new Probe.Exec(List.of(command)), 0, 1, 5);
    }

    @Override
    public ProcessRuntime runtime() {
        return runtime;
    }

    @Override
    public void reopen() {
        runtime.close();
        runtime = open();
    }

    @Override
    public Revision ready(String label) {
        return shell(USUAL).withVersionLabel(label).withProbes(Probes.readiness(probe("test", "!", "-e", "unready")));
    }

    @Override
    public Revision neverReady(String label) {
        return shell(USUAL).withVersionLabel(label).withProbes(Probes.readiness(probe("false")));
    }

    @Override
    public Revision exitsAtOnce(String label) {
        return shell("exit 3").withVersionLabel(label);
    }

    @Override
    public Revision ignoresTermination(String label) {
        return shell("trap '' TERM; " + FOR_EVER).withVersionLabel(label);
    }

    @Override
    public Revision withArtifact(String label) {
        try {
            Path jar = Answering.pack(jars.resolve(label + ".jar"), label);
            return Revision.fatJar(Artifact.at(jar.toUri().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Revision unusable() {
        return Revision.command(data.resolve("no-such-program").toString());
    }

    /** The process that runs an instance. */
    long pid(ApplicationId application, InstanceId instance) {
        return runtime.pid(application, instance).orElseThrow();
    }

    /** What is kept of an instance. */
    Path kept(InstanceId instance) {
        return entries(data.resolve("runtime").resolve("applications"), "*")
                .flatMap(application -> entries(application, "term-*"))
                .flatMap(term -> entries(term, "[0-9]*"))
                .map(documents -> documents.resolve("instances").resolve(instance.value()))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow();
    }

    /** A walk would trip over files that are gone when it comes to them. */
    private static Stream<Path> entries(Path folder, String glob) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            found.forEach(entries::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries.stream();
    }

    /** Where an instance is at home. */
    Path folder(InstanceId instance) {
        return entries(data.resolve("runtime").resolve("applications"), "*")
                .map(application -> application.resolve("instances").resolve(instance.value()))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void kill(ApplicationId application, InstanceId instance) {
        ProcessHandle process = ProcessHandle.of(pid(application, instance)).orElseThrow();
        process.destroyForcibly();
        await("the process has ended", () -> !process.isAlive());
    }

    @Override
    public void setUnready(ApplicationId application, InstanceId instance, boolean unready) {
        Path file = folder(instance).resolve("work").resolve("unready");
        try {
            if (unready) {
                Files.createFile(file);
            } else {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void change(ApplicationId application, InstanceId instance) {
        pass(Duration.ofSeconds(2));
        Path kept = kept(instance).resolve("instance.json");
        await("what it runs was taken down", () -> Files.readString(kept).contains("became"));
        long pid = pid(application, instance);
        run("kill", "-USR1", Long.toString(pid));
        await(
                "it runs something else",
                () -> ProcFs.environment(pid).orElseThrow().containsKey("TAMPERED"));
    }

    @Override
    public void addRogue(ApplicationId application) {
        ProcessBuilder builder = new ProcessBuilder("setsid", "sleep", "1000");
        builder.environment().put("CHANGEORDER_DATA", data.toString());
        builder.environment().put("APPLICATION_ID", application.value());
        try {
            long pid = builder.start().pid();
            await(
                    "it has become itself",
                    () -> ProcFs.commandLine(pid)
                            .filter(line -> line.get(0).equals("sleep"))
                            .isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void run(String... command) {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " exited with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ParkedCall parkNextScale() {
        ParkedCall parked = new ParkedCall();
        parking.set(Optional.of(parked));
        return parked;
    }

    @Override
    public void pass(Duration time) {
        ahead.updateAndGet(before -> before.plus(time));
        runtime.wake();
    }

    @Override
    public void await(String condition, Callable<Boolean> holds) {
        Awaitility.await(condition)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(holds);
    }

    @Override
    public void settle() {
        pass(Duration.ofSeconds(2));
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> true);
    }

    private void removeJars() {
        try {
            for (Path jar : entries(jars, "*").toList()) {
                Files.delete(jar);
            }
            Files.delete(jars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        boolean nothingLeft = runtime.endAll(Duration.ofMillis(500));
        runtime.close();
        removeJars();
        if (!nothingLeft) {
            throw new AssertionError("processes were left behind");
        }
    }
}
