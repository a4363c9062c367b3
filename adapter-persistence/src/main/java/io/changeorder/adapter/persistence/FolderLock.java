package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.Pause;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.NodeId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes this process the only owner of a data folder: a lock of the operating system, which ends with the process
 * however it ends, and a file beside it that names the owner. Safe from any thread.
 *
 * <p>The lock and the name are two files on purpose: on POSIX systems a process loses its lock when it closes
 * <em>any</em> handle of the locked file, so nobody may read it.
 */
public final class FolderLock implements AutoCloseable {
    /** Who brings the database to another schema and goes again. */
    static final NodeId UPDATING = new NodeId("updating");

    private static final Duration LONGEST_UPDATE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 50;
    private static final String LOCK_FILE = "changeorder.lock";
    private static final String OWNER_FILE = "changeorder.owner";
    private static final String PID = "pid=";
    private static final String STARTED_AT = "startedAt=";
    private static final String NODE = "node=";
    /** The system's lock does not tell two owners in one process apart. */
    private static final Set<Path> OWNED_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final NodeId node;
    private final FileChannel channel;

    private FolderLock(Path folder, NodeId node, FileChannel channel) {
        this.folder = folder;
        this.node = node;
        this.channel = channel;
    }

    /**
     * Who owns a folder.
     *
     * @param pid its process
     * @param startedAt when that process started, to the accuracy of the system: tells it from a later one of that pid
     * @param node the node that it is
     */
    public record Owner(long pid, Instant startedAt, NodeId node) {
        private static Owner self(NodeId node) {
            ProcessHandle self = ProcessHandle.current();
            return new Owner(self.pid(), self.info().startInstant().orElse(Instant.EPOCH), node);
        }

        /** The process, if it still runs. */
        public Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid)
                    .filter(process ->
                            process.info().startInstant().orElse(Instant.EPOCH).equals(startedAt));
        }

        @Override
        public String toString() {
            return "process " + pid + " (node " + node + ", started " + startedAt + ")";
        }
    }

    /**
     * Becomes the owner of a folder, which is made if it does not exist. Who only brings its database to another schema,
     * or has not said yet who he is, is waited for some seconds.
     *
     * @throws DataFolderInUseException when somebody is
     * @throws StoreUnavailableException when the folder can't be made or written
     */
    public static FolderLock acquire(Path folder, NodeId node) {
        long from = System.nanoTime();
        while (true) {
            try {
                return acquireNow(folder, node);
            } catch (DataFolderInUseException inUse) {
                boolean stays = inUse.owner()
                        .filter(owner -> !owner.node().equals(UPDATING))
                        .isPresent();
                if (stays
                        || System.nanoTime() - from > LONGEST_UPDATE.toNanos()
                        || Pause.isInterruptedWithin(PAUSE_MILLIS)) {
                    throw inUse;
                }
            }
        }
    }

    private static FolderLock acquireNow(Path folder, NodeId node) {
        try {
            Path real = Files.createDirectories(folder).toRealPath();
            if (!OWNED_HERE.add(real)) {
                throw new DataFolderInUseException(real, owner(real));
            }
            try {
                return lock(real, node);
            } catch (IOException | RuntimeException failed) {
                OWNED_HERE.remove(real);
                throw failed;
            }
        } catch (IOException unwritable) {
            throw SqliteFailures.unwritable(folder, unwritable);
        }
    }

    private static FolderLock lock(Path folder, NodeId node) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(LOCK_FILE),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new DataFolderInUseException(folder, owner(folder));
            }
            writeOwner(folder, Owner.self(node));
            return new FolderLock(folder, node, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static void writeOwner(Path folder, Owner owner) throws IOException {
        String text = PID + owner.pid() + "\n" + STARTED_AT + owner.startedAt() + "\n" + NODE + owner.node() + "\n";
        Path draft = folder.resolve(OWNER_FILE + ".new");
        Files.writeString(draft, text);
        Files.move(draft, folder.resolve(OWNER_FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Who owns a folder, or owned it last and did not come to its end; empty when nobody has said so. */
    public static Optional<Owner> owner(Path folder) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(OWNER_FILE));
            return Optional.of(new Owner(
                    Long.parseLong(value(lines, PID)),
                    Instant.parse(value(lines, STARTED_AT)),
                    new NodeId(value(lines, NODE))));
        } catch (IOException | IllegalArgumentException | DateTimeException illegible) {
            // No name, or half of one; whether somebody owns the folder is said by the lock alone.
            return Optional.empty();
        }
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .findFirst()
                .orElse("");
    }

    /** The folder, as a real path. */
    public Path folder() {
        return folder;
    }

    /** The node that owns it. */
    public NodeId node() {
        return node;
    }

    /** Gives the folder up; harmless when done again. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(folder.resolve(OWNER_FILE));
        } catch (IOException failed) {
            throw new StoreUnavailableException(
                    "The data folder " + folder + " could not be given up cleanly; it is free all the same.", failed);
        } finally {
            OWNED_HERE.remove(folder);
        }
    }
}
