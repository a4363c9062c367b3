package io.changeorder.adapter.rest.message;

import com.google.common.collect.ImmutableMap;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One answer, ready to be sent. Immutable. */
public final class ApiResponse {
    private final int status;
    private final ImmutableMap<String, String> headers;
    private final byte[] body;

    ApiResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = ImmutableMap.copyOf(headers);
        this.body = body;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Names and values, the content type among them. */
    public Map<String, String> headers() {
        return headers;
    }

    /** UTF-8, never empty. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
