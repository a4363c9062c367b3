package io.changeorder.domain.id;

import com.google.common.base.CharMatcher;

final class Ids {
    private static final CharMatcher VISIBLE = CharMatcher.inRange('!', '~');
    private static final int MAX_LENGTH = 64;

    private Ids() {}

    static void requireValid(String value, String type) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !VISIBLE.matchesAllOf(value)) {
            throw new IllegalArgumentException(
                    type + " must be 1 to " + MAX_LENGTH + " printable ASCII characters without blanks");
        }
    }
}
