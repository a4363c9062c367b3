package io.changeorder.bootstrap.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests without a body by ACS3-HMAC-SHA256, as the vendor's own clients do. Safe from any thread. */
final class RequestSigner {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final String API_VERSION = "2019-05-06";
    private static final String CONTENT_HASH = "x-acs-content-sha256";
    private static final String HOST = "host";

    private final Credentials credentials;

    RequestSigner(Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * The headers that make the request a signed one; {@code host} is signed but not among them.
     *
     * @param host with its port
     * @param query percent-encoded by RFC 3986 and sorted
     */
    Map<String, String> headers(WireOperation operation, String host, String query) {
        return headers(
                operation,
                host,
                query,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                UUID.randomUUID().toString().replace("-", ""));
    }

    Map<String, String> headers(WireOperation operation, String host, String query, Instant at, String nonce) {
        SortedMap<String, String> signed = new TreeMap<>();
        signed.put(HOST, host);
        signed.put("x-acs-action", operation.action());
        signed.put("x-acs-version", API_VERSION);
        signed.put("x-acs-date", at.toString());
        signed.put("x-acs-signature-nonce", nonce);
        signed.put(CONTENT_HASH, sha256(""));
        signed.put("x-acs-credentials-provider", credentials.securityToken().isPresent() ? "static_sts" : "static_ak");
        credentials.securityToken().ifPresent(token -> {
            signed.put("x-acs-accesskey-id", credentials.accessKeyId());
            signed.put("x-acs-security-token", token);
        });
        String names = String.join(";", signed.keySet());
        StringBuilder canonical = new StringBuilder();
        canonical.append(operation.method()).append('\n');
        canonical.append(operation.path()).append('\n');
        canonical.append(query).append('\n');
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names).append('\n').append(sha256(""));
        String signature = hmac(ALGORITHM + "\n" + sha256(canonical.toString()));
        SortedMap<String, String> headers = new TreeMap<>(signed);
        headers.remove(HOST);
        headers.put(
                "Authorization",
                ALGORITHM + " Credential=" + credentials.accessKeyId() + ",SignedHeaders=" + names + ",Signature="
                        + signature);
        return headers;
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(credentials.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has HmacSHA256", missing);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
