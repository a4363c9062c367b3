package io.changeorder.adapter.rest.authentication;

import com.google.common.hash.Hashing;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.signature.Authorization;
import io.changeorder.adapter.rest.signature.SignatureScheme;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Believes who has signed a request with the secret of a key: ACS3-HMAC-SHA256, and ROA V1 by HMAC-SHA1 for keys that
 * allow it (SAE 2019-05-06, signatures). Safe from any thread.
 *
 * <p>The order of what is checked, and so of what a refusal reveals:
 *
 * <ol>
 *   <li>What anybody can see in the request itself: one Authorization header of a known form, version, time within {@link
 *       #MAX_SKEW} either way, nonce, digests of the body, and that the signature covers all that will be relied on.
 *       Whether there is such a key plays no part in the answer.
 *   <li>Whether there is the key, and whether the signature is right. For a key that does not exist the same is
 *       calculated with a secret of its own, and for one with a single secret as for one with two, so that the time it
 *       takes tells nothing. The answer does tell whether the id exists, as the vendor's does: ids are no secrets.
 *   <li>Only to who has the secret: that the key is disabled, does not allow HMAC-SHA1, or needs another security token.
 *   <li>Last, whether the nonce is new. It is remembered only now, so nobody without the secret can use up the nonces of
 *       others or fill the store, and for twice {@link #MAX_SKEW}: a request of a clock that is ahead is good that long.
 * </ol>
 */
public final class CheckedSignatures implements RequestAuthentication {
    /** How far the clock of a client may be from this one's. */
    public static final Duration MAX_SKEW = Duration.ofMinutes(15);

    private static final String API_VERSION = "2019-05-06";
    private static final String VERSION = "x-acs-version";
    private static final String NONCE = "x-acs-signature-nonce";
    private static final String SECURITY_TOKEN = "x-acs-security-token";
    private static final String CONTENT_MD5 = "content-md5";
    private static final Pattern NONCE_FORM = Pattern.compile("[!-~]{1,128}");
    private static final int MOST_SECRETS = 2;
    private static final int SECRET_BYTES = 32;

    private final SigningKeys keys;
    private final Nonces nonces;
    private final InstantSource clock;
    private final Secret nobodys;

    /** Over these keys. */
    public CheckedSignatures(SigningKeys keys, Nonces nonces, InstantSource clock) {
        this.keys = keys;
        this.nonces = nonces;
        this.clock = clock;
        nobodys = random();
    }

    private static Secret random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        return Authorization.of(request)
                .map(authorization -> authenticate(request, authorization))
                .orElseGet(() -> Caller.refused(Caller.Reason.INCOMPLETE_SIGNATURE));
    }

    private Caller authenticate(ApiRequest request, Authorization authorization) {
        Optional<SigningKey> key = keys.find(authorization.key().name());
        Optional<Caller.Reason> fault = fault(request, authorization);
        if (fault.isPresent()) {
            return refused(fault.get(), key, "");
        }
        List<String> stringsToSign = authorization.scheme().stringsToSign(request, authorization);
        if (stringsToSign.isEmpty()) {
            return refused(Caller.Reason.INCOMPLETE_SIGNATURE, key, "");
        }
        boolean matches = matches(authorization, secrets(key), stringsToSign);
        if (key.isEmpty()) {
            return refused(Caller.Reason.UNKNOWN_KEY, key, "");
        }
        return matches
                ? owner(request, authorization, key.get())
                : refused(Caller.Reason.SIGNATURE_MISMATCH, key, stringsToSign.get(0));
    }

    /** What is wrong with the request itself. */
    private Optional<Caller.Reason> fault(ApiRequest request, Authorization authorization) {
        SignatureScheme scheme = authorization.scheme();
        if (!scheme.coversAll(request, authorization) || !namesOneKey(request, authorization)) {
            return Optional.of(Caller.Reason.INCOMPLETE_SIGNATURE);
        }
        return version(request)
                .or(() -> time(request, scheme))
                .or(() -> nonce(request))
                .or(() -> body(request, scheme));
    }

    private static boolean namesOneKey(ApiRequest request, Authorization authorization) {
        return request.header("x-acs-accesskey-id")
                .map(named -> named.trim().equals(authorization.key().name()))
                .orElse(true);
    }

    private static Optional<Caller.Reason> version(ApiRequest request) {
        Optional<String> version = request.header(VERSION).map(String::trim);
        if (version.isEmpty()) {
            return Optional.of(Caller.Reason.VERSION_MISSING);
        }
        return version.filter(sent -> !sent.equals(API_VERSION)).map(other -> Caller.Reason.VERSION_UNKNOWN);
    }

    private Optional<Caller.Reason> time(ApiRequest request, SignatureScheme scheme) {
        Optional<String> text = request.header(scheme.timeHeader());
        if (text.isEmpty()) {
            return Optional.of(Caller.Reason.TIME_MISSING);
        }
        Optional<Instant> time = scheme.time(text.get().trim());
        if (time.isEmpty()) {
            return Optional.of(Caller.Reason.TIME_MALFORMED);
        }
        Duration skew = Duration.between(time.get(), clock.instant()).abs();
        return skew.compareTo(MAX_SKEW) > 0 ? Optional.of(Caller.Reason.TIME_EXPIRED) : Optional.empty();
    }

    private static Optional<Caller.Reason> nonce(ApiRequest request) {
        Optional<String> nonce = request.header(NONCE).map(String::trim).filter(sent -> !sent.isEmpty());
        if (nonce.isEmpty()) {
            return Optional.of(Caller.Reason.NONCE_MISSING);
        }
        return NONCE_FORM.matcher(nonce.get()).matches()
                ? Optional.empty()
                : Optional.of(Caller.Reason.INCOMPLETE_SIGNATURE);
    }

    private static Optional<Caller.Reason> body(ApiRequest request, SignatureScheme scheme) {
        Optional<String> missing =
                scheme.bodyHeader(request).filter(name -> request.header(name).isEmpty());
        if (missing.isPresent()) {
            return Optional.of(
                    missing.get().equals(CONTENT_MD5)
                            ? Caller.Reason.BODY_DIGEST_MISSING
                            : Caller.Reason.BODY_HASH_MISSING);
        }
        return request.header(CONTENT_MD5)
                .filter(digest -> !digest.trim().equals(md5(request.body())))
                .map(wrong -> Caller.Reason.BODY_DIGEST_WRONG);
    }

    @SuppressWarnings("deprecation") // It is what the header has in it.
    private static String md5(byte[] body) {
        return Base64.getEncoder().encodeToString(Hashing.md5().hashBytes(body).asBytes());
    }

    private List<Secret> secrets(Optional<SigningKey> key) {
        List<Secret> secrets = new ArrayList<>(key.map(SigningKey::secrets).orElse(List.of()));
        while (secrets.size() < MOST_SECRETS) {
            secrets.add(nobodys);
        }
        return secrets;
    }

    private static boolean matches(Authorization authorization, List<Secret> secrets, List<String> stringsToSign) {
        byte[] sent = authorization.signature().getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (String stringToSign : stringsToSign) {
            for (Secret secret : secrets) {
                String signature = authorization.scheme().sign(secret.text(), stringToSign);
                matches |= MessageDigest.isEqual(signature.getBytes(StandardCharsets.UTF_8), sent);
            }
        }
        return matches;
    }

    /** The request is from somebody who has the secret. */
    private Caller owner(ApiRequest request, Authorization authorization, SigningKey key) {
        Optional<Caller.Reason> fault = fault(request, authorization.scheme(), key);
        if (fault.isPresent()) {
            return refused(fault.get(), Optional.of(key), "");
        }
        String nonce = request.header(NONCE).orElseThrow().trim();
        return nonces.remember(key.actor(), nonce, MAX_SKEW.multipliedBy(2))
                ? new Caller.Known(key.actor(), key.policies())
                : refused(Caller.Reason.REPLAYED, Optional.of(key), "");
    }

    private static Optional<Caller.Reason> fault(ApiRequest request, SignatureScheme scheme, SigningKey key) {
        if (!key.enabled()) {
            return Optional.of(Caller.Reason.DISABLED_KEY);
        }
        if (scheme.equals(SignatureScheme.ROA_HMAC_SHA1) && !key.hmacSha1Allowed()) {
            return Optional.of(Caller.Reason.SCHEME_NOT_ALLOWED);
        }
        Optional<String> token = request.header(SECURITY_TOKEN).map(String::trim);
        if (token.isEmpty()) {
            return key.securityToken().map(lacking -> Caller.Reason.SECURITY_TOKEN_MISSING);
        }
        return key.securityToken().filter(own -> own.isEqualTo(token.get())).isPresent()
                ? Optional.empty()
                : Optional.of(Caller.Reason.SECURITY_TOKEN_WRONG);
    }

    private static Caller refused(Caller.Reason reason, Optional<SigningKey> key, String stringToSign) {
        return new Caller.Refused(reason, key.map(SigningKey::actor), stringToSign);
    }
}
