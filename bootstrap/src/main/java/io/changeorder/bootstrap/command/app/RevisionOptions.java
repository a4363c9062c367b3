package io.changeorder.bootstrap.command.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What each instance runs. What is not given stays as it is. */
final class RevisionOptions {
    @Option(
            names = "--package",
            paramLabel = "FILE",
            description = "The package: a file on the server's machine, or a URL.")
    private Optional<String> packageUrl = Optional.empty();

    @Option(
            names = "--package-type",
            paramLabel = "TYPE",
            description = "FatJar, War or Image; FatJar by default where a package is given.")
    private Optional<String> packageType = Optional.empty();

    @Option(names = "--package-version", paramLabel = "LABEL", description = "What people call this version.")
    private Optional<String> packageVersion = Optional.empty();

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "A variable of the environment; can be repeated. Given once, the variables that are not given"
                    + " are gone.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(names = "--command", paramLabel = "PROGRAM", description = "What to run, if not the package by itself.")
    private Optional<String> command = Optional.empty();

    @Option(names = "--arg", paramLabel = "ARGUMENT", description = "An argument of the program; can be repeated.")
    private List<String> arguments = List.of();

    @Option(
            names = "--readiness",
            paramLabel = "JSON",
            description = "When an instance is ready, such as"
                    + " '{\"httpGet\":{\"path\":\"/ready\",\"port\":0},\"periodSeconds\":1}'; port 0 stands for the"
                    + " instance's own.")
    private Optional<String> readiness = Optional.empty();

    @Option(names = "--liveness", paramLabel = "JSON", description = "When an instance has to be replaced.")
    private Optional<String> liveness = Optional.empty();

    @Option(names = "--startup", paramLabel = "JSON", description = "When an instance has started.")
    private Optional<String> startup = Optional.empty();

    @Option(
            names = "--termination-grace",
            paramLabel = "SECONDS",
            description = "How long an instance may take to end before it is killed.")
    private Optional<Integer> terminationGrace = Optional.empty();

    Arguments arguments() {
        return new Arguments()
                .put("PackageUrl", packageUrl.map(RevisionOptions::url))
                .put("PackageType", packageType.or(() -> packageUrl.map(given -> "FatJar")))
                .put("PackageVersion", packageVersion)
                .put("Envs", environment.isEmpty() ? Optional.empty() : Optional.of(variables(environment)))
                .put("Command", command)
                .put("CommandArgs", arguments.isEmpty() ? Optional.empty() : Optional.of(texts(arguments)))
                .put("Readiness", readiness)
                .put("Liveness", liveness)
                .put("StartupProbe", startup)
                .put("TerminationGracePeriodSeconds", terminationGrace);
    }

    private static String url(String text) {
        return text.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")
                ? text
                : Path.of(text).toAbsolutePath().normalize().toUri().toString();
    }

    private static ArrayNode variables(Map<String, String> environment) {
        ArrayNode array = Arguments.JSON.arrayNode();
        environment.forEach((name, value) -> array.addObject().put("name", name).put("value", value));
        return array;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = Arguments.JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
