package io.changeorder.adapter.rest.parameter;

import com.google.common.base.Ascii;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Finds the parameters of a request: in its query, in a form and in a JSON object, whichever is there. The same name
 * twice is refused, also when one is in the query and the other in the body: nobody could tell which one was meant.
 */
public final class ParameterDecoder {
    /** Most bytes of a body that are read. */
    public static final int MAX_BODY = 1024 * 1024;

    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED = 415;

    private ParameterDecoder() {}

    /**
     * All parameters of a request.
     *
     * @throws RejectedRequest when they can't be read
     */
    public static Parameters decode(ApiRequest request) {
        Parameters.Collector found = new Parameters.Collector();
        pairs(request.query(), "query", found);
        // Clients send the content type of a form even without a body.
        if (request.hasBody()) {
            body(request, found);
        }
        return found.collected();
    }

    private static void body(ApiRequest request, Parameters.Collector found) {
        byte[] bytes = request.body();
        if (bytes.length > MAX_BODY) {
            throw new RejectedRequest(Failure.ofRequest(TOO_LARGE, "body", "it is larger than " + MAX_BODY + " bytes"));
        }
        switch (mediaType(request)) {
            case "application/x-www-form-urlencoded" -> pairs(utf8(bytes), "body", found);
            case "application/json" -> JsonBody.read(utf8(bytes), found);
            default ->
                throw new RejectedRequest(Failure.ofRequest(
                        UNSUPPORTED,
                        "Content-Type",
                        "a body is application/x-www-form-urlencoded or application/json, in UTF-8"));
        }
    }

    private static String mediaType(ApiRequest request) {
        String type = request.header("content-type").orElse("");
        int parameters = type.indexOf(';');
        return Ascii.toLowerCase(parameters < 0 ? type : type.substring(0, parameters))
                .trim();
    }

    private static void pairs(String text, String where, Parameters.Collector found) {
        for (String pair : QueryPairs.PAIRS.split(text)) {
            String name = unescaped(QueryPairs.nameOf(pair), where);
            found.add(name, unescaped(QueryPairs.valueOf(pair), Parameters.Collector.shown(name)));
        }
    }

    private static String unescaped(String text, String parameter) {
        return PercentEncoding.decode(text)
                .orElseThrow(() -> new RejectedRequest(
                        Failure.unusable(parameter, "its percent-encoding is broken or not UTF-8")));
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RejectedRequest(Failure.unusable("body", "it is not UTF-8"));
        }
    }
}
