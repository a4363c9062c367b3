package io.changeorder.adapter.process.files;

import io.changeorder.domain.revision.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
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
    private final long largest;
    private final Map<String, Map<String, Object>> verified = new ConcurrentHashMap<>();

    /**
     * @param folder where the copies are
     * @param largest most bytes that an artifact may have
     */
    public ArtifactPins(Path folder, long largest) {
        this.folder = folder;
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

    /**
     * Copies the bytes to where nobody changes them.
     *
     * @throws Unpinnable they can't be read, or are not those that the artifact's digest names
     * @throws IOException they can't be written
     */
    public Artifact pin(Artifact artifact) throws Unpinnable, IOException {
        if (artifact.sha256().isPresent() && damage(artifact.sha256().get()).isEmpty()) {
            return artifact;
        }
        Path source = source(artifact.location());
        DurableFiles.makeFolders(folder);
        Path copy = folder.resolve(DurableFiles.HALF_MADE + UUID.randomUUID());
        try {
            String digest = copy(source, copy);
            if (artifact.sha256().filter(known -> !known.equals(digest)).isPresent()) {
                throw new Unpinnable("The bytes of " + source + " are not those that were pinned: their SHA-256 is "
                        + digest + ", not " + artifact.sha256().get() + ".");
            }
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r--r--r--"));
            Files.move(copy, path(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.forceFolder(folder);
            return artifact.pinned(digest);
        } finally {
            Files.deleteIfExists(copy);
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

    private String copy(Path source, Path copy) throws Unpinnable, IOException {
        MessageDigest digest = sha256();
        try (InputStream in = open(source);
                FileChannel out = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] chunk = new byte[CHUNK];
            long total = 0;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                total += read;
                if (total > largest) {
                    throw new Unpinnable(source + " is larger than " + largest + " bytes.");
                }
                digest.update(chunk, 0, read);
                Channels.newOutputStream(out).write(chunk, 0, read);
            }
            if (total == 0) {
                throw new Unpinnable(source + " is empty.");
            }
            out.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static InputStream open(Path source) throws Unpinnable {
        if (!Files.exists(source)) {
            throw new Unpinnable("There is no file " + source + ".");
        }
        if (!Files.isRegularFile(source)) {
            throw new Unpinnable(source + " is not a file.");
        }
        try {
            return Files.newInputStream(source);
        } catch (IOException e) {
            throw new Unpinnable(source + " can't be read: " + e.getMessage() + ".");
        }
    }

    private static Path source(String location) throws Unpinnable {
        try {
            if (location.startsWith("/")) {
                return Path.of(location);
            }
            URI uri = URI.create(location);
            if ("file".equalsIgnoreCase(uri.getScheme())) {
                return Path.of(uri);
            }
        } catch (IllegalArgumentException e) {
            throw new Unpinnable("Not the URL of a file: " + location + " (" + e.getMessage() + ").");
        }
        throw new Unpinnable("Only a file: URL or an absolute path can be run here, not " + location + ".");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
