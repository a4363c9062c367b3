package io.changeorder.adapter.rest.signature;

import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.parameter.QueryPairs;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * V1: the request itself is signed, with its query decoded. So {@code a=1&b=2} and {@code a=1%26b%3D2} have the same
 * signature, and a parameter could be hidden in another's value or taken out of one on the way. The parameters of the wire
 * are words that begin with a capital letter: where one is called otherwise, or a value has in it what could be one, with
 * a value or without, the request is not taken.
 *
 * <p>The Host is not signed by it, and the body only by its Content-MD5.
 */
final class RoaHmacSha1 implements SignatureScheme {
    private static final List<String> SIGNED = List.of("accept", "content-md5", "content-type", "date");
    private static final String EXTENSIONS = "x-acs-";
    private static final Pattern HIDDEN_PARAMETER = Pattern.compile("&[A-Z][A-Za-z0-9]*(=|&|$)");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]*");

    @Override
    public String timeHeader() {
        return "date";
    }

    @Override
    public Optional<Instant> time(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException otherForm) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> bodyHeader(ApiRequest request) {
        return request.hasBody() ? Optional.of("content-md5") : Optional.empty();
    }

    @Override
    public boolean coversAll(ApiRequest request, Authorization authorization) {
        return request.headerNames().stream()
                .filter(name -> name.startsWith(EXTENSIONS) || SIGNED.contains(name))
                .allMatch(name -> request.headers(name).size() == 1);
    }

    @Override
    public List<String> stringsToSign(ApiRequest request, Authorization authorization) {
        return QueryPairs.of(request.query())
                .filter(pairs -> pairs.stream().allMatch(RoaHmacSha1::isUnambiguous))
                .map(SignedQuery::of)
                .orElse(List.of())
                .stream()
                .map(query -> request.method() + "\n" + head(request) + request.sentPath()
                        + (query.isEmpty() ? "" : "?" + query))
                .toList();
    }

    private static boolean isUnambiguous(Map.Entry<String, String> pair) {
        return NAME.matcher(pair.getKey()).matches()
                && !HIDDEN_PARAMETER.matcher(pair.getValue()).find();
    }

    private static String head(ApiRequest request) {
        StringBuilder head = new StringBuilder();
        SIGNED.forEach(name -> head.append(value(request, name)).append('\n'));
        request.headerNames().stream()
                .filter(name -> name.startsWith(EXTENSIONS))
                .sorted()
                .forEach(name -> head.append(name)
                        .append(':')
                        .append(value(request, name))
                        .append('\n'));
        return head.toString();
    }

    private static String value(ApiRequest request, String name) {
        return request.header(name).orElse("").trim();
    }

    @Override
    public String sign(String secret, String stringToSign) {
        return Base64.getEncoder().encodeToString(Hashes.hmac("HmacSHA1", secret, stringToSign));
    }
}
