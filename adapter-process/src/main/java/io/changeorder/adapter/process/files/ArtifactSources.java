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

/**
 * Where artifacts may be copied from. Links are resolved first; then every folder on the way is entered as it is and no
 * link is followed any more, so that what was allowed is what is opened. Thread-safe.
 */
public final class ArtifactSources {
    /** Which part of a version tells one file from all others. */
    private static final int KEY = 0;

    private final List<Path> allowed;
    private final NoPackages forbidden;

    /**
     * @param allowed folders below which artifacts are; anywhere when empty
     * @param forbidden folders and files that hold none, whatever is allowed
     */
    public ArtifactSources(List<Path> allowed, List<Path> forbidden) {
        this.allowed = List.copyOf(allowed);
        this.forbidden = new NoPackages(forbidden);
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
            if (forbidden.isByAnotherName(before.get(KEY))) {
                throw forbidden(named);
            }
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

    /** What is not allowed is answered alike whether it is there or not, and whether folders on the way there are. */
    private Path permitted(Path named) throws Unpinnable {
        if (!allowed.isEmpty() && RealPaths.goesUp(named)) {
            throw outside(named);
        }
        try {
            Path real = named.toRealPath();
            require(named, real);
            return real;
        } catch (NoSuchFileException e) {
            require(named, RealPaths.leadsTo(named));
            throw new Unpinnable("There is no file " + named + ".");
        } catch (IOException e) {
            require(named, RealPaths.leadsTo(named));
            throw unreadable(named, e);
        }
    }

    private void require(Path named, Path real) throws Unpinnable {
        if (!isAllowed(real)) {
            throw outside(named);
        }
        if (forbidden.holds(real)) {
            throw forbidden(named);
        }
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
        return allowed.isEmpty() || allowed.stream().anyMatch(each -> path.startsWith(RealPaths.of(each)));
    }

    private Unpinnable outside(Path named) {
        return new Unpinnable("Packages may come from "
                + allowed.stream().map(Path::toString).collect(Collectors.joining(", ")) + " only, not from " + named
                + (RealPaths.goesUp(named) ? ": \"..\" may lead anywhere." : "."));
    }

    private static Unpinnable forbidden(Path named) {
        return new Unpinnable("Where " + named + " is no package is taken from: put it elsewhere.");
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
