package io.changeorder.adapter.rest.message;

import com.google.common.base.CharMatcher;
import io.changeorder.application.api.Origin;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What every answer of one request is put into.
 *
 * @param requestId an upper-case UUID
 * @param traceId 32 lower-case hexadecimal digits, so that it can be a W3C trace id as well
 * @param hostId the host that the caller addressed; may be empty
 * @param format how it is written
 */
public record Envelope(String requestId, String traceId, String hostId, Format format) {
    private static final int MAX_HOST = 255;
    private static final int OK = 200;
    private static final CharMatcher VISIBLE = CharMatcher.inRange('!', '~');

    /** A new one, with ids that no other has. */
    public static Envelope of(ApiRequest request) {
        return new Envelope(
                UUID.randomUUID().toString().toUpperCase(Locale.ROOT),
                UUID.randomUUID().toString().replace("-", ""),
                request.header("host").map(Envelope::safeHost).orElse(""),
                Format.preferred(request.headers("accept")));
    }

    /** Where the request comes from that this answers. */
    public Origin origin(ApiRequest request) {
        return new Origin(requestId, traceId, request.address(), request.isSecure());
    }

    /**
     * The answer in the envelope.
     *
     * @param operation its name on the wire, or empty when the request named none
     */
    public ApiResponse seal(String operation, Answer answer) {
        if (answer instanceof Success success) {
            return response(OK, operation + "Response", success(success));
        }
        Failure failure = (Failure) answer;
        return response(failure.status(), "Error", failure(failure));
    }

    private Fields success(Success success) {
        return new Fields()
                .put("RequestId", requestId)
                .put("Message", "success")
                .put("TraceId", traceId)
                .putAll(success.data())
                .put("Code", OK)
                .put("Success", true);
    }

    private Fields failure(Failure failure) {
        Fields fields = new Fields()
                .put("RequestId", requestId)
                .put("HostId", hostId)
                .put("Code", failure.error().code())
                .put("Message", failure.message())
                .put("Recommend", failure.recommendation())
                .put("ErrorCode", failure.error().code())
                .put("Success", false)
                .put("TraceId", traceId);
        failure.data().ifPresent(data -> fields.put("Data", data));
        return fields;
    }

    private ApiResponse response(int status, String root, Fields fields) {
        String text = switch (format) {
            case JSON -> JsonText.of(fields);
            case XML -> XmlText.of(root, fields);
        };
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", format.contentType());
        headers.put("cache-control", "no-store");
        headers.put("x-content-type-options", "nosniff");
        headers.put("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        headers.put("referrer-policy", "no-referrer");
        headers.put("x-acs-request-id", requestId);
        headers.put("x-acs-trace-id", traceId);
        return new ApiResponse(status, headers, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String safeHost(String host) {
        return host.length() <= MAX_HOST && VISIBLE.matchesAllOf(host) ? host : "";
    }
}
