package io.changeorder.bootstrap.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where SQLite's native library is unpacked to: into the data folder, since what a killed process leaves of it in the
 * system's temporary folder nobody ever deletes.
 */
final class NativeFolder {
    private static final String NAME = "native";
    private static final String PROPERTY = "org.sqlite.tmpdir";

    private NativeFolder() {}

    /** Makes it and clears what was left. Only for the owner of the data folder, before the library is loaded. */
    static void prepare(Path data) {
        if (System.getProperty(PROPERTY) != null) {
            return;
        }
        Path folder = data.resolve(NAME);
        try {
            Files.createDirectories(folder);
            List<Path> left;
            try (Stream<Path> files = Files.list(folder)) {
                left = files.toList();
            }
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The folder " + folder + " can't be written: " + unwritable, unwritable);
        }
        System.setProperty(PROPERTY, folder.toString());
    }
}
