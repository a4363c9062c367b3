package io.changeorder.adapter.rest.authentication;

import io.changeorder.domain.id.Actor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Who a request comes from. */
public sealed interface Caller {
    /** It is known who calls; what they may do is for the engine's {@code Authorizer} to find out. */
    static Caller known(Actor actor) {
        return new Known(actor, Optional.empty());
    }

    /** It is known who calls, and what they may do was found with it. */
    static Caller known(Actor actor, List<String> policies) {
        return new Known(actor, Optional.of(policies));
    }

    /** It is not, and nothing is done. */
    static Caller refused(Reason reason) {
        return new Refused(reason, Optional.empty(), "");
    }

    /** The one or the other, as a value. */
    <T> T match(Function<Known, T> known, Function<Refused, T> refused);

    /** Why a request has no caller. */
    enum Reason {
        /** It does not say who sends it, or not in a way that is believed here. */
        NOT_AUTHENTICATED,
        /** It is not signed, or not in a way that the wire knows, or not all of it is. */
        INCOMPLETE_SIGNATURE,
        /** Nothing signed says which version of the API is meant. */
        VERSION_MISSING,
        /** It is for another version of the API. */
        VERSION_UNKNOWN,
        /** Nothing signed says when it was signed. */
        TIME_MISSING,
        /** That is not written as a time. */
        TIME_MALFORMED,
        /** It was signed too long ago, or by a clock that is too far ahead. */
        TIME_EXPIRED,
        /** Nothing signed tells it from the same request once more. */
        NONCE_MISSING,
        /** Its body has no signed SHA-256. */
        BODY_HASH_MISSING,
        /** Its body has no signed MD5. */
        BODY_DIGEST_MISSING,
        /** Its Content-MD5 is not the body's. */
        BODY_DIGEST_WRONG,
        /** It names an access key that is nobody's. */
        UNKNOWN_KEY,
        /** It was not signed with the secret of the key that it names, or is not as it was signed. */
        SIGNATURE_MISMATCH,
        /** The key is disabled. */
        DISABLED_KEY,
        /** The key does not allow this way of signing. */
        SCHEME_NOT_ALLOWED,
        /** The key has a security token, and the request has none. */
        SECURITY_TOKEN_MISSING,
        /** The request has another security token than the key. */
        SECURITY_TOKEN_WRONG,
        /** The same request came before. */
        REPLAYED,
        /** Its key has sent too many. */
        TOO_MANY_REQUESTS
    }

    /**
     * It is known who calls.
     *
     * @param actor whom the history names
     * @param policies what they may do, as the engine's {@code Authorizer} is told in {@code Access.policies}; absent
     *     where it finds that out by itself
     */
    record Known(Actor actor, Optional<List<String>> policies) implements Caller {
        public Known {
            policies = policies.map(List::copyOf);
        }

        @Override
        public <T> T match(Function<Known, T> known, Function<Refused, T> refused) {
            return known.apply(this);
        }
    }

    /**
     * It is not known who calls.
     *
     * @param reason why
     * @param key the key that it names, if there is one; nothing proves that its owner sent it
     * @param stringToSign what the server would have signed, when it is about that; else empty
     */
    record Refused(Reason reason, Optional<Actor> key, String stringToSign) implements Caller {
        @Override
        public <T> T match(Function<Known, T> known, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
