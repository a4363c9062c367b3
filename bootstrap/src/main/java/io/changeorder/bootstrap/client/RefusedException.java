package io.changeorder.bootstrap.client;

import com.fasterxml.jackson.databind.JsonNode;

/** The server refused a call; nothing has changed because of it. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String recommendation;
    private final transient JsonNode data;

    RefusedException(String code, String message, String recommendation, JsonNode data) {
        super(message);
        this.code = code;
        this.recommendation = recommendation;
        this.data = data;
    }

    /** The symbol of the wire's table of errors. */
    public String code() {
        return code;
    }

    /** What the server says to do next; may be empty. */
    public String recommendation() {
        return recommendation;
    }

    /** What the server tells about the refusal; a missing node when it tells nothing. */
    public JsonNode data() {
        return data;
    }
}
