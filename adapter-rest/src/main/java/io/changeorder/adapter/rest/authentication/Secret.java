package io.changeorder.adapter.rest.authentication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What only the owner of a key and the server know. It does not show itself.
 *
 * @param text as the owner was told
 */
public record Secret(String text) {
    /** Whether it is this one; how long that takes tells nothing of it. */
    boolean isEqualTo(String other) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
