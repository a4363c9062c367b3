package io.changeorder.adapter.rest.parameter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.primitives.Ints;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of a parameter that is JSON; whatever is wrong with it is told under the parameter's name. */
final class JsonParameter {
    private final String parameter;
    private final String where;
    private final JsonNode node;

    private JsonParameter(String parameter, String where, JsonNode node) {
        this.parameter = parameter;
        this.where = where;
        this.node = node;
    }

    static JsonParameter parse(String parameter, String text) {
        try {
            return new JsonParameter(parameter, "", Json.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new RejectedRequest(Failure.unusable(parameter, Json.fault(e)));
        }
    }

    RejectedRequest unusable(String why) {
        return new RejectedRequest(Failure.unusable(parameter, (where.isEmpty() ? "it" : where) + " " + why));
    }

    JsonParameter requireObject() {
        if (!node.isObject()) {
            throw unusable("is not an object");
        }
        return this;
    }

    boolean isEmpty() {
        return node.isEmpty();
    }

    /** A member that is neither absent nor null. */
    Optional<JsonParameter> member(String name) {
        return Optional.ofNullable(node.get(name))
                .filter(member -> !member.isNull())
                .map(member -> new JsonParameter(parameter, where.isEmpty() ? name : where + "." + name, member));
    }

    JsonParameter requiredMember(String name) {
        return member(name).orElseThrow(() -> unusable("has no " + name));
    }

    List<JsonParameter> elements() {
        if (!node.isArray()) {
            throw unusable("is not an array");
        }
        List<JsonParameter> elements = new ArrayList<>();
        node.forEach(
                element -> elements.add(new JsonParameter(parameter, where + "[" + elements.size() + "]", element)));
        return elements;
    }

    String text() {
        if (!node.isTextual()) {
            throw unusable("is not a text");
        }
        if (node.textValue().indexOf('\0') >= 0) {
            throw unusable("has a NUL in it");
        }
        return node.textValue();
    }

    /** A number or a boolean stands for its text. */
    String scalarText() {
        return node.isNumber() || node.isBoolean() ? node.asText() : text();
    }

    /** A whole number, or a text that is one: templates quote them. */
    int integer() {
        Integer number = node.isInt() || node.isTextual() ? Ints.tryParse(node.asText()) : null;
        if (number == null) {
            throw unusable("is not a whole number");
        }
        return number;
    }

    int integer(int least) {
        int number = integer();
        if (number < least) {
            throw unusable("is less than " + least);
        }
        return number;
    }
}
