package io.changeorder.adapter.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.process.Answering;
import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.files.ArtifactSources;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that are not what they seem to be, or not where. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PackageTricksTest {
    private static final long LARGEST = 2_000_000;
    private static final int MANY = 1 << 29;

    @TempDir
    Path given;

    private Path packages;
    private Path data;
    private Path keyFile;
    private Path jar;
    private Preparations limited;
    private Preparations anywhere;

    @BeforeEach
    void make() throws IOException {
        Path root = given.toRealPath();
        packages = Files.createDirectory(root.resolve("packages"));
        data = Files.createDirectory(root.resolve("data"));
        keyFile = Files.writeString(data.resolve("access.key"), "the secret of all secrets");
        jar = Answering.pack(packages.resolve("app.jar"), "");
        limited = over(List.of(packages));
        anywhere = over(List.of());
    }

    private Preparations over(List<Path> allowed) {
        Path pinned = data.resolve("artifacts");
        return new Preparations(
                new ArtifactPins(pinned, new ArtifactSources(allowed, List.of(data)), LARGEST), "/usr/bin:/bin");
    }

    @Test
    void aPackageOfAnAllowedFolderIsTaken() throws IOException {
        Path below = Files.createDirectories(packages.resolve("team/hello"));
        assertTaken(limited, jar.toString());
        assertTaken(
                limited, Answering.pack(below.resolve("other.jar"), "").toUri().toString());
        assertTaken(limited, packages + "/team/../app.jar");
    }

    @Test
    void aLinkWithinAnAllowedFolderIsFollowedAlsoWhenTheFolderIsOneItself() throws IOException {
        Files.createSymbolicLink(packages.resolve("latest.jar"), jar);
        Path link = Files.createSymbolicLink(packages.resolveSibling("link"), packages);
        assertTaken(limited, packages.resolve("latest.jar").toString());
        assertTaken(over(List.of(link)), jar.toString());
        assertTaken(limited, link.resolve("app.jar").toString());
    }

    @Test
    void noLinkNoDotAndNoEscapeLeadsOutOfTheAllowedFolders() throws IOException {
        Path elsewhere = Answering.pack(packages.resolveSibling("elsewhere.jar"), "");
        Path similar = Files.createDirectory(packages.resolveSibling("packages-of-others"));
        Files.createSymbolicLink(packages.resolve("link.jar"), elsewhere);
        Files.createSymbolicLink(packages.resolve("up"), packages.getParent());
        for (String location : List.of(
                elsewhere.toString(),
                elsewhere.toUri().toString(),
                packages + "/../elsewhere.jar",
                "file://" + packages + "/%2e%2e/elsewhere.jar",
                "file:" + packages + "/..%2Felsewhere.jar",
                packages + "/link.jar",
                packages + "/up/elsewhere.jar",
                Answering.pack(similar.resolve("app.jar"), "").toString())) {
            assertRefused(limited, location, "Packages may come from " + packages + " only, not from ");
        }
    }

    @Test
    void whetherThereIsAFileElsewhereIsNotTold() {
        assertRefused(limited, "/etc/passwd", "Packages may come from " + packages + " only, not from /etc/passwd.");
        assertRefused(limited, "/etc/nothing", "Packages may come from " + packages + " only, not from /etc/nothing.");
        assertRefused(limited, packages + "/missing.jar", "There is no file");
    }

    @Test
    void theDataFolderIsNeverASourceWhateverIsAllowed() throws IOException {
        Files.createSymbolicLink(packages.resolve("key.jar"), keyFile);
        Files.createSymbolicLink(packages.resolve("folder"), data);
        Preparations above = over(List.of(packages.getParent()));
        for (String location : List.of(
                keyFile.toString(),
                packages + "/../data/access.key",
                packages + "/key.jar",
                packages + "/folder/access.key",
                "/proc/self/root" + keyFile)) {
            assertRefused(anywhere, location, "no package is taken from");
            assertRefused(above, location, "");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proc/self/environ",
                "/proc/self/../self/environ",
                "/proc/version",
                "/sys/kernel/uevent_seqnum",
                "file:///proc/self/cmdline"
            })
    void whatTheKernelTellsIsNoPackage(String location) {
        assertRefused(anywhere, location, "no package is taken from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/random", "/dev/stdin", "/dev/tty", "/", "/..", "/tmp/"})
    void devicesAndFoldersAreNoPackages(String location) {
        assertRefused(anywhere, location, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file://localhost/app.jar",
                "file://host/share/app.jar",
                "file:app.jar",
                "file:///app.jar?x=y",
                "file:///app.jar#x",
                "file:///app%00.jar",
                "file:///app%zz.jar",
                "/app\0.jar",
                "jar:file:///app.jar!/",
                "http://127.0.0.1/app.jar",
                "\\\\host\\share\\app.jar"
            })
    void whatIsNoFileOfThisMachineIsRefusedWithItsWords(String location) {
        assertRefused(anywhere, location, location);
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = packages.resolve("pipe.jar");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertRefused(limited, pipe.toString(), "is not a file");
    }

    @Test
    void aSocketIsNoPackage() throws IOException {
        Path socket = packages.resolve("socket.jar");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
            assertRefused(limited, socket.toString(), "is not a file");
        }
    }

    @Test
    void whatTheServerMayNotReadIsSaidToBeUnreadable() throws IOException {
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("-w-------"));
        if (Files.isReadable(jar)) { // to the superuser everything is
            assertTaken(limited, jar.toString());
        } else {
            assertRefused(limited, jar.toString(), "can't be read");
        }
    }

    @Test
    void aLinkToItselfIsNotFollowedForEver() throws IOException {
        Path loop = packages.resolve("loop.jar");
        Files.createSymbolicLink(loop, loop);
        assertRefused(limited, loop.toString(), "can't be read");
    }

    /** A link that is put in the place of a file between the look and the opening must not be followed. */
    @Test
    void whatIsExchangedMeanwhileIsNotWhatWasAllowed() throws Exception {
        Path folder = Files.createDirectory(packages.resolve("a"));
        Path aside = packages.resolve("b");
        Path link = packages.resolve("c");
        Answering.pack(folder.resolve("access.key"), "allowed");
        Files.createSymbolicLink(link, data);
        AtomicBoolean over = new AtomicBoolean();
        Thread exchanging = new Thread(() -> {
            while (!over.get()) {
                move(folder, aside);
                move(link, folder);
                move(folder, link);
                move(aside, folder);
            }
        });
        exchanging.start();
        int taken = 0;
        int refused = 0;
        try {
            Revision revision = Revision.command("/bin/sh")
                    .withArtifact(Artifact.at(folder.resolve("access.key").toString()));
            while (taken < 20 || refused < 100) {
                boolean took = limited.prepare(revision).match(prepared -> true, unusable -> false);
                taken += took ? 1 : 0;
                refused += took ? 0 : 1;
            }
        } finally {
            over.set(true);
            exchanging.join();
        }
        assertThat(data.resolve("artifacts").resolve(ArtifactPins.digest(keyFile)))
                .as("the key file was never copied")
                .doesNotExist();
    }

    @Test
    void ofWhatIsNoJarNoCopyIsLeft() throws IOException {
        Path text = Files.writeString(packages.resolve("text.jar"), "text");
        assertRefused(limited, text.toString(), "is not a jar");
        try (var left = Files.list(data.resolve("artifacts"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aJarIsCopiedAndNeverUnpacked() throws IOException {
        Path bomb = packages.resolve("bomb.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
            entry(out, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Class: A\n");
            entry(out, "../../../access.key", "overwritten");
            out.putNextEntry(new ZipEntry("zeros"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1000; i++) {
                out.write(zeros);
            }
            out.closeEntry();
        }
        assertTaken(limited, bomb.toString());
        assertThat(keyFile).hasContent("the secret of all secrets");
        try (var files = Files.walk(data)) {
            assertThat(files.filter(Files::isRegularFile))
                    .as("the key file and the copy")
                    .hasSize(2);
        }
    }

    @Test
    void aManifestThatUnpacksToMoreThanThereIsMemoryIsRefused() throws IOException {
        Path bomb = packages.resolve("manifest.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            byte[] lines = "Name: x\n\n".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100; i++) {
                out.write(lines);
            }
            out.closeEntry();
        }
        assertRefused(limited, bomb.toString(), "its manifest is larger than");
    }

    /** The JDK makes room for as many entries as a jar promises: of 228 bytes for six gigabytes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 0xFFFF})
    void aJarThatPromisesMoreEntriesThanItHoldsIsRefused(int comment) throws IOException {
        Path file = packages.resolve("entries.jar");
        Files.write(file, withWiderEnd(MANY, 1000, OptionalInt.empty(), comment));
        assertRefused(limited, file.toString(), "its directory promises " + MANY + " entries");
    }

    @Test
    void noSmallWiderEndHidesAHugeDirectory() throws IOException {
        Path file = packages.resolve("hidden.jar");
        Files.write(file, withWiderEnd(1, 100, OptionalInt.of(200 << 20), 0));
        assertRefused(limited, file.toString(), "its directory promises 65535 entries in " + (200 << 20) + " bytes");
    }

    @Test
    void aWiderEndThatTellsTheTruthIsFine() throws IOException {
        Path file = packages.resolve("wide.jar");
        int end = (int) Files.size(jar) - 22;
        ByteBuffer plain = ByteBuffer.wrap(Files.readAllBytes(jar)).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, withWiderEnd(plain.getShort(end + 10), plain.getInt(end + 12), OptionalInt.of(-1), 0));
        assertTaken(limited, file.toString());
    }

    /** The jar with an end as there is for more than 65535 entries, which says this. */
    private byte[] withWiderEnd(long entries, long bytes, OptionalInt narrowBytes, int comment) throws IOException {
        byte[] plain = Files.readAllBytes(jar);
        int end = plain.length - 22;
        ByteBuffer was = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer forged =
                ByteBuffer.allocate(plain.length + 56 + 20 + comment).order(ByteOrder.LITTLE_ENDIAN);
        forged.put(plain, 0, end);
        forged.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        forged.putLong(entries).putLong(entries).putLong(bytes);
        forged.putLong(was.getInt(end + 16));
        forged.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        int narrow = forged.position();
        forged.put(plain, end, 22);
        forged.putShort(narrow + 8, (short) -1)
                .putShort(narrow + 10, (short) -1)
                .putShort(narrow + 20, (short) comment);
        narrowBytes.ifPresent(other -> forged.putInt(narrow + 12, other));
        return forged.array();
    }

    @Test
    void aJarWithADirectoryThatFillsTheMemoryIsRefused() throws IOException {
        ByteBuffer forged = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        forged.putInt(0x06054b50).putInt(0).putShort((short) 1).putShort((short) 1);
        forged.putInt(200 << 20).putInt(0).putShort((short) 0);
        Path file = Files.write(packages.resolve("directory.jar"), forged.array());
        assertRefused(limited, file.toString(), "its directory promises 1 entries in " + (200 << 20) + " bytes");
    }

    private static void entry(ZipOutputStream out, String name, String content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertTaken(Preparations preparations, String location) {
        assertThat(answer(preparations, location)).isEqualTo("taken");
    }

    private static void assertRefused(Preparations preparations, String location, String why) {
        assertThat(answer(preparations, location))
                .startsWith("PackageUrl: ")
                .contains(why)
                .doesNotContain("secret of all");
    }

    private static String answer(Preparations preparations, String location) {
        return preparations
                .prepare(Revision.fatJar(Artifact.at(location)))
                .match(prepared -> "taken", unusable -> unusable.parameter() + ": " + unusable.why());
    }
}
