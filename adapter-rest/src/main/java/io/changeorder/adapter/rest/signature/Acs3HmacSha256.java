package io.changeorder.adapter.rest.signature;

import com.google.common.base.Joiner;
import com.google.common.escape.Escaper;
import com.google.common.hash.Hashing;
import com.google.common.net.PercentEscaper;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.parameter.QueryPairs;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** V3: a hash of the canonical request is signed. */
final class Acs3HmacSha256 implements SignatureScheme {
    private static final String NAME = "ACS3-HMAC-SHA256";
    private static final String CONTENT_HASH = "x-acs-content-sha256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withResolverStyle(ResolverStyle.STRICT);

    /** RFC 3986: all but what is unreserved. */
    private static final Escaper RFC_3986 = new PercentEscaper("-_.~", false);

    @Override
    public String timeHeader() {
        return "x-acs-date";
    }

    @Override
    public Optional<Instant> time(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException otherForm) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> bodyHeader(ApiRequest request) {
        return Optional.of(CONTENT_HASH);
    }

    @Override
    public boolean coversAll(ApiRequest request, Authorization authorization) {
        List<String> signed = authorization.signedHeaders();
        return isStrictlySorted(signed)
                && signed.contains("host")
                && signed.stream().allMatch(name -> request.headers(name).size() == 1)
                && request.headerNames().stream()
                        .filter(name -> isReliedUpon(name, request))
                        .allMatch(signed::contains);
    }

    /** The content type says how the body is read, if there is one. */
    private static boolean isReliedUpon(String name, ApiRequest request) {
        return name.startsWith("x-acs-") || (name.equals("content-type") && request.hasBody());
    }

    private static boolean isStrictlySorted(List<String> names) {
        for (int i = 1; i < names.size(); i++) {
            if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<String> stringsToSign(ApiRequest request, Authorization authorization) {
        // The hash of the body that came stands here, not the one that the header speaks of.
        String body = Hashing.sha256().hashBytes(request.body()).toString();
        return QueryPairs.of(request.query())
                .map(Acs3HmacSha256::escaped)
                .map(SignedQuery::of)
                .orElse(List.of())
                .stream()
                .map(query -> canonical(request, authorization, query, body))
                .map(canonical -> NAME + "\n" + Hashing.sha256().hashString(canonical, StandardCharsets.UTF_8))
                .toList();
    }

    private static String canonical(ApiRequest request, Authorization authorization, String query, String body) {
        StringBuilder canonical = new StringBuilder();
        Joiner.on('\n')
                .appendTo(canonical, request.method(), request.sentPath(), query)
                .append('\n');
        for (String name : authorization.signedHeaders()) {
            canonical.append(name).append(':');
            canonical.append(request.header(name).orElse("").trim()).append('\n');
        }
        canonical.append('\n').append(String.join(";", authorization.signedHeaders()));
        return canonical.append('\n').append(body).toString();
    }

    private static List<Map.Entry<String, String>> escaped(List<Map.Entry<String, String>> pairs) {
        return pairs.stream()
                .map(pair -> Map.entry(RFC_3986.escape(pair.getKey()), RFC_3986.escape(pair.getValue())))
                .toList();
    }

    @Override
    public String sign(String secret, String stringToSign) {
        return HexFormat.of().formatHex(Hashes.hmac("HmacSHA256", secret, stringToSign));
    }
}
