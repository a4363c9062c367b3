package io.changeorder.adapter.process.files;

import io.changeorder.domain.id.Fence;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time in which one node supervises an application. Its name is that of a folder.
 *
 * @param number counts the terms of an application; a takeover begins the next one
 * @param fence the newest that was seen; it may grow within a term
 * @param supervisor the node
 */
public record Term(long number, Fence fence, String supervisor) {
    /** Supervises what was never supervised. */
    static final Term FIRST = new Term(0, Fence.ZERO, "nobody");

    static final String PREFIX = "term-";
    static final Comparator<Term> OLDEST_FIRST =
            Comparator.comparingLong(Term::number).thenComparing(term -> term.fence.value());
    private static final Pattern FORM = Pattern.compile(PREFIX + "(\\d{1,18})-(\\d{1,18})-(\\w[\\w-]*)");

    static Optional<Term> parse(Path folder) {
        Matcher matcher = FORM.matcher(folder.getFileName().toString());
        return matcher.matches()
                ? Optional.of(new Term(
                        Long.parseLong(matcher.group(1)),
                        new Fence(Long.parseLong(matcher.group(2))),
                        matcher.group(3)))
                : Optional.empty();
    }

    String name() {
        return PREFIX + number + "-" + fence.value() + "-" + supervisor;
    }

    Term next(Fence by, String node) {
        return new Term(number + 1, by, node);
    }

    Term withFence(Fence newFence) {
        return new Term(number, newFence, supervisor);
    }
}
