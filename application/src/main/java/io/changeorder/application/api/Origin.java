package io.changeorder.application.api;

import com.google.common.base.CharMatcher;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a call comes from, and how its answer names it.
 *
 * @param requestId what its answer is known by; at most 64 printable ASCII characters without blanks, empty for none
 * @param traceId what everything that came of it is known by; of the same shape
 * @param address the address that it was sent from, where it came over a network
 * @param secure whether nobody on the way could read or change it
 */
public record Origin(String requestId, String traceId, Optional<InetAddress> address, boolean secure) {
    private static final int MAX_LENGTH = 64;
    private static final CharMatcher VISIBLE = CharMatcher.inRange('!', '~');

    /** An embedding host's own call. */
    public static final Origin NONE = new Origin("", "", Optional.empty(), false);

    public Origin {
        requireId(requestId, "request id");
        requireId(traceId, "trace id");
    }

    private static void requireId(String id, String what) {
        if (id.length() > MAX_LENGTH || !VISIBLE.matchesAllOf(id)) {
            throw new IllegalArgumentException(
                    "a " + what + " has at most " + MAX_LENGTH + " printable ASCII characters without blanks");
        }
    }
}
