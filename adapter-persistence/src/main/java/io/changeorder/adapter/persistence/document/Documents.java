package io.changeorder.adapter.persistence.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeorder.application.api.Maintenance;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.order.ChangeOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;

/**
 * Writes and reads stored documents: {@code {"format":1,"body":{...}}}. What is read equals what was written, times to
 * the nanosecond; the text is pure ASCII, so that no database or driver can change it. Safe from any thread. Every
 * reading throws {@link UnreadableDocumentException} for a document that is damaged or of an unknown format.
 */
public final class Documents {
    /**
     * The format that is written. A format that was released is read for ever: add a number, never change one. Whatever
     * an older program could not read, be it a component, a kind or a constant, is a new format; and a new format comes
     * with a migration that lets no older program stay, as it would meet what it can't read.
     */
    public static final int FORMAT = 1;

    private static final String FORMAT_FIELD = "format";
    private static final String BODY_FIELD = "body";
    private static final ObjectMapper MAPPER = DomainMapping.mapper();

    private Documents() {}

    public static String of(Application application) {
        return write(application);
    }

    public static String of(ChangeOrder order) {
        return write(order);
    }

    public static String of(Version version) {
        return write(version);
    }

    public static String of(Event event) {
        return write(event);
    }

    public static String of(StoredAnswer answer) {
        return write(answer);
    }

    public static String of(AuditEntry entry) {
        return write(entry);
    }

    public static String of(Maintenance maintenance) {
        return write(maintenance);
    }

    public static String of(AccessKey key) {
        return write(key);
    }

    /** All that is written as one, in one document. */
    public static String of(Commit commit) {
        return write(commit);
    }

    public static Application application(String document) {
        return read(document, Application.class);
    }

    public static ChangeOrder order(String document) {
        return read(document, ChangeOrder.class);
    }

    public static Version version(String document) {
        return read(document, Version.class);
    }

    public static Event event(String document) {
        return read(document, Event.class);
    }

    public static StoredAnswer answer(String document) {
        return read(document, StoredAnswer.class);
    }

    public static Maintenance maintenance(String document) {
        return read(document, Maintenance.class);
    }

    public static AccessKey accessKey(String document) {
        return read(document, AccessKey.class);
    }

    public static AuditEntry audit(String document) {
        return read(document, AuditEntry.class);
    }

    public static Commit commit(String document) {
        return read(document, Commit.class);
    }

    private static String write(Object body) {
        try {
            return "{\"" + FORMAT_FIELD + "\":" + FORMAT + ",\"" + BODY_FIELD + "\":" + MAPPER.writeValueAsString(body)
                    + "}";
        } catch (IOException unwritable) {
            throw new UncheckedIOException("not a document: " + body.getClass().getName(), unwritable);
        }
    }

    /** The format is looked at before the body, which may have anything in it. */
    private static <T> T read(String document, Class<T> type) {
        try (JsonParser parser = MAPPER.createParser(document)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT && FORMAT_FIELD.equals(parser.nextFieldName()));
            int format = parser.nextIntValue(0);
            if (format != FORMAT) {
                throw new UnreadableDocumentException(
                        "a stored " + type.getSimpleName() + " has format " + format + ", this program reads " + FORMAT,
                        format > FORMAT);
            }
            expect(BODY_FIELD.equals(parser.nextFieldName()) && parser.nextToken() == JsonToken.START_OBJECT);
            T body = MAPPER.readValue(parser, type);
            expect(parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
            return body;
        } catch (IOException | IllegalArgumentException | DateTimeException damaged) {
            throw new UnreadableDocumentException("a stored " + type.getSimpleName() + " is damaged", damaged);
        }
    }

    private static void expect(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not {\"format\":1,\"body\":{...}}");
        }
    }
}
