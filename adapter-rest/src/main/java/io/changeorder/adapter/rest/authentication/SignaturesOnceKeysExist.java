package io.changeorder.adapter.rest.authentication;

import io.changeorder.adapter.rest.message.ApiRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Believes what a request says as long as there is no key, and from the first key on only signatures. Whether there is
 * one is asked for each request, so that creating the first key closes the door at once. Safe from any thread.
 */
public final class SignaturesOnceKeysExist implements RequestAuthentication {
    private final BooleanSupplier keysExist;
    private final RequestAuthentication checked;
    private final Optional<List<String>> policies;
    private final RequestAuthentication unchecked = new UncheckedSignatures();

    /**
     * Of these two minds.
     *
     * @param keysExist whether there is a key, even a disabled one; one that throws lets nobody in
     * @param checked what is asked then
     */
    public SignaturesOnceKeysExist(BooleanSupplier keysExist, RequestAuthentication checked) {
        this(keysExist, checked, Optional.empty());
    }

    /**
     * As the other one, and who is let in without a key may do no more than that.
     *
     * @param policies as the engine's {@code Authorizer} is told
     */
    public SignaturesOnceKeysExist(BooleanSupplier keysExist, RequestAuthentication checked, List<String> policies) {
        this(keysExist, checked, Optional.of(policies));
    }

    private SignaturesOnceKeysExist(
            BooleanSupplier keysExist, RequestAuthentication checked, Optional<List<String>> policies) {
        this.keysExist = keysExist;
        this.checked = checked;
        this.policies = policies.map(List::copyOf);
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        return keysExist.getAsBoolean()
                ? checked.authenticate(request)
                : unchecked
                        .authenticate(request)
                        .match(known -> new Caller.Known(known.actor(), policies), refused -> refused);
    }
}
