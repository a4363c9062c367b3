package io.changeorder.domain.revision;

import com.google.common.base.CharMatcher;
import java.util.Optional;

/**
 * The package or image of a revision.
 *
 * @param location URL of a package, or the name of an image
 * @param sha256 64 lower-case hexadecimal digits of the bytes once a runtime has pinned them; the identity of the
 *     artifact is then this digest, wherever the bytes came from
 */
public record Artifact(String location, Optional<String> sha256) {
    private static final CharMatcher HEX = CharMatcher.inRange('0', '9').or(CharMatcher.inRange('a', 'f'));
    private static final int SHA256_DIGITS = 64;

    public Artifact {
        if (location.isBlank()) {
            throw new IllegalArgumentException("an artifact has a location");
        }
        if (sha256.isPresent() && (sha256.get().length() != SHA256_DIGITS || !HEX.matchesAllOf(sha256.get()))) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits");
        }
    }

    public static Artifact at(String location) {
        return new Artifact(location, Optional.empty());
    }

    public Artifact pinned(String sha256) {
        return new Artifact(location, Optional.of(sha256));
    }

    /** What tells this artifact from another: the digest of its bytes, or its location while it is not pinned. */
    public String identity() {
        return sha256.orElse(location);
    }
}
