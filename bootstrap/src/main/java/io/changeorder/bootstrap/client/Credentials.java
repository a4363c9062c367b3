package io.changeorder.bootstrap.client;

import com.google.common.base.CharMatcher;
import java.util.Optional;

/**
 * Who calls: the key id names the actor. A server without access keys takes any secret.
 *
 * @param accessKeyId 1 to 64 printable ASCII characters without blanks, commas and equals signs
 * @param secret what is signed with
 * @param securityToken of a temporary key
 */
public record Credentials(String accessKeyId, String secret, Optional<String> securityToken) {
    private static final CharMatcher ALLOWED =
            CharMatcher.inRange('!', '~').and(CharMatcher.noneOf(",=").precomputed());
    private static final int MAX_LENGTH = 64;

    public Credentials {
        if (accessKeyId.isEmpty() || accessKeyId.length() > MAX_LENGTH || !ALLOWED.matchesAllOf(accessKeyId)) {
            throw new IllegalArgumentException(
                    "an access key id has 1 to 64 printable ASCII characters, without blanks, commas and equals signs");
        }
    }

    /** Of a key that is good until somebody ends it. */
    public Credentials(String accessKeyId, String secret) {
        this(accessKeyId, secret, Optional.empty());
    }

    /** Somebody at the command line of this machine, by user name as far as it fits. */
    public static Credentials ofUser(String userName) {
        String fitting = ALLOWED.retainFrom(userName);
        String id = fitting.isEmpty() ? "local" : fitting.substring(0, Math.min(MAX_LENGTH, fitting.length()));
        return new Credentials(id, "unsigned");
    }

    @Override
    public String toString() {
        return accessKeyId;
    }
}
