package io.changeorder.adapter.rest.authentication;

import io.changeorder.domain.id.Actor;
import java.util.function.Function;

/** Who a request comes from. */
public sealed interface Caller {
    /** It is known who calls. */
    static Caller known(Actor actor) {
        return new Known(actor);
    }

    /** It is not, and nothing is done. */
    static Caller refused(Reason reason) {
        return new Refused(reason);
    }

    /** The one or the other, as a value. */
    <T> T match(Function<Actor, T> known, Function<Reason, T> refused);

    /** Why a request has no caller. */
    enum Reason {
        /** It does not say who sends it, or not in a way that is believed here. */
        NOT_AUTHENTICATED,
        /** Its Authorization header is none that the wire knows. */
        INCOMPLETE_SIGNATURE,
        /** It names an access key that is nobody's. */
        UNKNOWN_KEY
    }

    /**
     * It is known who calls.
     *
     * @param actor whom the history names
     */
    record Known(Actor actor) implements Caller {
        @Override
        public <T> T match(Function<Actor, T> known, Function<Reason, T> refused) {
            return known.apply(actor);
        }
    }

    /**
     * It is not known who calls.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements Caller {
        @Override
        public <T> T match(Function<Actor, T> known, Function<Reason, T> refused) {
            return refused.apply(reason);
        }
    }
}
