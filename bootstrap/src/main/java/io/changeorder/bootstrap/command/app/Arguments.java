package io.changeorder.bootstrap.command.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Parameters of the wire, gathered one by one; what is absent is not sent. */
final class Arguments {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, String> values = new LinkedHashMap<>();

    Arguments put(String name, Object value) {
        values.put(name, value.toString());
        return this;
    }

    Arguments put(String name, Optional<?> value) {
        value.ifPresent(present -> values.put(name, present.toString()));
        return this;
    }

    Arguments putAll(Arguments others) {
        values.putAll(others.values);
        return this;
    }

    Map<String, String> toMap() {
        return values;
    }

    static ObjectNode object() {
        return JSON.objectNode();
    }
}
