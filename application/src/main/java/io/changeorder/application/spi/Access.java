package io.changeorder.application.spi;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.api.Request;
import io.changeorder.domain.id.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One question to an {@link Authorizer}.
 *
 * @param actor who asks
 * @param operation what is asked; a command may be asked about twice, as itself and as what it amounts to
 * @param resource the application that it is about, or a namespace; absent where it is about everything, and where what
 *     the caller named does not exist
 * @param origin where the call comes from
 * @param at when it is asked
 * @param policies of the request: what was found of what the actor may do when it was found out who asks; absent where
 *     nobody looked
 */
public record Access(
        Actor actor,
        Operation operation,
        Optional<Resource> resource,
        Origin origin,
        Instant at,
        Optional<List<String>> policies) {
    public Access {
        policies = policies.map(List::copyOf);
    }

    /** What a request asks. */
    public static Access of(Request request, Operation operation, Optional<Resource> resource, Instant at) {
        return new Access(request.actor(), operation, resource, request.origin(), at, request.policies());
    }

    /**
     * An application as policies name it: {@code acs:sae:{region}:{account}:application/{namespace}/{application}}.
     *
     * @param namespace where it lives, may be empty
     * @param application its id, or {@code *} for creating or listing in the namespace
     */
    public record Resource(String namespace, String application) {
        /** All that a namespace has or will have. */
        public static final String EVERY_APPLICATION = "*";

        /** {@code application/{namespace}/{application}}. */
        @Override
        public String toString() {
            return "application/" + namespace + "/" + application;
        }
    }
}
