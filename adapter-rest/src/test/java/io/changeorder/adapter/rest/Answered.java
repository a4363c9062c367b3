package io.changeorder.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import java.nio.charset.StandardCharsets;

/** An answer as a client reads it. */
record Answered(int status, JsonNode body) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Answered to(RestApi api, ApiRequest request) {
        ApiResponse response = api.answer(request);
        return new Answered(response.status(), json(response.text()));
    }

    /** {@code "PUT /path?query"} */
    static Answered to(RestApi api, String methodAndTarget) {
        return to(api, request(methodAndTarget));
    }

    static ApiRequest request(String methodAndTarget) {
        var parts = Splitter.on(' ').limit(2).splitToList(methodAndTarget);
        return ApiRequest.of(parts.get(0), parts.get(1)).fromThisMachine();
    }

    static ApiRequest form(String methodAndTarget, String body) {
        return request(methodAndTarget)
                .withHeader("Content-Type", "application/x-www-form-urlencoded")
                .withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    static ApiRequest json(String methodAndTarget, String body) {
        return request(methodAndTarget)
                .withHeader("Content-Type", "application/json; charset=UTF-8")
                .withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    JsonNode data() {
        return body.path("Data");
    }

    String code() {
        return body.path("Code").asText();
    }

    String message() {
        return body.path("Message").asText();
    }
}
