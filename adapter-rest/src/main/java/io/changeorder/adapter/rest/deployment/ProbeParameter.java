package io.changeorder.adapter.rest.deployment;

import io.changeorder.adapter.rest.parameter.JsonParameter;
import io.changeorder.domain.revision.Probe;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Liveness, Readiness and StartupProbe: {@code {"exec":{"command":[..]}}}, {@code {"httpGet":{"path","port","scheme"}}}
 * or {@code {"tcpSocket":{"port"}}}, with initialDelaySeconds, periodSeconds and timeoutSeconds beside it.
 */
final class ProbeParameter {
    private static final int MAX_PORT = 65_535;

    private ProbeParameter() {}

    /** The probe, or none for an empty text or object. */
    static Optional<Probe> parse(String parameter, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        JsonParameter json = JsonParameter.parse(parameter, text).requireObject();
        if (json.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Probe(
                action(json),
                seconds(json, "initialDelaySeconds", Probe.DEFAULT_INITIAL_DELAY_SECONDS, 0),
                seconds(json, "periodSeconds", Probe.DEFAULT_PERIOD_SECONDS, 1),
                seconds(json, "timeoutSeconds", Probe.DEFAULT_TIMEOUT_SECONDS, 1)));
    }

    private static Probe.Action action(JsonParameter json) {
        List<Probe.Action> actions = Stream.of(
                        json.member("exec").map(ProbeParameter::exec),
                        json.member("httpGet").map(ProbeParameter::httpGet),
                        json.member("tcpSocket").map(ProbeParameter::tcpSocket))
                .flatMap(Optional::stream)
                .toList();
        if (actions.size() != 1) {
            throw json.unusable("does not have exactly one of exec, httpGet and tcpSocket");
        }
        return actions.get(0);
    }

    private static Probe.Action exec(JsonParameter exec) {
        List<String> command = exec.requireObject().requiredMember("command").elements().stream()
                .map(JsonParameter::text)
                .toList();
        if (command.isEmpty()) {
            throw exec.unusable("has an empty command");
        }
        return new Probe.Exec(command);
    }

    private static Probe.Action httpGet(JsonParameter get) {
        get.requireObject()
                .member("keyWord")
                .filter(word -> !word.text().isEmpty())
                .ifPresent(word -> {
                    throw word.unusable("is not supported: the status of the answer decides");
                });
        String path = get.member("path").map(JsonParameter::text).orElse("/");
        if (!path.startsWith("/")) {
            throw get.unusable("has a path that does not start with a slash");
        }
        return new Probe.HttpGet(
                path,
                port(get),
                get.member("scheme").map(ProbeParameter::scheme).orElse(Probe.Scheme.HTTP));
    }

    private static Probe.Scheme scheme(JsonParameter scheme) {
        return switch (scheme.text().toUpperCase(Locale.ROOT)) {
            case "HTTP" -> Probe.Scheme.HTTP;
            case "HTTPS" -> Probe.Scheme.HTTPS;
            default -> throw scheme.unusable("is neither HTTP nor HTTPS");
        };
    }

    private static Probe.Action tcpSocket(JsonParameter socket) {
        return new Probe.TcpSocket(port(socket.requireObject()));
    }

    private static int port(JsonParameter json) {
        JsonParameter port = json.requiredMember("port");
        if (port.integer(0) > MAX_PORT) {
            throw port.unusable("is not a port");
        }
        return port.integer();
    }

    private static int seconds(JsonParameter json, String name, int otherwise, int least) {
        return json.member(name).map(seconds -> seconds.integer(least)).orElse(otherwise);
    }
}
