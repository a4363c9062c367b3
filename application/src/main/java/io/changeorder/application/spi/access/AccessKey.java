package io.changeorder.application.spi.access;

import com.google.common.base.CharMatcher;
import io.changeorder.domain.id.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key that requests are signed with. Its secrets are sealed here: whoever has the store does not have them. Immutable.
 *
 * @param id what is public of it: the caller, as everything that the key does is recorded by
 * @param secret what it signs with
 * @param retiring what it signed with before it was rotated, while that is still good
 * @param securityToken what its requests have to carry beside the signature, where it is temporary
 * @param hmacSha1Allowed whether the signatures of old clients are accepted from it
 * @param enabled whether it is good for anything at present
 * @param policies what it may do: names of policies that come with the program, or policy documents as JSON text; one
 *     without any may do nothing
 * @param description for its operator; up to {@value #MAX_DESCRIPTION} characters, in one line
 * @param createdAt to the millisecond
 * @param expiresAt from when on it is good for nothing, to the millisecond; empty for never
 */
public record AccessKey(
        Actor id,
        SealedSecret secret,
        Optional<Retiring> retiring,
        Optional<SealedSecret> securityToken,
        boolean hmacSha1Allowed,
        boolean enabled,
        List<String> policies,
        String description,
        Instant createdAt,
        Optional<Instant> expiresAt) {
    public static final int MAX_DESCRIPTION = 200;

    /** @throws IllegalArgumentException when the description is too long or has other than visible characters */
    public AccessKey {
        policies = List.copyOf(policies);
        if (description.length() > MAX_DESCRIPTION) {
            throw new IllegalArgumentException("a description has up to " + MAX_DESCRIPTION + " characters");
        }
        if (CharMatcher.javaIsoControl().matchesAnyOf(description)) {
            throw new IllegalArgumentException("a description is one line, without control characters");
        }
    }

    /** Whether requests that it signed at this moment are to be accepted. */
    public boolean isGoodAt(Instant moment) {
        return enabled && expiresAt.map(moment::isBefore).orElse(true);
    }

    /**
     * A secret as the store has it. Nothing of it is in its text form.
     *
     * @param text made and read by whoever sealed it; printable ASCII
     */
    public record SealedSecret(String text) {
        /** @throws IllegalArgumentException when it is empty or not printable */
        public SealedSecret {
            if (text.isEmpty() || !CharMatcher.inRange('!', '~').matchesAllOf(text)) {
                throw new IllegalArgumentException("a sealed secret is printable ASCII");
            }
        }

        @Override
        public String toString() {
            return "SealedSecret[...]";
        }
    }

    /**
     * The secret from before a rotation.
     *
     * @param secret as it was
     * @param until from when on it is good for nothing, to the millisecond
     */
    public record Retiring(SealedSecret secret, Instant until) {}
}
