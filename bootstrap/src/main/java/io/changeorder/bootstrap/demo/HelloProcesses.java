package io.changeorder.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the processes of a data folder in the world, by what is in their environment, and asks each who it is. */
final class HelloProcesses {
    private static final String MARKER = "CHANGEORDER_DATA=";
    private static final String PORT = "PORT=";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    HelloProcesses(Path folder) {
        this.folder = folder;
    }

    /** Everyone that answers, the oldest first. */
    List<HelloProcess> ask() {
        List<HelloProcess> answers = new ArrayList<>();
        for (ProcessHandle process : all()) {
            variable(process.pid(), PORT)
                    .map(Integer::parseInt)
                    .flatMap(this::ask)
                    .ifPresent(answers::add);
        }
        return answers;
    }

    /** Every process of the folder, the oldest first. */
    List<ProcessHandle> all() {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .filter(process -> variable(process.pid(), MARKER)
                            .filter(folder.toString()::equals)
                            .isPresent())
                    .sorted(Comparator.comparing(ProcessHandle::pid))
                    .toList();
        }
    }

    private static Optional<String> variable(long pid, String prefix) {
        try {
            String environment = Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            return Stream.of(environment.split("\0", -1))
                    .filter(variable -> variable.startsWith(prefix))
                    .map(variable -> variable.substring(prefix.length()))
                    .findFirst();
        } catch (IOException goneOrNotOurs) {
            return Optional.empty();
        }
    }

    private Optional<HelloProcess> ask(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(LIMIT)
                .build();
        try {
            JsonNode answer =
                    json.readTree(http.send(request, BodyHandlers.ofString()).body());
            return Optional.of(new HelloProcess(
                    answer.path("pid").asLong(),
                    port,
                    answer.path("version").asText(),
                    answer.path("instance").asText()));
        } catch (IOException silent) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
