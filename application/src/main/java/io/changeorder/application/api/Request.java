package io.changeorder.application.api;

import com.google.common.base.CharMatcher;
import io.changeorder.domain.id.Actor;
import java.util.List;
import java.util.Optional;

/**
 * Who asks, from where, and how a repeated call is known.
 *
 * @param actor who asks
 * @param clientToken makes a repeated command harmless: the same caller, operation, token and parameters get the first
 *     answer again for 24 hours; 1 to 64 printable ASCII characters
 * @param duringMaintenance whether a command is carried out although there is maintenance; for the operator at the
 *     local command line only
 * @param origin where the call comes from
 * @param policies what was found of what the actor may do when it was found out who asks, for an {@code Authorizer} that
 *     goes by it; absent where nobody looked
 */
public record Request(
        Actor actor,
        Optional<String> clientToken,
        boolean duringMaintenance,
        Origin origin,
        Optional<List<String>> policies) {
    public static final int MAX_TOKEN_LENGTH = 64;
    private static final CharMatcher VISIBLE = CharMatcher.inRange('!', '~');

    public Request {
        if (clientToken.isPresent() && !isToken(clientToken.get())) {
            throw new IllegalArgumentException("a client token is 1 to 64 printable ASCII characters without blanks");
        }
        policies = policies.map(List::copyOf);
    }

    /** A call of which nobody looked what its actor may do. */
    public Request(Actor actor, Optional<String> clientToken, boolean duringMaintenance, Origin origin) {
        this(actor, clientToken, duringMaintenance, origin, Optional.empty());
    }

    /** A host's own call in somebody's name. */
    public static Request by(Actor actor) {
        return new Request(actor, Optional.empty(), false, Origin.NONE);
    }

    public Request withToken(String token) {
        return new Request(actor, Optional.of(token), duringMaintenance, origin, policies);
    }

    public Request evenDuringMaintenance() {
        return new Request(actor, clientToken, true, origin, policies);
    }

    public Request withOrigin(Origin newOrigin) {
        return new Request(actor, clientToken, duringMaintenance, newOrigin, policies);
    }

    public Request withPolicies(List<String> found) {
        return new Request(actor, clientToken, duringMaintenance, origin, Optional.of(found));
    }

    /** Whether this text can be a client token. */
    public static boolean isToken(String text) {
        return !text.isEmpty() && text.length() <= MAX_TOKEN_LENGTH && VISIBLE.matchesAllOf(text);
    }
}
