package io.changeorder.adapter.rest.authentication;

import io.changeorder.adapter.rest.message.ApiRequest;
import java.util.function.BooleanSupplier;

/**
 * Believes what a request says as long as there is no key, and from the first key on only signatures. Whether there is
 * one is asked for each request, so that creating the first key closes the door at once. Safe from any thread.
 */
public final class SignaturesOnceKeysExist implements RequestAuthentication {
    private final BooleanSupplier keysExist;
    private final RequestAuthentication checked;
    private final RequestAuthentication unchecked = new UncheckedSignatures();

    /**
     * Of these two minds.
     *
     * @param keysExist whether there is a key, even a disabled one; one that throws lets nobody in
     * @param checked what is asked then
     */
    public SignaturesOnceKeysExist(BooleanSupplier keysExist, RequestAuthentication checked) {
        this.keysExist = keysExist;
        this.checked = checked;
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        return (keysExist.getAsBoolean() ? checked : unchecked).authenticate(request);
    }
}
