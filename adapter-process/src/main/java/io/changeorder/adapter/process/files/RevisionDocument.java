package io.changeorder.adapter.process.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The form in which the content of a revision is kept. */
final class RevisionDocument {
    private RevisionDocument() {}

    static byte[] write(Revision revision) throws IOException {
        ObjectNode document = Documents.document()
                .put("packageType", revision.packageType().name())
                .put("versionLabel", revision.versionLabel())
                .put("jvmOptions", revision.jvmOptions())
                .put("jarArguments", revision.jarArguments())
                .put("terminationGraceSeconds", revision.terminationGraceSeconds());
        revision.artifact().ifPresent(artifact -> {
            ObjectNode node = document.putObject("artifact").put("location", artifact.location());
            artifact.sha256().ifPresent(sha256 -> node.put("sha256", sha256));
        });
        revision.command().ifPresent(command -> document.put("command", command));
        write(document.putArray("arguments"), revision.arguments());
        ObjectNode environment = document.putObject("environment");
        revision.environment().forEach(environment::put);
        ObjectNode probes = document.putObject("probes");
        revision.probes().liveness().ifPresent(probe -> write(probes.putObject("liveness"), probe));
        revision.probes().readiness().ifPresent(probe -> write(probes.putObject("readiness"), probe));
        revision.probes().startup().ifPresent(probe -> write(probes.putObject("startup"), probe));
        return Documents.bytes(document);
    }

    static Revision read(byte[] bytes) throws IOException {
        JsonNode document = Documents.parse(bytes);
        Map<String, String> environment = new TreeMap<>();
        document.path("environment")
                .properties()
                .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
        JsonNode probes = document.path("probes");
        return new Revision(
                PackageType.valueOf(document.path("packageType").asText()),
                Documents.object(document, "artifact")
                        .map(artifact -> new Artifact(artifact.path("location").asText(), text(artifact, "sha256"))),
                document.path("versionLabel").asText(),
                text(document, "command"),
                texts(document.path("arguments")),
                document.path("jvmOptions").asText(),
                document.path("jarArguments").asText(),
                environment,
                new Probes(
                        Documents.object(probes, "liveness").map(RevisionDocument::readProbe),
                        Documents.object(probes, "readiness").map(RevisionDocument::readProbe),
                        Documents.object(probes, "startup").map(RevisionDocument::readProbe)),
                document.path("terminationGraceSeconds").asInt());
    }

    private static void write(ObjectNode into, Probe probe) {
        into.put("initialDelaySeconds", probe.initialDelaySeconds())
                .put("periodSeconds", probe.periodSeconds())
                .put("timeoutSeconds", probe.timeoutSeconds());
        ObjectNode action = probe.action()
                .match(
                        exec -> {
                            ObjectNode node = into.putObject("exec");
                            write(node.putArray("command"), exec.command());
                            return node;
                        },
                        get -> into.putObject("httpGet")
                                .put("path", get.path())
                                .put("port", get.port())
                                .put("scheme", get.scheme().name()),
                        socket -> into.putObject("tcpSocket").put("port", socket.port()));
        if (action.isEmpty()) {
            throw new IllegalArgumentException("a probe has an action");
        }
    }

    private static Probe readProbe(JsonNode from) {
        return new Probe(
                readAction(from),
                from.path("initialDelaySeconds").asInt(),
                from.path("periodSeconds").asInt(),
                from.path("timeoutSeconds").asInt());
    }

    private static Probe.Action readAction(JsonNode from) {
        Optional<Probe.Action> exec =
                Documents.object(from, "exec").map(node -> new Probe.Exec(texts(node.path("command"))));
        Optional<Probe.Action> httpGet = Documents.object(from, "httpGet")
                .map(node -> new Probe.HttpGet(
                        node.path("path").asText(),
                        node.path("port").asInt(),
                        Probe.Scheme.valueOf(node.path("scheme").asText())));
        return exec.or(() -> httpGet)
                .orElseGet(() ->
                        new Probe.TcpSocket(from.path("tcpSocket").path("port").asInt()));
    }

    private static void write(ArrayNode into, List<String> texts) {
        texts.forEach(into::add);
    }

    private static List<String> texts(JsonNode from) {
        List<String> texts = new ArrayList<>();
        from.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Optional<String> text(JsonNode from, String name) {
        return Documents.object(from, name).map(JsonNode::asText);
    }
}
