package io.changeorder.bootstrap.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The address of the server that owns a data folder, in a file in it. Gone when the server has stopped in order. */
public final class EndpointFile implements AutoCloseable {
    private static final String NAME = "endpoint";

    private final Path file;

    private EndpointFile(Path file) {
        this.file = file;
    }

    static EndpointFile write(Path folder, URI address) {
        Path file = folder.resolve(NAME);
        try {
            Path draft = folder.resolve(NAME + ".new");
            Files.writeString(draft, address + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return new EndpointFile(file);
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
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new UncheckedIOException("The file " + file + " can't be deleted", stays);
        }
    }
}
