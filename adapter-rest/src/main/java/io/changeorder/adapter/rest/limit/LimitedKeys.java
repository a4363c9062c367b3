package io.changeorder.adapter.rest.limit;

import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.message.ApiRequest;
import java.util.Optional;

/**
 * Lets each caller that another authentication believes ask only so much. Who is not believed uses up nobody's share.
 * Safe from any thread.
 */
public final class LimitedKeys implements RequestAuthentication {
    private final RequestAuthentication authentication;
    private final RequestRate rate;

    public LimitedKeys(RequestAuthentication authentication, RequestRate rate) {
        this.authentication = authentication;
        this.rate = rate;
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        Caller caller = authentication.authenticate(request);
        return caller.match(
                known -> rate.admits(known.actor())
                        ? caller
                        : new Caller.Refused(Caller.Reason.TOO_MANY_REQUESTS, Optional.of(known.actor()), ""),
                refused -> caller);
    }
}
