package io.changeorder.adapter.rest.authentication;

import com.google.common.base.Splitter;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.domain.id.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Believes what a request says: its caller is the access key id of the Authorization header, or nobody in particular if
 * there is none. The signature beside it is not checked, so this is only for a server that nobody else can reach.
 */
public final class UncheckedSignatures implements RequestAuthentication {
    /** Who sends no Authorization. */
    static final Actor ANONYMOUS = new Actor("anonymous");

    private static final String V3 = "ACS3-HMAC-SHA256 ";
    private static final String V1 = "acs ";
    private static final Splitter PARTS = Splitter.on(',').trimResults();

    @Override
    public Caller authenticate(ApiRequest request) {
        List<String> headers = request.headers("authorization");
        if (headers.isEmpty()) {
            return Caller.known(ANONYMOUS);
        }
        return Optional.of(headers)
                .filter(sent -> sent.size() == 1)
                .flatMap(sent -> keyId(sent.get(0).trim()))
                .flatMap(UncheckedSignatures::actor)
                .map(Caller::known)
                .orElseGet(() -> Caller.refused(Caller.Reason.INCOMPLETE_SIGNATURE));
    }

    private static Optional<String> keyId(String authorization) {
        if (authorization.startsWith(V3)) {
            return v3(authorization.substring(V3.length()));
        }
        return authorization.startsWith(V1) ? v1(authorization.substring(V1.length())) : Optional.empty();
    }

    /** {@code Credential=<AK>,SignedHeaders=a;b,Signature=<hex>}. */
    private static Optional<String> v3(String credentials) {
        Map<String, String> parts = new HashMap<>();
        for (String part : PARTS.split(credentials)) {
            int equals = part.indexOf('=');
            if (equals <= 0 || parts.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                return Optional.empty();
            }
        }
        boolean complete = !parts.getOrDefault("SignedHeaders", "").isEmpty()
                && !parts.getOrDefault("Signature", "").isEmpty();
        return complete ? Optional.ofNullable(parts.get("Credential")) : Optional.empty();
    }

    /** {@code <AK>:<base64>}. */
    private static Optional<String> v1(String credentials) {
        int colon = credentials.indexOf(':');
        return colon > 0 && colon < credentials.length() - 1
                ? Optional.of(credentials.substring(0, colon))
                : Optional.empty();
    }

    private static Optional<Actor> actor(String keyId) {
        try {
            return Optional.of(new Actor(keyId));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
