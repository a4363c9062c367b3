package io.changeorder.bootstrap.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A data folder that belongs to nodes over one database, which keeps nothing but instances. What its instances are is
 * known to that database alone, so nobody with another store may use it.
 */
final class SharedFolder {
    private static final String MARK = "store";
    private static final String OWN_DATABASE = "changeorder.db";

    private SharedFolder() {}

    /** Makes the folder, if there is none, and marks it as that of this database; gives its real path. */
    static Path of(Path data, String url) {
        try {
            Path folder = Files.createDirectories(data).toRealPath();
            if (Files.exists(folder.resolve(OWN_DATABASE))) {
                throw StartException.failed(
                        "The data folder " + folder + " has a database of its own, whose instances " + url
                                + " does not know. Give another folder with --data.",
                        new IllegalStateException(OWN_DATABASE));
            }
            Optional<String> marked = mark(folder);
            if (marked.isEmpty()) {
                Path draft = Files.createTempFile(folder, MARK, ".new");
                Files.writeString(draft, url + "\n");
                Files.move(draft, folder.resolve(MARK), StandardCopyOption.ATOMIC_MOVE);
            } else if (!marked.get().equals(url)) {
                throw StartException.failed(
                        "The data folder " + folder + " has instances of " + marked.get() + ", which " + url
                                + " does not know. Give another folder with --data.",
                        new IllegalStateException(MARK));
            }
            return folder;
        } catch (IOException unusable) {
            throw StartException.failed("The data folder " + data + " can't be written: " + unusable, unusable);
        }
    }

    /** Refuses a folder that belongs to nodes over a database. */
    static void refuse(Path folder) {
        try {
            mark(folder).ifPresent(url -> {
                throw StartException.failed(
                        "The data folder " + folder + " has instances of " + url
                                + ". Give that with --store, or another" + " folder with --data.",
                        new IllegalStateException(MARK));
            });
        } catch (IOException unusable) {
            throw StartException.failed("The data folder " + folder + " can't be read: " + unusable, unusable);
        }
    }

    private static Optional<String> mark(Path folder) throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve(MARK)).trim());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
