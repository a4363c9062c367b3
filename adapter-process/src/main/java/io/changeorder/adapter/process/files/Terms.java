package io.changeorder.adapter.process.files;

import io.changeorder.domain.id.Fence;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which node supervises an application, without a lock that a frozen node could hold. All that is written of an
 * application is below one folder whose name says the number of the term, the newest fence and the supervising node:
 *
 * <pre>
 * term-&lt;number&gt;-&lt;fence&gt;-&lt;node&gt;/&lt;number&gt;/...
 * </pre>
 *
 * <p>Renaming that folder is one step of the file system, which one of several succeeds in. It raises the fence and takes
 * the application away from whoever had it: every path that a slower node or a launcher of it still writes to, at
 * whatever step it froze, is gone for good, since no name comes twice. What was on its way through the kernel at that
 * moment may still arrive; therefore the new supervisor goes on with a copy (hard links) in a folder of its own number,
 * and whoever wrote something looks afterwards, before it acts on it, whether its term goes on.
 */
final class Terms {
    private static final int LOOKS = 1_000;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Path application;
    private final String node;

    Terms(Path application, String node) {
        this.application = application;
        this.node = node;
    }

    /** Makes the folder of an application, whole or not at all. */
    void create() throws IOException {
        Path half = application.resolveSibling(DurableFiles.HALF_MADE + application.getFileName() + "-" + node);
        DurableFiles.remove(half);
        DurableFiles.makeFolders(half.resolve(Term.FIRST.name()).resolve(Long.toString(Term.FIRST.number())));
        try {
            Files.move(half, application, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            DurableFiles.remove(half);
            if (!Files.isDirectory(application)) {
                throw e;
            }
        }
        DurableFiles.forceFolder(application.resolveSibling("."));
    }

    /** The newest term. */
    Term current() throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            Optional<Term> found = list(application).stream()
                    .map(Term::parse)
                    .flatMap(Optional::stream)
                    .max(Term.OLDEST_FIRST);
            if (found.isPresent()) {
                return found.get();
            }
            // A list that is read while an entry is renamed may miss it.
            Thread.onSpinWait();
        }
        throw new IOException(application + " holds no term: it was not written by this version");
    }

    Path path(Term term) {
        return application.resolve(term.name());
    }

    /** Where its supervisor writes; there once it has taken over whole. */
    Path documents(Term term) {
        return path(term).resolve(Long.toString(term.number()));
    }

    boolean isComplete(Term term) {
        return Files.isDirectory(documents(term));
    }

    /** What its supervisor wrote, or the one before as long as it has not taken over whole. */
    Path latest(Term term) throws IOException {
        return list(path(term)).stream()
                .filter(path -> NUMBER.matcher(path.getFileName().toString()).matches())
                .max(Comparator.comparingLong(
                        path -> Long.parseLong(path.getFileName().toString())))
                .orElseThrow(() -> new SupersededException(path(term) + " is gone"));
    }

    /** Begins the next term. */
    Term takeOver(Term from, Fence by) throws IOException {
        Term next = from.next(by, node);
        rename(from, next);
        inherit(next);
        DurableFiles.forceFolder(application);
        return next;
    }

    /** Goes on with a newer fence. */
    Term raise(Term own, Fence by) throws IOException {
        Term raised = own.withFence(by);
        rename(own, raised);
        DurableFiles.forceFolder(application);
        return raised;
    }

    private void rename(Term from, Term to) throws IOException {
        try {
            Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            throw new SupersededException(from.name() + " is over");
        }
    }

    private void inherit(Term next) throws IOException {
        Path latest = latest(next);
        for (Path instance : list(latest.resolve(ApplicationFolder.INSTANCES))) {
            for (Path run : list(instance)) {
                if (run.getFileName().toString().startsWith(ApplicationFolder.RUN)) {
                    // Decided where a launcher that is under way decides it.
                    new RunFolder(run).refuse();
                }
            }
        }
        Path half = path(next).resolve(DurableFiles.HALF_MADE + next.number());
        DurableFiles.remove(half);
        DurableFiles.linkAll(latest, half);
        Path revisions = half.resolve(ApplicationFolder.REVISIONS);
        if (Files.isDirectory(revisions)) {
            DurableFiles.forceFolder(revisions);
        }
        DurableFiles.forceFolder(half);
        Files.move(half, documents(next), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.forceFolder(path(next));
        for (Path other : list(path(next))) {
            if (!other.equals(documents(next))) {
                DurableFiles.remove(other);
            }
        }
    }

    static List<Path> list(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return entries;
    }
}
