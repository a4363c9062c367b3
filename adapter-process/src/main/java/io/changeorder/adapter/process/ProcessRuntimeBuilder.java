package io.changeorder.adapter.process;

import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.files.ArtifactSources;
import io.changeorder.adapter.process.launch.Launcher;
import io.changeorder.adapter.process.os.Nodes;
import io.changeorder.adapter.process.os.Ports;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.application.engine.UuidV7IdSource;
import io.changeorder.application.spi.IdSource;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens a {@link ProcessRuntime}. Everything but the data folder has a default. Not thread-safe. */
public final class ProcessRuntimeBuilder {
    private static final int FIRST_PORT = 20_000;
    /** Above are the ports that Linux gives to outgoing connections, which may take one between choice and use. */
    private static final int LAST_PORT = 29_999;

    private static final long LARGEST_ARTIFACT = 2L << 30;
    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private final Path dataFolder;
    private InstantSource clock = InstantSource.system();
    private Optional<IdSource> ids = Optional.empty();
    private InetAddress host = InetAddress.getLoopbackAddress();
    private int firstPort = FIRST_PORT;
    private int lastPort = LAST_PORT;
    private Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    private long largestArtifact = LARGEST_ARTIFACT;
    private List<Path> packageFolders = List.of();
    private List<Path> noPackages = List.of();
    private Steps steps = Steps.UNWATCHED;

    ProcessRuntimeBuilder(Path dataFolder) {
        this.dataFolder = dataFolder;
    }

    /** By which back-off, patience and probes are timed; the system's by default. */
    public ProcessRuntimeBuilder clock(InstantSource newClock) {
        clock = newClock;
        return this;
    }

    /** Names new instances; UUIDv7 by default. */
    public ProcessRuntimeBuilder ids(IdSource newIds) {
        ids = Optional.of(newIds);
        return this;
    }

    /** Where instances listen: their ports are chosen free there, and probes go there; loopback by default. */
    public ProcessRuntimeBuilder host(InetAddress newHost) {
        host = newHost;
        return this;
    }

    /** From which range the instances' ports are taken, both ends included; 20000 to 29999 by default. */
    public ProcessRuntimeBuilder ports(int first, int last) {
        firstPort = first;
        lastPort = last;
        return this;
    }

    /** What runs a jar; the running JVM's own by default. */
    public ProcessRuntimeBuilder java(Path newJava) {
        java = newJava;
        return this;
    }

    /** Most bytes that an artifact may have; 2 GiB by default. */
    public ProcessRuntimeBuilder largestArtifact(long bytes) {
        largestArtifact = bytes;
        return this;
    }

    /**
     * Below which folders packages may come from, links resolved; from anywhere by default. Never from the data folder,
     * {@code /proc} or {@code /sys}.
     */
    public ProcessRuntimeBuilder packagesFrom(List<Path> folders) {
        packageFolders = List.copyOf(folders);
        return this;
    }

    /** Files and folders that are no packages and hold none, such as the secrets of the host; none by default. */
    public ProcessRuntimeBuilder noPackagesFrom(List<Path> paths) {
        noPackages = List.copyOf(paths);
        return this;
    }

    ProcessRuntimeBuilder steps(Steps newSteps) {
        steps = newSteps;
        return this;
    }

    /**
     * Adopts what runs already, and begins to keep what was wished for.
     *
     * @throws IOException the data folder can't be read or written
     * @throws IllegalStateException this host lacks what the runtime needs; the message says what
     */
    public ProcessRuntime open() throws IOException {
        requireLinux();
        String searchPath = Optional.ofNullable(System.getenv("PATH"))
                .filter(path -> !path.isBlank())
                .orElse(USUAL_PATH);
        Files.createDirectories(dataFolder);
        Path runtime = dataFolder.toRealPath().resolve("runtime");
        ArtifactPins pins = new ArtifactPins(runtime.resolve("artifacts"), sources(), largestArtifact);
        Launcher launcher = new Launcher(
                dataFolder.toRealPath().toString(),
                pins,
                tool("setsid", searchPath),
                tool("sh", searchPath),
                tool("env", searchPath),
                java.toString(),
                searchPath);
        tool("ln", searchPath);
        return new ProcessRuntime(
                runtime,
                Nodes.join(runtime.resolve("nodes")),
                clock,
                ids.orElseGet(() -> new UuidV7IdSource(clock)),
                pins,
                launcher,
                new Ports(host, firstPort, lastPort),
                steps,
                Threads.start());
    }

    private ArtifactSources sources() {
        return new ArtifactSources(
                packageFolders,
                Stream.concat(Stream.of(dataFolder, Path.of("/proc"), Path.of("/sys")), noPackages.stream())
                        .toList());
    }

    private static void requireLinux() {
        String system = System.getProperty("os.name", "");
        if (!system.toLowerCase(Locale.ROOT).contains("linux") || !ProcFs.isThere()) {
            throw new IllegalStateException(
                    "Running applications as processes needs Linux with /proc; this is " + system + ".");
        }
    }

    private static Path tool(String name, String searchPath) {
        return Stream.of(searchPath.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Running applications as processes needs the program "
                        + name + ", which is not in " + searchPath + " (it is part of util-linux or coreutils)."));
    }
}
