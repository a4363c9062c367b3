package io.changeorder.adapter.rest.signature;

import io.changeorder.adapter.rest.message.ApiRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A way to sign requests. Safe from any thread. */
public interface SignatureScheme {
    /** V3 (SAE 2019-05-06, as current clients sign): every part of the request that is named is covered. */
    SignatureScheme ACS3_HMAC_SHA256 = new Acs3HmacSha256();

    /** ROA V1, as old clients sign: weaker, and only for keys that allow it. */
    SignatureScheme ROA_HMAC_SHA1 = new RoaHmacSha1();

    /** The header that tells when it was signed. */
    String timeHeader();

    /** What the header says; empty when it has another form. */
    Optional<Instant> time(String text);

    /** The header that vouches for the body of this request; empty when none has to. */
    Optional<String> bodyHeader(ApiRequest request);

    /**
     * Whether a signature covers all that the server will rely on, each of it once, so that nobody on the way can have
     * added, doubled or exchanged any of it.
     */
    boolean coversAll(ApiRequest request, Authorization authorization);

    /**
     * What the caller must have signed for the request to be the one that came; the body is hashed here.
     *
     * @return the way that is documented first; there is another where a value is empty, since not all clients write an
     *     equals sign then. None when the query can't be read, or the request can be read in two ways
     */
    List<String> stringsToSign(ApiRequest request, Authorization authorization);

    /** The signature of a text with a secret, written as it is sent. */
    String sign(String secret, String stringToSign);
}
