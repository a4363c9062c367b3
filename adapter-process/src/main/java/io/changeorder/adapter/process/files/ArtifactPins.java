package io.changeorder.adapter.process.files;

import io.changeorder.domain.revision.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of artifacts by the SHA-256 of their bytes, shared by all applications. Thread-safe. */
public final class ArtifactPins {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactPins.class);
    private static final String VERSION = "unix:dev,ino,size,lastModifiedTime,ctime";
    private static final int CHUNK = 1 << 16;

    private final Path folder;
    private final ArtifactSources sources;
    private final long largest;
    private final Map<String, Map<String, Object>> verified = new ConcurrentHashMap<>();

    /**
     * @param folder where the copies are
     * @param sources what they are copies of
     * @param largest most bytes that an artifact may have
     */
    public ArtifactPins(Path folder, ArtifactSources sources, long largest) {
        this.folder = folder;
        this.sources = sources;
        this.largest = largest;
    }

    /** An artifact can't be pinned, for a reason that is not ours. */
    public static final class Unpinnable extends Exception {
        private static final long serialVersionUID = 1L;

        Unpinnable(String why) {
            super(why);
        }

        /** A sentence for people. */
        public String why() {
            return String.valueOf(getMessage());
        }
    }

    public Path path(String sha256) {
        return folder.resolve(sha256);
    }

    /** Says of a copy why it is not wanted, in a sentence for people. */
    @FunctionalInterface
    public interface Inspection {
        Optional<String> whyNot(Path copy);
    }

    /** As {@link #pin(Artifact, Inspection)}, whatever the bytes are. */
    public Artifact pin(Artifact artifact) throws Unpinnable, IOException {
        return pin(artifact, copy -> Optional.empty());
    }

    /**
     * Copies the bytes to where nobody changes them.
     *
     * @throws Unpinnable they may not be read or can't be, are not those that the artifact's digest names, or are not
     *     wanted; then no copy is left
     * @throws IOException they can't be written
     */
    public Artifact pin(Artifact artifact, Inspection inspection) throws Unpinnable, IOException {
        if (artifact.sha256().isPresent() && damage(artifact.sha256().get()).isEmpty()) {
            require(inspection, path(artifact.sha256().get()));
            return artifact;
        }
        DurableFiles.makeFolders(folder);
        Path copy = folder.resolve(DurableFiles.HALF_MADE + UUID.randomUUID());
        try {
            String digest = sources.read(artifact.location(), (source, bytes) -> copy(source, bytes, copy));
            if (artifact.sha256().filter(known -> !known.equals(digest)).isPresent()) {
                throw new Unpinnable("The bytes of " + artifact.location()
                        + " are not those that were pinned: their SHA-256 is " + digest + ", not "
                        + artifact.sha256().get() + ".");
            }
            require(inspection, copy);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r--r--r--"));
            Files.move(copy, path(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.forceFolder(folder);
            return artifact.pinned(digest);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static void require(Inspection inspection, Path copy) throws Unpinnable {
        Optional<String> obstacle = inspection.whyNot(copy);
        if (obstacle.isPresent()) {
            throw new Unpinnable(obstacle.get());
        }
    }

    /** What is wrong with a pinned copy, for people; absent when it is what its name says. It is read only when changed. */
    public Optional<String> damage(String sha256) {
        try {
            Map<String, Object> attributes = version(path(sha256));
            if (attributes.equals(verified.get(sha256))) {
                return Optional.empty();
            }
            String found = digest(path(sha256));
            if (!found.equals(sha256)) {
                return Optional.of("the pinned artifact " + path(sha256) + " was changed: its SHA-256 is " + found);
            }
            verified.put(sha256, attributes);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the pinned artifact " + path(sha256) + " can't be read: " + e);
        }
    }

    /**
     * Pins a copy again from its original where it was changed, so that who was to run it need not wait for a person.
     *
     * @return what is wrong with the copy all the same, for people
     */
    public Optional<String> mend(Artifact pinned) throws IOException {
        Optional<String> damage = pinned.sha256().flatMap(this::damage);
        if (damage.isPresent()) {
            try {
                pin(pinned);
                LOG.warn("Pinned again from {}: {}", pinned.location(), damage.get());
                return Optional.empty();
            } catch (Unpinnable lost) {
                LOG.warn("{}. It can't be pinned again: {}", damage.get(), lost.why());
            }
        }
        return damage;
    }

    /** What changes with the bytes of a file: nobody but the kernel sets the time of its last change. */
    public static Map<String, Object> version(Path file) throws IOException {
        return Map.copyOf(Files.readAttributes(file, VERSION));
    }

    /** SHA-256 of a file's bytes, in hexadecimal digits. */
    public static String digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of bytes, in hexadecimal digits. */
    public static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private String copy(Path source, ReadableByteChannel bytes, Path copy) throws Unpinnable, IOException {
        MessageDigest digest = sha256();
        try (FileChannel out = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            long total = 0;
            while (bytes.read(chunk.clear()) >= 0) {
                total += chunk.flip().limit();
                if (total > largest) {
                    throw new Unpinnable(source + " is larger than " + largest + " bytes.");
                }
                digest.update(chunk.duplicate());
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
            if (total == 0) {
                throw new Unpinnable(source + " is empty.");
            }
            out.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
