package io.changeorder.adapter.process.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files that are no artifacts, whatever they are called. */
final class NoPackages {
    /** File systems that tell what the kernel knows, environments of processes for instance, wherever they are mounted. */
    private static final Set<String> OF_THE_KERNEL = Set.of("proc", "sysfs");

    private final List<Path> paths;

    NoPackages(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    /** Whether a path, of which all links are resolved, is one of them or leads into them. */
    boolean holds(Path real) {
        return paths.stream().anyMatch(each -> real.startsWith(RealPaths.of(each))) || isOfTheKernel(real);
    }

    /** Whether it is a hard link to one of them, or to a file that lies right in a folder of them. */
    boolean isByAnotherName(Object fileKey) throws IOException {
        for (Path each : paths) {
            try (Stream<Path> files =
                    Files.isDirectory(each) && !isOfTheKernel(each) ? Files.list(each) : Stream.of(each)) {
                if (files.anyMatch(file -> fileKey.equals(key(file)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** As {@link ArtifactSources} writes it down. */
    private static String key(Path file) {
        try {
            return String.valueOf(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (IOException missing) {
            return "";
        }
    }

    private static boolean isOfTheKernel(Path file) {
        try {
            return OF_THE_KERNEL.contains(Files.getFileStore(file).type());
        } catch (IOException missingOrOfNoKnownMount) {
            return false;
        }
    }
}
