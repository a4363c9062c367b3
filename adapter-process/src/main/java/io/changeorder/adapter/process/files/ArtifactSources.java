package io.changeorder.adapter.process.files;

import io.changeorder.adapter.process.files.ArtifactPins.Unpinnable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where artifacts may be copied from. Links and dots are resolved first; then every folder on the way is entered as it
 * is and no link is followed any more, so that what was allowed is what is opened. Thread-safe.
 */
public final class ArtifactSources {
    /** Looks like files, and says what the kernel knows: environments of processes, for instance. */
    private static final List<Path> OF_THE_KERNEL = List.of(Path.of("/proc"), Path.of("/sys"));

    private final List<Path> allowed;
    private final List<Path> forbidden;

    /**
     * @param allowed folders below which artifacts are; anywhere when empty
     * @param forbidden folders and files that hold none, whatever is allowed
     */
    public ArtifactSources(List<Path> allowed, List<Path> forbidden) {
        this.allowed = List.copyOf(allowed);
        this.forbidden =
                Stream.concat(forbidden.stream(), OF_THE_KERNEL.stream()).toList();
    }

    /** Has the bytes of an artifact. */
    @FunctionalInterface
    interface Reader {
        String read(Path named, ReadableByteChannel bytes) throws Unpinnable, IOException;
    }

    /**
     * Lets an artifact be read, once.
     *
     * @throws Unpinnable it may not be read or can't be, or was changed while it was
     */
    String read(String location, Reader reader) throws Unpinnable, IOException {
        Path named = path(location);
        Path real = permitted(named);
        try (SecureDirectoryStream<Path> folder = enter(named, real)) {
            Path name = Optional.ofNullable(real.getFileName()).orElse(Path.of("."));
            BasicFileAttributeView view =
                    folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            List<Object> before = version(named, view);
            String result;
            try (ReadableByteChannel bytes = open(named, folder, name)) {
                result = reader.read(named, bytes);
            }
            if (!before.equals(version(named, view))) {
                throw new Unpinnable(named + " was changed while it was copied: ask again when it is complete.");
            }
            return result;
        }
    }

    private Path permitted(Path named) throws Unpinnable {
        Path real = real(named);
        if (!isAllowed(real)) {
            throw outside(named);
        }
        if (forbidden.stream().anyMatch(each -> real.startsWith(resolved(each)))) {
            throw new Unpinnable("Where " + named + " is no package is taken from: put it elsewhere.");
        }
        return real;
    }

    private static List<Object> version(Path named, BasicFileAttributeView view) throws Unpinnable {
        try {
            BasicFileAttributes attributes = view.readAttributes();
            if (!attributes.isRegularFile()) {
                throw new Unpinnable(named + " is not a file.");
            }
            return List.of(String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
        } catch (IOException e) {
            throw unreadable(named, e);
        }
    }

    private static ReadableByteChannel open(Path named, SecureDirectoryStream<Path> folder, Path name)
            throws Unpinnable {
        try {
            return folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw unreadable(named, e);
        }
    }

    private static Unpinnable unreadable(Path named, IOException why) {
        return new Unpinnable(named + " can't be read, or a folder on the way to it: " + why.getMessage() + ".");
    }

    private boolean isAllowed(Path path) {
        return allowed.isEmpty() || allowed.stream().anyMatch(each -> path.startsWith(resolved(each)));
    }

    /** What is not allowed is answered alike whether it is there or not. */
    private Path real(Path named) throws Unpinnable {
        try {
            return named.toRealPath();
        } catch (NoSuchFileException e) {
            throw isMeantInside(named) ? new Unpinnable("There is no file " + named + ".") : outside(named);
        } catch (IOException e) {
            throw isMeantInside(named) ? unreadable(named, e) : outside(named);
        }
    }

    private boolean isMeantInside(Path named) {
        Path meant = named.normalize();
        return isAllowed(meant) || allowed.stream().anyMatch(meant::startsWith);
    }

    private Unpinnable outside(Path named) {
        return new Unpinnable("Packages may come from "
                + allowed.stream().map(Path::toString).collect(Collectors.joining(", ")) + " only, not from " + named
                + ".");
    }

    /** A folder that was never made holds nothing. */
    private static Path resolved(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** The folder in which it is, for the caller to close. */
    @SuppressWarnings("StreamResourceLeak")
    private static SecureDirectoryStream<Path> enter(Path named, Path real) throws Unpinnable {
        try {
            SecureDirectoryStream<Path> folder = secure(Files.newDirectoryStream(real.getRoot()));
            for (Path name : Optional.ofNullable(real.getParent()).orElse(real)) {
                try (SecureDirectoryStream<Path> above = folder) {
                    folder = above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
                }
            }
            return folder;
        } catch (IOException e) {
            throw unreadable(named, e);
        }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder) throws IOException {
        if (folder instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        folder.close();
        throw new IOException("its file system is not one of Linux");
    }

    private static Path path(String location) throws Unpinnable {
        try {
            if (location.startsWith("/")) {
                return Path.of(location);
            }
            URI uri = URI.create(location);
            if ("file".equalsIgnoreCase(uri.getScheme())) {
                return Path.of(uri);
            }
        } catch (IllegalArgumentException e) {
            throw new Unpinnable("Not the URL of a file: " + location + " (" + e.getMessage() + ").");
        }
        throw new Unpinnable("Only a file: URL or an absolute path can be run here, not " + location + ".");
    }
}
