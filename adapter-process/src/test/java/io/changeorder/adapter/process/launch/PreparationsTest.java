package io.changeorder.adapter.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.process.Answering;
import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.files.ArtifactSources;
import io.changeorder.application.spi.runtime.ApplicationRuntime.Preparation;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparationsTest {
    private static final long LARGEST = 100_000;

    @TempDir
    Path folder;

    private Path jar;
    private Preparations preparations;

    @BeforeEach
    void make() throws IOException {
        jar = Answering.pack(folder.resolve("app.jar"), "");
        ArtifactSources anywhere = new ArtifactSources(List.of(), List.of());
        preparations = new Preparations(
                new ArtifactPins(folder.resolve("artifacts"), anywhere, LARGEST), System.getenv("PATH"));
    }

    @Test
    void aJarIsPinnedUnderItsDigestReadOnly() throws IOException {
        Revision pinned = prepared(jarAt(jar.toUri().toString()));
        String sha256 = pinned.artifact().orElseThrow().sha256().orElseThrow();
        assertThat(sha256).isEqualTo(ArtifactPins.digest(jar));
        Path copy = folder.resolve("artifacts").resolve(sha256);
        assertThat(copy).hasSameBinaryContentAs(jar);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("r--r--r--");
        try (var files = Files.list(folder.resolve("artifacts"))) {
            assertThat(files).as("no half copies are left").containsExactly(copy);
        }
    }

    @Test
    void aPlainAbsolutePathIsAsGoodAsAFileUrl() {
        assertThat(prepared(jarAt(jar.toString())).id())
                .isEqualTo(prepared(jarAt(jar.toUri().toString())).id());
    }

    @Test
    void whatIsPinnedIsPreparedAgainThoughItsOriginalIsGone() throws IOException {
        Revision pinned = prepared(jarAt(jar.toString()));
        Files.delete(jar);
        assertThat(prepared(pinned)).isEqualTo(pinned);
    }

    @Test
    void anArtifactIsNotPinnedAsAnotherThanItsDigestNames() throws IOException {
        Revision pinned = prepared(jarAt(jar.toString()));
        Path copy = folder.resolve("artifacts")
                .resolve(pinned.artifact().orElseThrow().sha256().orElseThrow());
        Files.delete(copy);
        Answering.pack(jar, "other bytes");
        refused(pinned, "PackageUrl", "not those that were pinned");
        assertThat(copy).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(value = PackageType.class, names = "FAT_JAR", mode = EnumSource.Mode.EXCLUDE)
    void onlyFatJarsCanBeRun(PackageType type) {
        Revision jarOfType = new Revision(
                type,
                Optional.of(Artifact.at(jar.toString())),
                "",
                Optional.empty(),
                List.of(),
                "",
                "",
                Map.of(),
                Probes.NONE,
                30);
        refused(jarOfType, "PackageType", "FatJar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.invalid/app.jar", "oss://bucket/app.jar", "app.jar", "file://host/x", ":"})
    void onlyFilesCanBeFetched(String location) {
        refused(jarAt(location), "PackageUrl", location);
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        refused(jarAt("/nowhere/app.jar"), "PackageUrl", "There is no file /nowhere/app.jar");
    }

    @Test
    void aFolderIsNotAFile() {
        refused(jarAt(folder.toString()), "PackageUrl", "is not a file");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        refused(jarAt(Files.createFile(folder.resolve("empty.jar")).toString()), "PackageUrl", "is empty");
    }

    @Test
    void anArtifactThatIsTooLargeIsRefused() throws IOException {
        Path large = Files.write(folder.resolve("large.jar"), new byte[(int) LARGEST + 1]);
        refused(jarAt(large.toString()), "PackageUrl", "larger than 100000 bytes");
    }

    @Test
    void aFileThatIsNoJarIsRefused() throws IOException {
        refused(jarAt(Files.writeString(folder.resolve("text.jar"), "text").toString()), "PackageUrl", "is not a jar");
    }

    @Test
    void aJarWithoutAMainClassNeedsACommand() throws IOException {
        Path library = folder.resolve("library.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(library), new Manifest())) {
            out.putNextEntry(new JarEntry("note"));
        }
        refused(jarAt(library.toString()), "PackageUrl", "Main-Class");
        assertThat(prepared(Revision.command("/bin/sh").withArtifact(Artifact.at(library.toString())))
                        .artifact()
                        .orElseThrow()
                        .sha256())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/program", "no-such-program-anywhere", "bin/program", "", "/tmp", "nul\0"})
    void aCommandThatIsNoProgramIsRefused(String command) {
        refused(Revision.command(command), "Command", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "sh"})
    void aProgramIsFoundByItsPathOrItsName(String command) {
        assertThat(prepared(Revision.command(command))).isEqualTo(Revision.command(command));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PORT", "INSTANCE_ID", "REVISION", "GENERATION", "APPLICATION_ID", "CHANGEORDER_DATA"})
    void whatTheRuntimeSetsCannotBeSetByARevision(String name) {
        refused(Revision.command("sh").withEnvironment(Map.of(name, "1")), "Envs", name);
    }

    @Test
    void namesAndValuesThatNoEnvironmentCanHoldAreRefused() {
        refused(Revision.command("sh").withEnvironment(Map.of("A=B", "1")), "Envs", "equals sign");
        refused(Revision.command("sh").withEnvironment(Map.of("", "1")), "Envs", "empty");
        refused(Revision.command("sh").withEnvironment(Map.of("A", "\0")), "Envs", "NUL");
        refused(Revision.command("sh", "\0"), "CommandArgs", "NUL");
    }

    @Test
    void aProbePathThatWouldBreakItsRequestIsRefused() {
        Probe probe = new Probe(new Probe.HttpGet("/ready HTTP/1.1\r\nX: y", 0, Probe.Scheme.HTTP), 0, 1, 1);
        refused(Revision.command("sh").withProbes(Probes.readiness(probe)), "Readiness", "printable ASCII");
        refused(
                Revision.command("sh").withProbes(new Probes(Optional.of(probe), Optional.empty(), Optional.empty())),
                "Liveness",
                "printable ASCII");
    }

    private static Revision jarAt(String location) {
        return Revision.fatJar(Artifact.at(location));
    }

    private Revision prepared(Revision revision) {
        return preparations.prepare(revision).match(Preparation.Prepared::revision, unusable -> {
            throw new AssertionError(unusable.why());
        });
    }

    private void refused(Revision revision, String parameter, String why) {
        Preparation.Unusable unusable = preparations
                .prepare(revision)
                .match(
                        prepared -> {
                            throw new AssertionError("it was prepared");
                        },
                        refused -> refused);
        assertThat(unusable.parameter()).isEqualTo(parameter);
        assertThat(unusable.why()).contains(why).isNotBlank();
    }
}
