package io.changeorder.domain.revision;

import com.google.common.base.CharMatcher;

/**
 * The SHA-256 of a revision's content; equal exactly when the content is equal.
 *
 * @param value 64 lower-case hexadecimal digits
 */
public record RevisionId(String value) implements Comparable<RevisionId> {
    private static final CharMatcher HEX = CharMatcher.inRange('0', '9').or(CharMatcher.inRange('a', 'f'));
    private static final int DIGITS = 64;
    private static final int SHORT_DIGITS = 8;

    public RevisionId {
        if (value.length() != DIGITS || !HEX.matchesAllOf(value)) {
            throw new IllegalArgumentException("a revision id is 64 lower-case hexadecimal digits: " + value);
        }
    }

    /** The first 8 digits, for people. */
    public String shortForm() {
        return value.substring(0, SHORT_DIGITS);
    }

    @Override
    public int compareTo(RevisionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
