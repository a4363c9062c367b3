package io.changeorder.adapter.access.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** 32 random bytes in Base64, which nobody but their owner may read. */
final class KeyFile {
    static final int BYTES = 32;
    private static final int LONGEST = 200;
    private static final Set<PosixFilePermission> OWNERS_ALONE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final String RESTORE =
            " Restore it from a backup, or name the right one with --key-file. Without it the"
                    + " secrets of the keys are lost: delete those and create others.";

    private KeyFile() {}

    static byte[] read(Path file) {
        try {
            requirePrivate(file);
            if (Files.size(file) > LONGEST) {
                throw damaged(file);
            }
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length != BYTES) {
                throw damaged(file);
            }
            return bytes;
        } catch (IOException unreadable) {
            throw new KeyFileException(
                    "The key file " + file + " can't be read (" + unreadable + ")." + RESTORE, unreadable);
        } catch (IllegalArgumentException noBase64) {
            // Its message would tell what is in the file.
            throw damaged(file);
        }
    }

    private static KeyFileException damaged(Path file) {
        return new KeyFileException("The key file " + file + " is damaged: it is not 32 bytes in Base64." + RESTORE);
    }

    private static void requirePrivate(Path file) throws IOException {
        if (!hasPermissions(file)) {
            return;
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OWNERS_ALONE);
        others.remove(PosixFilePermission.OWNER_EXECUTE);
        if (!others.isEmpty()) {
            throw new KeyFileException("The key file " + file + " is open to others than its owner ("
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    + "). Run: chmod 600 " + file + "; and if somebody may have read it and the database, rotate all"
                    + " keys.");
        }
    }

    private static boolean hasPermissions(Path file) throws IOException {
        FileStore store = Files.getFileStore(file);
        return store.supportsFileAttributeView("posix");
    }

    /** Makes one with new random bytes, whole and durable, unless there is one by then. */
    static void make(Path file, SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        byte[] line = (Base64.getEncoder().encodeToString(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
        Path absolute = file.toAbsolutePath();
        try {
            Path folder = absolute.getParent();
            if (folder == null) {
                throw new IOException("a folder is no place for a key");
            }
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, ".key", ".new", owners(folder));
            try {
                try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                    ByteBuffer buffer = ByteBuffer.wrap(line);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    channel.force(true);
                }
                // A link, as a move would put it in the place of one that somebody else has just made and used.
                Files.createLink(absolute, draft);
            } finally {
                Files.delete(draft);
            }
        } catch (FileAlreadyExistsException faster) {
            return;
        } catch (IOException | UnsupportedOperationException unwritable) {
            throw new KeyFileException(
                    "The key file " + file + " can't be made (" + unwritable
                            + "). Make its folder writable for this user, or name another place with --key-file.",
                    unwritable);
        }
    }

    private static FileAttribute<?>[] owners(Path folder) throws IOException {
        return hasPermissions(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS_ALONE)}
                : new FileAttribute<?>[0];
    }
}
