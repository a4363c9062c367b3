package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.domain.id.Actor;
import java.util.Objects;

/** Asks an authentication, which may be a stranger's, and takes nothing on trust but the answer. */
final class Callers {
    private Callers() {}

    /**
     * Who sends the request.
     *
     * @throws RejectedRequest when it is from nobody
     * @throws AuthenticationFailedException when that could not be found out
     */
    static Actor actor(ApiRequest request, RequestAuthentication authentication) {
        Actor actor = asked(request, authentication).match(known -> known, reason -> {
            throw new RejectedRequest(Failure.of(error(reason)));
        });
        if (actor.equals(Actor.ENGINE)) {
            // Nobody may pass for the engine in the history.
            throw new RejectedRequest(Failure.of(WireError.ACCESS_KEY_NOT_FOUND));
        }
        return actor;
    }

    private static Caller asked(ApiRequest request, RequestAuthentication authentication) {
        try {
            return Objects.requireNonNull(authentication.authenticate(request), "no answer");
        } catch (Exception thrown) {
            // Not only what the compiler knows of: hosts are written in other languages as well.
            throw new AuthenticationFailedException(thrown);
        }
    }

    private static WireError error(Caller.Reason reason) {
        return switch (reason) {
            case NOT_AUTHENTICATED -> WireError.NO_PERMISSION;
            case INCOMPLETE_SIGNATURE -> WireError.SIGNATURE_INCOMPLETE;
            case UNKNOWN_KEY -> WireError.ACCESS_KEY_NOT_FOUND;
        };
    }
}
