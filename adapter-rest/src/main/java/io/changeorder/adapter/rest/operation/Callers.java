package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.domain.id.Actor;
import java.util.Objects;
import java.util.function.Consumer;

/** Asks an authentication, which may be a stranger's, and takes nothing on trust but the answer. */
final class Callers {
    private Callers() {}

    /**
     * Who sends the request.
     *
     * @param witness hears of a refusal before it is thrown
     * @throws RejectedRequest when it is from nobody
     * @throws AuthenticationFailedException when that could not be found out
     */
    static Caller.Known known(
            ApiRequest request, RequestAuthentication authentication, Consumer<Caller.Refused> witness) {
        Caller.Known caller = asked(request, authentication).match(known -> known, refused -> {
            witness.accept(refused);
            throw new RejectedRequest(failure(refused));
        });
        if (caller.actor().equals(Actor.ENGINE)) {
            // Nobody may pass for the engine in the history.
            throw new RejectedRequest(Failure.of(WireError.ACCESS_KEY_NOT_FOUND));
        }
        return caller;
    }

    private static Caller asked(ApiRequest request, RequestAuthentication authentication) {
        try {
            return Objects.requireNonNull(authentication.authenticate(request), "no answer");
        } catch (Exception thrown) {
            // Not only what the compiler knows of: hosts are written in other languages as well.
            throw new AuthenticationFailedException(thrown);
        }
    }

    private static Failure failure(Caller.Refused refused) {
        return refused.reason() == Caller.Reason.SIGNATURE_MISMATCH
                ? Failure.ofSignature(refused.stringToSign())
                : Failure.of(error(refused.reason()));
    }

    private static WireError error(Caller.Reason reason) {
        return switch (reason) {
            case NOT_AUTHENTICATED -> WireError.NO_PERMISSION;
            case INCOMPLETE_SIGNATURE -> WireError.SIGNATURE_INCOMPLETE;
            case VERSION_MISSING -> WireError.VERSION_MISSING;
            case VERSION_UNKNOWN -> WireError.VERSION_UNKNOWN;
            case TIME_MISSING -> WireError.TIME_STAMP_MISSING;
            case TIME_MALFORMED -> WireError.TIME_STAMP_FORMAT;
            case TIME_EXPIRED -> WireError.TIME_STAMP_EXPIRED;
            case NONCE_MISSING -> WireError.NONCE_MISSING;
            case BODY_HASH_MISSING -> WireError.CONTENT_HASH_MISSING;
            case BODY_DIGEST_MISSING -> WireError.CONTENT_MD5_MISSING;
            case BODY_DIGEST_WRONG -> WireError.CONTENT_MD5_MISMATCH;
            case UNKNOWN_KEY -> WireError.ACCESS_KEY_NOT_FOUND;
            case SIGNATURE_MISMATCH -> WireError.SIGNATURE_MISMATCH;
            case DISABLED_KEY -> WireError.ACCESS_KEY_INACTIVE;
            case SCHEME_NOT_ALLOWED -> WireError.SIGNATURE_METHOD;
            case SECURITY_TOKEN_MISSING -> WireError.SECURITY_TOKEN_MISSING;
            case SECURITY_TOKEN_WRONG -> WireError.SECURITY_TOKEN_MISMATCH;
            case REPLAYED -> WireError.NONCE_USED;
            case TOO_MANY_REQUESTS -> WireError.THROTTLED;
        };
    }
}
