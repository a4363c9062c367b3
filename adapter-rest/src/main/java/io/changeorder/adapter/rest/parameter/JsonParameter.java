package io.changeorder.adapter.rest.parameter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.primitives.Ints;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a parameter that is JSON. Whatever is asked of it and is not there is thrown as a {@link RejectedRequest} under
 * the parameter's name, telling where in it. Immutable.
 */
public final class JsonParameter {
    private final String parameter;
    private final String where;
    private final JsonNode node;

    private JsonParameter(String parameter, String where, JsonNode node) {
        this.parameter = parameter;
        this.where = where;
        this.node = node;
    }

    /**
     * The whole parameter.
     *
     * @throws RejectedRequest when it is not JSON
     */
    public static JsonParameter parse(String parameter, String text) {
        try {
            return new JsonParameter(parameter, "", Json.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new RejectedRequest(Failure.unusable(parameter, Json.fault(e)));
        }
    }

    public RejectedRequest unusable(String why) {
        return new RejectedRequest(Failure.unusable(parameter, (where.isEmpty() ? "it" : where) + " " + why));
    }

    public JsonParameter requireObject() {
        if (!node.isObject()) {
            throw unusable("is not an object");
        }
        return this;
    }

    public boolean isEmpty() {
        return node.isEmpty();
    }

    /** A member that is neither absent nor null. */
    public Optional<JsonParameter> member(String name) {
        return Optional.ofNullable(node.get(name))
                .filter(member -> !member.isNull())
                .map(member -> new JsonParameter(parameter, where.isEmpty() ? name : where + "." + name, member));
    }

    public JsonParameter requiredMember(String name) {
        return member(name).orElseThrow(() -> unusable("has no " + name));
    }

    public List<JsonParameter> elements() {
        if (!node.isArray()) {
            throw unusable("is not an array");
        }
        List<JsonParameter> elements = new ArrayList<>();
        node.forEach(
                element -> elements.add(new JsonParameter(parameter, where + "[" + elements.size() + "]", element)));
        return elements;
    }

    public String text() {
        if (!node.isTextual()) {
            throw unusable("is not a text");
        }
        if (!Parameters.isStorable(node.textValue())) {
            throw unusable("has a NUL or half a character in it");
        }
        return node.textValue();
    }

    /** A number or a boolean stands for its text. */
    public String scalarText() {
        return node.isNumber() || node.isBoolean() ? node.asText() : text();
    }

    /** A whole number, or a text that is one: templates quote them. */
    public int integer() {
        Integer number = node.isInt() || node.isTextual() ? Ints.tryParse(node.asText()) : null;
        if (number == null) {
            throw unusable("is not a whole number");
        }
        return number;
    }

    public int integer(int least) {
        int number = integer();
        if (number < least) {
            throw unusable("is less than " + least);
        }
        return number;
    }
}
