package io.changeorder.adapter.rest.signature;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.domain.id.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an Authorization header says; nothing of it is believed yet.
 *
 * @param scheme how the request is signed
 * @param key whose secret it is said to be signed with
 * @param signedHeaders lower-case names, as they were sent; empty where the scheme has no such list
 * @param signature as it was sent
 */
public record Authorization(SignatureScheme scheme, Actor key, List<String> signedHeaders, String signature) {
    private static final String V3 = "ACS3-HMAC-SHA256 ";
    private static final String V1 = "acs ";
    private static final Splitter PARTS = Splitter.on(',').trimResults();
    private static final Splitter NAMES = Splitter.on(';');

    public Authorization {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** The only one of a request; empty when it has none, several, or none that the wire knows. */
    public static Optional<Authorization> of(ApiRequest request) {
        List<String> headers = request.headers("authorization");
        return headers.size() == 1 ? parsed(headers.get(0).trim()) : Optional.empty();
    }

    private static Optional<Authorization> parsed(String text) {
        if (text.startsWith(V3)) {
            return v3(text.substring(V3.length()));
        }
        return text.startsWith(V1) ? v1(text.substring(V1.length())) : Optional.empty();
    }

    /** {@code Credential=<AK>,SignedHeaders=a;b,Signature=<hex>}. */
    private static Optional<Authorization> v3(String credentials) {
        Map<String, String> parts = new HashMap<>();
        for (String part : PARTS.split(credentials)) {
            int equals = part.indexOf('=');
            if (equals <= 0 || parts.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                return Optional.empty();
            }
        }
        String names = parts.getOrDefault("SignedHeaders", "");
        String signature = parts.getOrDefault("Signature", "");
        return names.isEmpty() || signature.isEmpty()
                ? Optional.empty()
                : actor(parts.getOrDefault("Credential", ""))
                        .map(key -> new Authorization(
                                SignatureScheme.ACS3_HMAC_SHA256, key, NAMES.splitToList(names), signature));
    }

    /** {@code <AK>:<base64>}. */
    private static Optional<Authorization> v1(String credentials) {
        int colon = credentials.indexOf(':');
        String signature = credentials.substring(colon + 1);
        return colon <= 0 || signature.isEmpty()
                ? Optional.empty()
                : actor(credentials.substring(0, colon))
                        .map(key ->
                                new Authorization(SignatureScheme.ROA_HMAC_SHA1, key, ImmutableList.of(), signature));
    }

    private static Optional<Actor> actor(String keyId) {
        try {
            return Optional.of(new Actor(keyId));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
