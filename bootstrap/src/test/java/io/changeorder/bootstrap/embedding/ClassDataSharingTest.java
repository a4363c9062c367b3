package io.changeorder.bootstrap.embedding;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.Wiring;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.domain.order.ChangeOrder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core can be loaded from an archive of class data, which only takes classes that hold no tricks. */
class ClassDataSharingTest {
    private static final Pattern CORE =
            Pattern.compile("(io\\.changeorder\\.(?:domain|application)\\.[\\w.$]+) source: (.*)");
    private static final String ARCHIVE = "shared objects file (top)";
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void everyClassOfTheCoreComesFromTheArchive() throws Exception {
        String classPath = classPath();
        Path archive = folder.resolve("core.jsa");
        run("-XX:ArchiveClassesAtExit=" + archive, "-cp", classPath, ArchivedCore.class.getName());

        Path log = folder.resolve("loaded.txt");
        run(
                "-Xshare:on",
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:class+load:file=" + log,
                "-cp",
                classPath,
                ArchivedCore.class.getName());

        List<String> loaded = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            var core = CORE.matcher(line);
            if (core.find() && !core.group(1).contains("$$Lambda")) {
                loaded.add(core.group(1));
                if (!core.group(2).equals(ARCHIVE)) {
                    elsewhere.add(line);
                }
            }
        }
        assertThat(loaded)
                .contains(ChangeOrderEngine.class.getName(), ChangeOrder.class.getName())
                .hasSizeGreaterThan(Wiring.classes().size());
        assertThat(elsewhere).isEmpty();
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "out-", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output)).contains("done");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Archives are made of jars only: what the build has only compiled so far is packed. */
    private String classPath() {
        Stream<String> packed = Stream.of(
                        ChangeOrder.class, ChangeOrderEngine.class, SimulatedRuntime.class, ArchivedCore.class)
                .map(ClassDataSharingTest::place)
                .map(this::jar)
                .map(Path::toString);
        Stream<String> libraries = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("changeorder"));
        return Stream.concat(packed, libraries).collect(joining(File.pathSeparator));
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private Path jar(Path place) {
        if (!Files.isDirectory(place)) {
            return place;
        }
        try {
            Path jar = Files.createTempFile(folder, "classes-", ".jar");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                    Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    out.putNextEntry(new JarEntry(place.relativize(file).toString()));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
