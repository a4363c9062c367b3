package io.changeorder.adapter.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.changeorder.adapter.process.Answering;
import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.files.ArtifactSources;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
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
        assertTaken(limited, packages + "/./team//hello/other.jar");
        assertTaken(anywhere, packages + "/team/../app.jar");
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
    void whetherThereIsAFileElsewhereIsNotTold() throws IOException {
        Path elsewhere = Files.createDirectory(packages.resolveSibling("elsewhere"));
        Files.writeString(elsewhere.resolve("there"), "a file");
        Files.createSymbolicLink(packages.resolve("out"), elsewhere);
        Files.createSymbolicLink(packages.resolve("out-there"), Path.of("../elsewhere/there"));
        Files.createSymbolicLink(packages.resolve("out-missing"), Path.of("../elsewhere/missing"));
        Files.createSymbolicLink(packages.resolve("out-below-missing"), elsewhere.resolve("missing"));
        Files.createSymbolicLink(packages.resolve("by-another"), Path.of("out", "missing"));
        for (String location : List.of(
                "/etc/passwd",
                "/etc/nothing",
                packages + "/out/there",
                packages + "/out/missing",
                packages + "/out/there/below",
                packages + "/out-there",
                packages + "/out-missing",
                packages + "/out-below-missing/below",
                packages + "/by-another")) {
            assertThat(answer(limited, location))
                    .isEqualTo("PackageUrl: Packages may come from " + packages + " only, not from " + location + ".");
        }
        for (String folder : List.of("there", "missing")) {
            String location = elsewhere + "/" + folder + "/../../packages/app.jar";
            assertThat(answer(limited, location))
                    .isEqualTo("PackageUrl: Packages may come from " + packages + " only, not from " + location
                            + ": \"..\" may lead anywhere.");
        }
    }

    @Test
    void ofWhatWouldBeInsideItIsToldThatItIsMissing() throws IOException {
        Files.createSymbolicLink(packages.resolve("link.jar"), Path.of("../packages/missing"));
        Path link = Files.createSymbolicLink(packages.resolveSibling("link"), packages);
        assertRefused(limited, packages + "/missing.jar", "There is no file");
        assertRefused(limited, packages + "/app.jar/below", "can't be read");
        assertRefused(limited, packages + "/link.jar", "There is no file");
        assertRefused(limited, link + "/missing.jar", "There is no file");
        assertRefused(over(List.of(link)), packages + "/missing.jar", "There is no file");
        Path later = link.resolve("later");
        assertRefused(over(List.of(later)), later + "/missing.jar", "There is no file");
    }

    @Test
    void whatIsMissingInTheDataFolderIsNotToldEither() {
        for (Preparations each : List.of(anywhere, over(List.of(packages.getParent())))) {
            assertRefused(each, data + "/missing", "no package is taken from");
        }
    }

    @Test
    void aHardLinkToWhatIsForbiddenIsNoPackage() throws IOException {
        Path password = Files.writeString(packages.resolveSibling("password"), "the secret of all secrets");
        Preparations guarded = new Preparations(
                new ArtifactPins(
                        data.resolve("artifacts"),
                        new ArtifactSources(
                                List.of(packages), List.of(data, password, packages.resolveSibling("no-such-file"))),
                        LARGEST),
                "/usr/bin:/bin");
        for (Path secret : List.of(keyFile, password)) {
            Path link = Files.createLink(packages.resolve(secret.getFileName()), secret);
            assertRefused(guarded, link.toString(), "no package is taken from");
        }
        assertTaken(
                guarded, Files.createLink(packages.resolve("again.jar"), jar).toString());
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
            while (exchanging.isAlive() && (taken < 20 || refused < 100)) {
                boolean took = limited.prepare(revision).match(prepared -> true, unusable -> false);
                taken += took ? 1 : 0;
                refused += took ? 0 : 1;
            }
            assertThat(exchanging.isAlive())
                    .as("what was exchanged was exchanged to the end")
                    .isTrue();
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
    void ofAManifestThatUnpacksToMoreThanThereIsMemoryOnlyTheBeginningIsRead() throws IOException {
        Path endless = packages.resolve("endless.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(endless))) {
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            byte[] lines = "A: x\n".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 200; i++) {
                out.write(lines);
            }
            out.closeEntry();
        }
        assertRefused(limited, endless.toString(), "is a jar without a Main-Class");
        assertInspectedWithLittleMemory(endless);
    }

    @Test
    void theSectionsOfAManifestThatTellOfEntriesAreNotRead() throws IOException {
        Path sections = packages.resolve("sections.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(sections))) {
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            out.write("Manifest-Version: 1.0\r\nMAIN-CLASS: A\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100_000; i++) {
                out.write(("Name: " + i + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.closeEntry();
        }
        assertTaken(limited, sections.toString());
        assertInspectedWithLittleMemory(sections);

        Path elsewhere = packages.resolve("elsewhere.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(elsewhere))) {
            entry(out, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\nName: x\nMain-Class: A\n");
        }
        assertRefused(limited, elsewhere.toString(), "is a jar without a Main-Class");
    }

    @Test
    void aJarIsUnderstoodThatIsWideOrStoredOrFollowsAScript() throws IOException {
        assertTaken(
                limited,
                Files.write(packages.resolve("wide.jar"), widened(3, 0, false)).toString());
        Path stored = packages.resolve("stored.jar");
        byte[] manifest = "Main-Class: A\n".getBytes(StandardCharsets.US_ASCII);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(stored))) {
            ZipEntry entry = new ZipEntry("meta-inf/manifest.mf");
            CRC32 sum = new CRC32();
            sum.update(manifest);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(manifest.length);
            entry.setCrc(sum.getValue());
            out.putNextEntry(entry);
            out.write(manifest);
            out.closeEntry();
            out.setComment("with a comment");
        }
        assertTaken(limited, stored.toString());
        Path script = Files.writeString(packages.resolve("script.jar"), "#!/bin/sh\nexec java -jar \"$0\"\n");
        Files.write(script, Files.readAllBytes(jar), StandardOpenOption.APPEND);
        assertTaken(limited, script.toString());
    }

    @Test
    void aJarWhoseDirectoryLeadsAstrayIsRefused() throws IOException {
        byte[] nameless = Files.readAllBytes(jar);
        nameless[30] = (byte) 0xFF;
        assertRefused(
                limited, Files.write(packages.resolve("nameless.jar"), nameless).toString(), "is not a jar (an entry");
        byte[] astray = Files.readAllBytes(jar);
        astray[0] = 'X';
        assertRefused(
                limited, Files.write(packages.resolve("astray.jar"), astray).toString(), "is not where its directory");
    }

    /** The JDK makes room for as many entries as a jar promises: of 228 bytes for six gigabytes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 65_515, 65_516, 65_535})
    void entriesThatAJarPromisesTakeNoMemory(int comment) throws IOException {
        for (boolean onlyWide : List.of(true, false)) {
            Path file = Files.write(packages.resolve("entries.jar"), widened(MANY, comment, onlyWide));
            assertTaken(limited, file.toString());
            assertInspectedWithLittleMemory(file);
        }
    }

    @Test
    void aDirectoryThatAJarPromisesTakesNoMemory() throws IOException {
        ByteBuffer forged = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        forged.putInt(0x06054b50).putInt(0).putShort((short) 1).putShort((short) 1);
        forged.putInt(200 << 20).putInt(0).putShort((short) 0);
        Path file = Files.write(packages.resolve("directory.jar"), forged.array());
        assertRefused(limited, file.toString(), "is not a jar (it has no directory)");
        assertInspectedWithLittleMemory(file);
    }

    /** A file with a hole in it is as large as it likes, and where two ends disagree some readers take the other one. */
    @Test
    void aDirectoryThatIsMostlyAHoleTakesNoMemory() throws IOException {
        int directory = 1_900_000_000;
        byte[] plain = Files.readAllBytes(jar);
        ByteBuffer end = ByteBuffer.allocate(56 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
        long start = directory + 100L;
        end.putInt(0x06064b50).putLong(44).putInt(0).putLong(0).putLong(1).putLong(1);
        end.putLong(46).putLong(start - 46);
        end.putInt(0x07064b50).putInt(0).putLong(start).putInt(1);
        end.putInt(0x06054b50).putInt(0).putShort((short) 1).putShort((short) 1);
        end.putInt(directory).putInt(176).putShort((short) 0).flip();
        Path file = packages.resolve("hole.jar");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(plain));
            out.write(end, start);
        }
        assertThat(ExecutableJar.whyNot(file))
                .hasValueSatisfying(why -> assertThat(why).contains("is not a jar"));
        assertInspectedWithLittleMemory(file);
    }

    /** The jar with an end of 64 bits that promises so many entries, and maybe a plain end that says to look there. */
    private byte[] widened(long entries, int comment, boolean onlyWide) throws IOException {
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
        forged.putLong(entries).putLong(entries);
        forged.putLong(was.getInt(end + 12)).putLong(was.getInt(end + 16));
        forged.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        int newEnd = forged.position();
        forged.put(plain, end, 22);
        if (onlyWide) {
            forged.putShort(newEnd + 8, (short) -1).putShort(newEnd + 10, (short) -1);
        }
        forged.putShort(newEnd + 20, (short) comment);
        return forged.array();
    }

    private static void assertInspectedWithLittleMemory(Path file) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Optional<String> whyNot = ExecutableJar.whyNot(file);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated until it was known: %s", whyNot)
                .isLessThan(8 << 20);
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
