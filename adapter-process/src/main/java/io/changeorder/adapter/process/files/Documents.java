package io.changeorder.adapter.process.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.revision.RevisionId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The form of what is kept in files: JSON objects, each with the number of its format. */
final class Documents {
    static final int FORMAT = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Documents() {}

    static ObjectNode document() {
        return MAPPER.createObjectNode().put("format", FORMAT);
    }

    static byte[] bytes(ObjectNode document) throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
    }

    /** Reads a document, of which every field may be missing but the format. */
    static JsonNode parse(byte[] bytes) throws IOException {
        JsonNode document = MAPPER.readTree(bytes);
        int format = document.path("format").asInt();
        if (format != FORMAT) {
            throw new IOException("format " + format + " is not known to this version, only " + FORMAT);
        }
        return document;
    }

    static byte[] write(StandingWish wish) throws IOException {
        ObjectNode document = document().put("fence", wish.fence().value());
        ArrayNode entries = document.putArray("entries");
        wish.composition()
                .counts()
                .forEach((entry, count) -> write(entries.addObject(), entry).put("count", count));
        return bytes(document);
    }

    static StandingWish readWish(byte[] bytes) throws IOException {
        JsonNode document = parse(bytes);
        Map<Entry, Integer> counts = new HashMap<>();
        for (JsonNode each : document.path("entries")) {
            counts.put(readEntry(each), each.path("count").asInt());
        }
        return new StandingWish(new Fence(document.path("fence").asLong()), new Composition(counts));
    }

    static byte[] write(InstanceRecord instance) throws IOException {
        ObjectNode document = write(document().put("id", instance.id().value()), instance.entry())
                .put("createdAt", instance.createdAt().toEpochMilli());
        instance.run().ifPresent(run -> write(document.putObject("run"), run));
        write(document.putObject("exits"), instance.exits());
        instance.stoppingSince().ifPresent(since -> document.put("stoppingSince", since.toEpochMilli()));
        return bytes(document);
    }

    static InstanceRecord readInstance(byte[] bytes) throws IOException {
        JsonNode document = parse(bytes);
        return new InstanceRecord(
                new InstanceId(document.path("id").asText()),
                readEntry(document),
                instant(document, "createdAt"),
                object(document, "run").map(Documents::readRun),
                readExits(document.path("exits")),
                optionalInstant(document, "stoppingSince"));
    }

    private static ObjectNode write(ObjectNode into, Entry entry) {
        return into.put("revision", entry.revision().value()).put("generation", entry.generation());
    }

    private static Entry readEntry(JsonNode from) {
        return new Entry(
                new RevisionId(from.path("revision").asText()),
                from.path("generation").asInt());
    }

    private static void write(ObjectNode into, InstanceRecord.Run run) {
        into.put("number", run.number())
                .put("fence", run.fence().value())
                .put("port", run.port())
                .put("startedAt", run.startedAt().toEpochMilli())
                .put("boot", run.boot())
                .put("java", run.java())
                .put("searchPath", run.searchPath())
                .put("wasReady", run.wasReady());
        run.readySince().ifPresent(since -> into.put("readySince", since.toEpochMilli()));
        run.became()
                .ifPresent(identity -> into.putObject("became")
                        .put("executable", identity.executable())
                        .put("commandLine", identity.commandLine())
                        .put("environment", identity.environment()));
    }

    private static InstanceRecord.Run readRun(JsonNode from) {
        return new InstanceRecord.Run(
                from.path("number").asInt(),
                new Fence(from.path("fence").asLong()),
                from.path("port").asInt(),
                instant(from, "startedAt"),
                from.path("boot").asText(),
                from.path("java").asText(),
                from.path("searchPath").asText(),
                from.path("wasReady").asBoolean(),
                optionalInstant(from, "readySince"),
                object(from, "became")
                        .map(identity -> new InstanceRecord.Identity(
                                identity.path("executable").asText(),
                                identity.path("commandLine").asText(),
                                identity.path("environment").asText())));
    }

    private static void write(ObjectNode into, InstanceRecord.Exits exits) {
        into.put("count", exits.count())
                .put("nextBackOff", exits.nextBackOff().toMillis())
                .put("countedFrom", exits.countedFrom().toEpochMilli())
                .put("detail", exits.detail());
        exits.until().ifPresent(until -> into.put("until", until.toEpochMilli()));
    }

    private static InstanceRecord.Exits readExits(JsonNode from) {
        return new InstanceRecord.Exits(
                from.path("count").asInt(),
                Duration.ofMillis(from.path("nextBackOff").asLong()),
                instant(from, "countedFrom"),
                optionalInstant(from, "until"),
                from.path("detail").asText());
    }

    static Optional<JsonNode> object(JsonNode from, String name) {
        return Optional.ofNullable(from.get(name));
    }

    private static Instant instant(JsonNode from, String name) {
        return Instant.ofEpochMilli(from.path(name).asLong());
    }

    private static Optional<Instant> optionalInstant(JsonNode from, String name) {
        return from.has(name) ? Optional.of(instant(from, name)) : Optional.empty();
    }
}
