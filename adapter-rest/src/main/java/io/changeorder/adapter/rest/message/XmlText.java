package io.changeorder.adapter.rest.message;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes fields as XML the way the vendor's old client reads it: a list is an element whose children have its own name
 * ({@code <Pipelines><Pipelines>..</Pipelines></Pipelines>}). Characters that XML 1.0 can't have become U+FFFD. Safe from
 * any thread.
 */
final class XmlText {
    /** The JDK's own, whatever else is on the class path. */
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private static final int REPLACEMENT = 0xFFFD;

    private XmlText() {}

    static String of(String root, Fields fields) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = newWriter(text);
            text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
            new Writer(xml).fields(root, fields);
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("an answer could not be written as XML", e);
        }
        return text.toString();
    }

    private static XMLStreamWriter newWriter(StringWriter text) throws XMLStreamException {
        synchronized (FACTORY) {
            return FACTORY.createXMLStreamWriter(text);
        }
    }

    private static String legal(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().map(XmlText::legal).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static int legal(int character) {
        boolean legal = character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
        return legal ? character : REPLACEMENT;
    }

    private static final class Writer implements Fields.Visitor {
        private final XMLStreamWriter xml;

        Writer(XMLStreamWriter xml) {
            this.xml = xml;
        }

        @Override
        public void text(String name, String value) {
            element(name, () -> xml.writeCharacters(legal(value)));
        }

        @Override
        public void number(String name, long value) {
            text(name, Long.toString(value));
        }

        @Override
        public void bool(String name, boolean value) {
            text(name, Boolean.toString(value));
        }

        @Override
        public void fields(String name, Fields value) {
            element(name, () -> value.forEach(this));
        }

        @Override
        public void list(String name, List<Object> rows) {
            element(
                    name,
                    () -> rows.forEach(row -> {
                        if (row instanceof Fields fields) {
                            fields(name, fields);
                        } else {
                            text(name, row.toString());
                        }
                    }));
        }

        private void element(String name, Content content) {
            try {
                xml.writeStartElement(name);
                content.write();
                xml.writeEndElement();
            } catch (XMLStreamException e) {
                throw new IllegalStateException("an answer could not be written as XML", e);
            }
        }

        @FunctionalInterface
        private interface Content {
            void write() throws XMLStreamException;
        }
    }
}
