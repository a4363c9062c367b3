package io.changeorder.adapter.rest.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named values of an answer, in the order they were put: text, numbers, booleans, fields, and lists of texts or fields.
 * What is absent is left out. Not safe for several threads.
 */
public final class Fields {
    private final Map<String, Object> values = new LinkedHashMap<>();

    public Fields put(String name, String value) {
        return add(name, value);
    }

    public Fields put(String name, long value) {
        return add(name, value);
    }

    public Fields put(String name, boolean value) {
        return add(name, value);
    }

    public Fields put(String name, Fields value) {
        return add(name, value);
    }

    /** A list of fields. */
    public Fields put(String name, List<Fields> rows) {
        return add(name, List.copyOf(rows));
    }

    /** A list of texts. */
    public Fields putTexts(String name, List<String> texts) {
        return add(name, List.copyOf(texts));
    }

    /** The text, if there is one. */
    public Fields putIfPresent(String name, Optional<String> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    /** All of these after what is here. */
    public Fields putAll(Fields others) {
        others.values.forEach(this::add);
        return this;
    }

    /** Calls the visitor with each value in its order. */
    void forEach(Visitor visitor) {
        values.forEach((name, value) -> visit(name, value, visitor));
    }

    private static void visit(String name, Object value, Visitor visitor) {
        if (value instanceof Fields fields) {
            visitor.fields(name, fields);
        } else if (value instanceof List<?> list) {
            visitor.list(name, new ArrayList<>(list));
        } else if (value instanceof Long number) {
            visitor.number(name, number);
        } else if (value instanceof Boolean bool) {
            visitor.bool(name, bool);
        } else {
            visitor.text(name, value.toString());
        }
    }

    private Fields add(String name, Object value) {
        if (values.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("twice in one answer: " + name);
        }
        return this;
    }

    /** Is given each value. */
    interface Visitor {
        void text(String name, String value);

        void number(String name, long value);

        void bool(String name, boolean value);

        void fields(String name, Fields value);

        /** Rows that are each {@link Fields} or text. */
        void list(String name, List<Object> rows);
    }
}
