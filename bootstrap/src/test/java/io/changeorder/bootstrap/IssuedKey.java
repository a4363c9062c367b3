package io.changeorder.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;

/** An access key as its creation or its rotation printed it. */
record IssuedKey(String id, String secret, JsonNode printed) {
    static IssuedKey of(JsonNode printed) {
        return new IssuedKey(
                printed.path("AccessKeyId").asText(),
                printed.path("AccessKeySecret").asText(),
                printed);
    }

    /** Of the same name. */
    IssuedKey withSecret(String other) {
        return new IssuedKey(id, other, printed);
    }
}
