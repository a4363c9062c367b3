package io.changeorder.adapter.process.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * Looks whether {@code java -jar} can run a file, with little memory whatever the file says of itself. Of the entries
 * none but the manifest is unpacked, and of that no more than its beginning.
 */
final class ExecutableJar {
    private static final int LARGEST_MAIN_SECTION = 256 << 10;
    private static final String MAIN_CLASS = Attributes.Name.MAIN_CLASS + ":";

    private ExecutableJar() {}

    /** Why it can't be run, as the end of a sentence that begins with the file. */
    static Optional<String> whyNot(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            Optional<InputStream> manifest = new ZipEntries(channel).find(JarFile.MANIFEST_NAME);
            return manifest.isPresent() && hasMainClass(manifest.get())
                    ? Optional.empty()
                    : Optional.of("is a jar without a Main-Class: make it executable, or give a Command");
        } catch (IOException e) {
            return Optional.of("is not a jar (" + e.getMessage() + ")");
        }
    }

    /** The sections that follow the first tell of single entries. */
    private static boolean hasMainClass(InputStream manifest) throws IOException {
        return new String(manifest.readNBytes(LARGEST_MAIN_SECTION), StandardCharsets.UTF_8)
                .lines()
                .takeWhile(line -> !line.isEmpty())
                .anyMatch(line -> line.regionMatches(true, 0, MAIN_CLASS, 0, MAIN_CLASS.length()));
    }
}
