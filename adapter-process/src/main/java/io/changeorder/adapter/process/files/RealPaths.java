package io.changeorder.adapter.process.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Where paths lead to by their links. */
final class RealPaths {
    private static final String UP = "..";
    /** As many as the kernel follows. */
    private static final int MOST_LINKS = 40;

    private RealPaths() {}

    /** What was never made, too, is somewhere. */
    static Path of(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return leadsTo(path.toAbsolutePath());
        }
    }

    static boolean goesUp(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .anyMatch(name -> name.toString().equals(UP));
    }

    /**
     * Where an absolute path ends, though there may be nothing.
     *
     * <p>A link that leads to nothing is followed as well: where it leads to must not depend on what is there.
     */
    static Path leadsTo(Path path) {
        Path reached = root(path);
        Deque<Path> rest = new ArrayDeque<>();
        path.forEach(rest::add);
        int links = 0;
        while (!rest.isEmpty()) {
            Path next = step(reached, rest.remove());
            Optional<Path> target = links < MOST_LINKS ? target(next) : Optional.empty();
            if (target.isPresent()) {
                links++;
                reached = target.get().isAbsolute() ? root(target.get()) : reached;
                Deque<Path> names = new ArrayDeque<>();
                target.get().forEach(names::add);
                names.addAll(rest);
                rest = names;
            } else {
                reached = next;
            }
        }
        return reached;
    }

    private static Path step(Path from, Path name) {
        return name.toString().equals(UP)
                ? Optional.ofNullable(from.getParent()).orElse(from)
                : from.resolve(name).normalize();
    }

    private static Optional<Path> target(Path link) {
        try {
            return Files.isSymbolicLink(link) ? Optional.of(Files.readSymbolicLink(link)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Path root(Path absolute) {
        return Optional.ofNullable(absolute.getRoot()).orElseThrow();
    }
}
