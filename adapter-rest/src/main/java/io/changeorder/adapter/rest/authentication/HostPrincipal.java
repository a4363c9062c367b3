package io.changeorder.adapter.rest.authentication;

import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.domain.id.Actor;
import java.security.Principal;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Believes the host that the API is mounted in: whom it has authenticated is the caller, and nobody else is. An
 * Authorization header, if there is one, is the host's affair.
 */
public final class HostPrincipal implements RequestAuthentication {
    private static final Logger LOG = LoggerFactory.getLogger(HostPrincipal.class);

    private final Function<Principal, Actor> naming;

    private HostPrincipal(Function<Principal, Actor> naming) {
        this.naming = naming;
    }

    /** The actor has the principal's name. A name that can't be an actor's is not authenticated, and that is logged. */
    public static HostPrincipal byName() {
        return named(principal -> new Actor(principal.getName()));
    }

    /**
     * The actor has the name that this gives it.
     *
     * @param naming throws {@link IllegalArgumentException} for a principal that can't be an actor
     */
    public static HostPrincipal named(Function<Principal, Actor> naming) {
        return new HostPrincipal(naming);
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        return request.principal().map(this::caller).orElseGet(() -> Caller.refused(Caller.Reason.NOT_AUTHENTICATED));
    }

    private Caller caller(Principal principal) {
        try {
            return Caller.known(naming.apply(principal));
        } catch (IllegalArgumentException unnameable) {
            LOG.warn("A principal of the host can't be named in the history: {}", unnameable.getMessage());
            return Caller.refused(Caller.Reason.NOT_AUTHENTICATED);
        }
    }
}
