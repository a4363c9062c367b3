package io.changeorder.adapter.rest.authentication;

import io.changeorder.domain.id.Actor;
import java.util.List;
import java.util.Optional;

/**
 * What a key signs with.
 *
 * @param actor whom the history names
 * @param secrets the current one, and the one before it while that is still good
 * @param securityToken what has to be sent with each request, if the key has one
 * @param hmacSha1Allowed whether old clients may sign in their way
 * @param enabled whether it may be used at all
 * @param policies what its requests may do, as the engine's {@code Authorizer} is told; absent where it finds that out by
 *     itself
 */
public record SigningKey(
        Actor actor,
        List<Secret> secrets,
        Optional<Secret> securityToken,
        boolean hmacSha1Allowed,
        boolean enabled,
        Optional<List<String>> policies) {
    public SigningKey {
        secrets = List.copyOf(secrets);
        policies = policies.map(List::copyOf);
    }

    /** One of which the authorizer finds out what its requests may do. */
    public SigningKey(
            Actor actor,
            List<Secret> secrets,
            Optional<Secret> securityToken,
            boolean hmacSha1Allowed,
            boolean enabled) {
        this(actor, secrets, securityToken, hmacSha1Allowed, enabled, Optional.empty());
    }
}
