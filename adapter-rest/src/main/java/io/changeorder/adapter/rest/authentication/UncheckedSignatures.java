package io.changeorder.adapter.rest.authentication;

import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.signature.Authorization;
import io.changeorder.domain.id.Actor;

/**
 * Believes what a request says: its caller is the access key id of the Authorization header, or nobody in particular if
 * there is none. The signature beside it is not checked, so this is only for a server that nobody else can reach.
 */
public final class UncheckedSignatures implements RequestAuthentication {
    /** Who sends no Authorization. */
    static final Actor ANONYMOUS = new Actor("anonymous");

    @Override
    public Caller authenticate(ApiRequest request) {
        if (request.headers("authorization").isEmpty()) {
            return Caller.known(ANONYMOUS);
        }
        return Authorization.of(request)
                .map(authorization -> Caller.known(authorization.key()))
                .orElseGet(() -> Caller.refused(Caller.Reason.INCOMPLETE_SIGNATURE));
    }
}
