package io.changeorder.adapter.rest.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes fields as JSON. Safe from any thread. */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** An object, without blanks. */
    public static String of(Fields fields) {
        return write(writer -> writer.object(fields));
    }

    /** An array of objects, without blanks. */
    public static String ofRows(List<Fields> rows) {
        return write(writer -> writer.array(List.copyOf(rows)));
    }

    /** An array of texts, without blanks. */
    public static String ofTexts(List<String> texts) {
        return write(writer -> writer.array(List.copyOf(texts)));
    }

    private static String write(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            content.writeTo(new Writer(generator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(Writer writer) throws IOException;
    }

    private static final class Writer implements Fields.Visitor {
        private final JsonGenerator generator;

        Writer(JsonGenerator generator) {
            this.generator = generator;
        }

        void object(Fields fields) throws IOException {
            generator.writeStartObject();
            fields.forEach(this);
            generator.writeEndObject();
        }

        void array(List<?> rows) throws IOException {
            generator.writeStartArray();
            for (Object row : rows) {
                if (row instanceof Fields fields) {
                    object(fields);
                } else {
                    generator.writeString(row.toString());
                }
            }
            generator.writeEndArray();
        }

        @Override
        public void text(String name, String value) {
            unchecked(() -> generator.writeStringField(name, value));
        }

        @Override
        public void number(String name, long value) {
            unchecked(() -> generator.writeNumberField(name, value));
        }

        @Override
        public void bool(String name, boolean value) {
            unchecked(() -> generator.writeBooleanField(name, value));
        }

        @Override
        public void fields(String name, Fields value) {
            unchecked(() -> {
                generator.writeFieldName(name);
                object(value);
            });
        }

        @Override
        public void list(String name, List<Object> rows) {
            unchecked(() -> {
                generator.writeFieldName(name);
                array(rows);
            });
        }

        private static void unchecked(Step step) {
            try {
                step.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @FunctionalInterface
        private interface Step {
            void run() throws IOException;
        }
    }
}
