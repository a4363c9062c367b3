package io.changeorder.example.foreignstore;

import io.changeorder.adapter.persistence.document.Documents;
import io.changeorder.adapter.persistence.document.UnreadableDocumentException;
import io.changeorder.application.api.Maintenance;
import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.fake.InMemoryDatabase;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A store in one JSON file: each commit is a line, on the disk before it is answered, and opening reads all lines again.
 * What is found and what is refused is up to the store in memory that this one stands on. Lines are never taken away, so
 * that old orders are purged anew after each opening. Thread-safe.
 */
public final class JsonFile extends InMemoryDatabase {
    private static final String OF_A_COMMIT = "\"expectedVersion\":";
    private static final String OF_A_RECORD = "\"outcome\":";

    private final Path file;
    private final Path owner;
    private final FileChannel channel;
    /** Bytes of whole lines; what comes after them was never answered. */
    private long length;

    private volatile long limit = Long.MAX_VALUE;

    private JsonFile(Path file, Path owner) throws IOException {
        this.file = file;
        this.owner = owner;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /**
     * Opens the file, which belongs to this node until its {@link #store()} is closed.
     *
     * @throws StoreUnavailableException when it belongs to another, is damaged or out of reach
     */
    public static JsonFile open(Path file, NodeId node) {
        Path owner = file.resolveSibling(file.getFileName() + ".owner");
        try {
            if (Files.exists(owner)) {
                throw new StoreUnavailableException(
                        file + " belongs to " + Files.readString(owner) + "; if that is gone, delete " + owner);
            }
            Files.writeString(owner, node.value(), StandardOpenOption.CREATE_NEW);
            JsonFile opened = new JsonFile(file, owner);
            opened.readAll();
            return opened;
        } catch (IOException e) {
            throw new StoreUnavailableException(file + " is out of reach", e);
        }
    }

    /** The store; closing it closes the file. */
    public ChangeOrderStore store() {
        return new InMemoryChangeOrderStore(this);
    }

    /** Nothing is written that would make the file longer than this, in bytes. */
    void limit(long bytes) {
        limit = bytes;
    }

    /** A line that a death cut short was never answered; it is taken away. */
    private synchronized void readAll() {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            length = text.lastIndexOf('\n') + 1L;
            channel.truncate(length);
            for (String line :
                    text.substring(0, Math.toIntExact(length)).lines().toList()) {
                if (line.contains(OF_A_COMMIT)) {
                    super.write(Documents.commit(line));
                } else if (line.contains(OF_A_RECORD)) {
                    super.write(Documents.audit(line));
                } else {
                    super.write(Documents.maintenance(line), Optional.empty());
                }
            }
            Optional<String> damage = damage();
            if (damage.isPresent()) {
                throw new IOException(damage.get());
            }
        } catch (IOException | UnreadableDocumentException e) {
            storeClosed();
            throw new StoreUnavailableException(
                    file + " is damaged: bring back a copy of it, or begin with an empty one", e);
        }
    }

    @Override
    protected synchronized void write(Commit commit) {
        append(Documents.of(commit) + "\n");
        super.write(commit);
    }

    @Override
    protected synchronized void write(Maintenance maintenance, Optional<AuditEntry> audit) {
        // The record first: what a death cuts off was not answered, and is on record all the same.
        append(audit.map(entry -> Documents.of(entry) + "\n").orElse("") + Documents.of(maintenance) + "\n");
        super.write(maintenance, audit);
    }

    @Override
    protected synchronized void write(AuditEntry entry) {
        append(Documents.of(entry) + "\n");
        super.write(entry);
    }

    private void append(String line) {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(line);
        long longer = length + bytes.remaining();
        try {
            if (Files.size(file) != length || longer > limit) {
                throw new IOException("it has " + Files.size(file) + " bytes, not " + length + ", of at most " + limit);
            }
            while (bytes.hasRemaining()) {
                channel.write(bytes, longer - bytes.remaining());
            }
            channel.force(true);
            length = longer;
        } catch (IOException e) {
            throw new StoreUnavailableException(file + " is full or out of reach; " + takenBack(), e);
        }
    }

    private String takenBack() {
        try {
            channel.truncate(length).force(true);
            return "nothing was changed";
        } catch (IOException e) {
            return "it is unknown until it is opened again whether anything was changed";
        }
    }

    @Override
    protected synchronized void storeClosed() {
        try {
            if (channel.isOpen()) {
                channel.close();
                Files.delete(owner);
            }
        } catch (IOException e) {
            throw new StoreUnavailableException(owner + " can't be deleted", e);
        }
    }
}
