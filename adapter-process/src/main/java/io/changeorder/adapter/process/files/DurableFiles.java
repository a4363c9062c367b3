package io.changeorder.adapter.process.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files so that they are there whole or not at all. Only the owner can read them: environments hold secrets. */
final class DurableFiles {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OWNER_READS_AND_WRITES = PosixFilePermissions.fromString("rw-------");

    /** Begins the name of what is being removed. */
    static final String GONE = ".gone-";
    /** Begins the name of what is being made. */
    static final String HALF_MADE = ".new-";

    private static final String FRESH = ".new";

    private DurableFiles() {}

    /**
     * Writes a file in the place of the one before.
     *
     * @param durable whether it must survive a crash of the host; a crash of this process it survives anyway
     */
    static void replace(Path file, byte[] content, boolean durable) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + FRESH);
        try (FileChannel channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                PosixFilePermissions.asFileAttribute(OWNER_READS_AND_WRITES))) {
            writeFully(channel, content);
            if (durable) {
                channel.force(true);
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (durable) {
            forceFolder(file.resolveSibling("."));
        }
    }

    /** Makes a new or renamed entry of a folder survive a crash of the host. */
    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void makeFolders(Path folder) throws IOException {
        Files.createDirectories(folder, OWNER_ONLY);
    }

    /** Makes one folder, but none that it would be in: that one may be gone on purpose. */
    static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /**
     * Makes a copy of a folder of files that are never written over in place. What is removed meanwhile is left out, and
     * so is what is being made or removed.
     */
    static void linkAll(Path from, Path to) throws IOException {
        makeFolder(to);
        for (Path entry : Terms.list(from)) {
            String name = entry.getFileName().toString();
            if (name.startsWith(HALF_MADE) || name.startsWith(GONE) || name.endsWith(FRESH)) {
                continue;
            }
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                linkAll(entry, to.resolve(name));
            } else {
                link(entry, to.resolve(name));
            }
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (NoSuchFileException e) {
            if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /**
     * Removes a folder with all that is in it, if it is there. Under its own name it is gone at once: a launcher that is
     * late finds neither the claim of its run nor room for another.
     */
    static void remove(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path);
            return;
        }
        Path gone = path.resolveSibling(GONE + path.getFileName() + "-" + Long.toHexString(System.nanoTime()));
        Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
        removeTree(gone);
    }

    /** Removes what an interrupted {@link #remove} left in this folder. */
    static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, GONE + "*")) {
            for (Path each : left) {
                removeTree(each);
            }
        }
    }

    private static void removeTree(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    removeTree(entry);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    static void writeFully(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
