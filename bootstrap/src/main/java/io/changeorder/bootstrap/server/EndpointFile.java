package io.changeorder.bootstrap.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The address of a server on a data folder, in a file in it: the one that was started last. Gone when that server has
 * stopped in order.
 */
public final class EndpointFile implements AutoCloseable {
    private static final String NAME = "endpoint";

    private final Path file;
    private final URI address;

    private EndpointFile(Path file, URI address) {
        this.file = file;
        this.address = address;
    }

    static EndpointFile write(Path folder, URI address) {
        Path file = folder.resolve(NAME);
        try {
            Path draft = Files.createTempFile(folder, NAME, ".new");
            Files.writeString(draft, address + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return new EndpointFile(file, address);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The address can't be written to " + file + ": " + unwritable, unwritable);
        }
    }

    /** The address, if a server has written one. */
    public static Optional<String> read(Path folder) {
        try {
            return Optional.of(Files.readString(folder.resolve(NAME)).trim()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException illegible) {
            throw new UncheckedIOException("The server's address in " + folder + " can't be read", illegible);
        }
    }

    @Override
    public void close() {
        try {
            if (read(file.resolveSibling("")).equals(Optional.of(address.toString()))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException("The file " + file + " can't be deleted", stays);
        }
    }
}
