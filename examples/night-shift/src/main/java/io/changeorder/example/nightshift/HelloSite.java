package io.changeorder.example.nightshift;

import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import io.changeorder.hello.Hello;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A data folder, a jar to deploy, and a look at what runs that asks no engine: the processes of the system and what they
 * answer. Closing it ends whatever was started from the folder.
 */
public final class HelloSite implements AutoCloseable {
    private static final Pattern VERSION = Pattern.compile("\"version\":\"([^\"]*)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Path jar;

    public HelloSite(Path folder) throws IOException {
        Path site = Files.createDirectories(folder).toRealPath();
        this.folder = Files.createDirectories(site.resolve("data"));
        this.jar = jar(site.resolve("hello.jar"));
    }

    /** Something that a host does on a site. */
    public interface Visit {
        Night spend(HelloSite site) throws Exception;
    }

    /** Spends a night on a site that is gone afterwards, and tells of it; what the examples' programs do. */
    public static void show(Visit visit) throws Exception {
        Path folder = Files.createTempDirectory("changeorder-example-");
        try (HelloSite site = new HelloSite(folder)) {
            visit.spend(site).tell();
        } finally {
            delete(folder);
        }
    }

    /** Where a host keeps its store and the runtime its files. */
    public Path folder() {
        return folder;
    }

    /** A version of the little server, ready as soon as it answers. */
    public Revision hello(String version) {
        Probe ready = new Probe(new Probe.HttpGet("/ready", 0, Probe.Scheme.HTTP), 0, 1, 1);
        return new Revision(
                PackageType.FAT_JAR,
                Optional.of(Artifact.at(jar.toUri().toString())),
                "v" + version,
                Optional.empty(),
                List.of(),
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto",
                "",
                Map.of("APP_VERSION", version),
                Probes.readiness(ready),
                1);
    }

    /** Every process of the folder that answers, by process id. */
    public List<RunningHello> running() {
        List<RunningHello> answers = new ArrayList<>();
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            processes
                    .map(ProcessHandle::pid)
                    .filter(pid -> variable(pid, "CHANGEORDER_DATA")
                            .filter(folder.toString()::equals)
                            .isPresent())
                    .forEach(pid -> variable(pid, "PORT")
                            .flatMap(HelloSite::version)
                            .ifPresent(version -> answers.add(new RunningHello(pid, version))));
        }
        answers.sort(Comparator.comparing(RunningHello::pid));
        return answers;
    }

    private static Optional<String> variable(long pid, String name) {
        try {
            String environment = Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            return Stream.of(environment.split("\0", -1))
                    .filter(variable -> variable.startsWith(name + "="))
                    .map(variable -> variable.substring(name.length() + 1))
                    .findFirst();
        } catch (IOException goneOrNotOurs) {
            return Optional.empty();
        }
    }

    private static Optional<String> version(String port) {
        try (InputStream answer =
                URI.create("http://127.0.0.1:" + port + "/").toURL().openStream()) {
            Matcher matcher = VERSION.matcher(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        try (ProcessRuntime runtime = ProcessRuntime.in(folder).open()) {
            if (!runtime.endAll(PATIENCE)) {
                throw new IllegalStateException("processes of " + folder + " are left");
            }
        }
    }

    /** The hello server as a jar, whether the build has packed it already or only compiled it. */
    private static Path jar(Path to) throws IOException {
        Path built = Path.of(URI.create(
                Hello.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        if (!Files.isDirectory(built)) {
            return Files.copy(built, to, StandardCopyOption.REPLACE_EXISTING);
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Hello.class.getName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to), manifest);
                Stream<Path> files = Files.walk(built)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .forEach(file -> add(out, built.relativize(file).toString(), file));
        }
        return to;
    }

    private static void add(JarOutputStream out, String name, Path file) {
        try {
            out.putNextEntry(new JarEntry(name));
            Files.copy(file, out);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
