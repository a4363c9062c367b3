package io.changeorder.adapter.rest.parameter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads JSON that a stranger sent: strictly, and not deeper than anything here needs. */
final class Json {
    static final int MAX_DEPTH = 50;

    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private Json() {}

    /** Where it is broken, without repeating what was sent. */
    static String fault(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "it is nested more than " + MAX_DEPTH + " deep";
        }
        JsonLocation at = e.getLocation();
        return at == null
                ? "it is not JSON"
                : "it is not JSON (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
