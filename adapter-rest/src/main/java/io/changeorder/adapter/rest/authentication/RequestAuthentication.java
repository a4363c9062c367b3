package io.changeorder.adapter.rest.authentication;

import io.changeorder.adapter.rest.message.ApiRequest;

/**
 * Says who sends a request, before anything else of it is looked at. It stands in every shell of the API in the place of
 * signatures, and is asked once for each request to a path that there is, from any thread. What a caller may do is
 * another question: that is the engine's {@code Authorizer}, which is given the actor, and what was found of it here.
 *
 * <p>One that throws, or answers nothing, has no opinion: the request is refused with ServiceUnavailable and the cause is
 * logged. An actor of the name that the engine itself has in the history is refused, whoever says it.
 */
@FunctionalInterface
public interface RequestAuthentication {
    /** The caller of this request, or why it has none. */
    Caller authenticate(ApiRequest request);
}
