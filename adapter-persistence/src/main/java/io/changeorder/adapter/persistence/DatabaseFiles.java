package io.changeorder.adapter.persistence;

import io.changeorder.application.spi.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;

/**
 * The files under an open database. A system lets a program write on into a file that was deleted or moved away, and
 * whatever is committed there is lost to the next one.
 */
final class DatabaseFiles {
    private final List<Known> files;

    /** A file and what tells it from another of its name; the database's own system may have nothing that does. */
    private record Known(Path file, Object key) {
        static Known of(Path file) throws IOException {
            return new Known(file, key(file));
        }

        boolean isThere() throws IOException {
            return key.equals(key(file));
        }

        private static Object key(Path file) throws IOException {
            return Objects.requireNonNullElse(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey(), "");
        }
    }

    private DatabaseFiles(List<Known> files) {
        this.files = files;
    }

    /** As they are now, when something was written since the database was opened. */
    static DatabaseFiles under(Path database) {
        try {
            return new DatabaseFiles(
                    List.of(Known.of(database), Known.of(database.resolveSibling(database.getFileName() + "-wal"))));
        } catch (IOException unreadable) {
            throw gone(database, unreadable);
        }
    }

    /** Throws when one of them is gone, or another one is in its place. */
    void requireThere() {
        for (Known known : files) {
            try {
                if (!known.isThere()) {
                    throw gone(known.file(), new IOException("another file is in its place"));
                }
            } catch (IOException missing) {
                throw gone(known.file(), missing);
            }
        }
    }

    private static StoreUnavailableException gone(Path file, IOException why) {
        return new StoreUnavailableException(
                "The database file " + file + " is gone (" + why + "); nothing was changed. Bring it back as it was; or"
                        + " end this program, restore the folder from a backup, and start again.",
                why);
    }
}
