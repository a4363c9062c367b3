package io.changeorder.bootstrap.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.process.ProcessRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as users run it: in a process of its own, with real processes of applications. */
@Tag("kill")
class ServeTest {
    private static final String READINESS =
            "{\"httpGet\":{\"path\":\"/ready\",\"port\":0},\"initialDelaySeconds\":0,\"periodSeconds\":1}";

    @TempDir
    Path data;

    @TempDir
    Path logs;

    private Path hello;

    @BeforeEach
    void buildHello() throws IOException {
        hello = HelloJar.in(logs);
    }

    @AfterEach
    void endProcesses() throws IOException {
        try (ProcessRuntime runtime = ProcessRuntime.in(data).open()) {
            assertThat(runtime.endAll(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void itStopsInOrderAndTheNextOneAdoptsTheProcesses() {
        Set<Long> before;
        try (Child server = serve()) {
            assertThat(listening(server))
                    .contains(", open to everybody on this machine as long as there is no access key.");
            create();
            before = processes();
            assertThat(before).hasSize(2);

            server.terminate();

            assertThat(server.awaitExit()).isEqualTo(143);
            assertThat(server.errors()).doesNotContain("WARN", "ERROR", "Exception");
        }
        assertThat(data.resolve("endpoint")).doesNotExist();
        assertThat(processes()).isEqualTo(before);

        try (Child next = serve()) {
            listening(next);
            assertThat(run("apps").get(1)).startsWith("hello").contains("  2      2");
            run("rescale", "--app=hello", "--replicas=3", "--wait");

            assertThat(processes()).hasSize(3).containsAll(before);
            next.terminate();
            next.awaitExit();
        }
    }

    @Test
    void afterItWasKilledTheNextOneGoesOn() {
        Set<Long> before;
        try (Child server = serve()) {
            listening(server);
            create();
            before = processes();
            server.kill();
            server.awaitExit();
        }
        try (Child next = serve()) {
            listening(next);
            run("rescale", "--app=hello", "--replicas=3", "--wait");

            assertThat(processes()).hasSize(3).containsAll(before);
        }
    }

    @Test
    void aSecondOneOnTheFolderIsRefusedAndToldWhoTheOwnerIs() {
        try (Child server = serve()) {
            listening(server);
            try (Child second = serve()) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.errors())
                        .contains("belongs to process " + server.pid())
                        .contains("--take-over")
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void takingOverEndsThePresentOwnerInOrder() {
        try (Child server = serve()) {
            listening(server);
            create();
            Set<Long> before = processes();
            try (Child second = serve("--take-over")) {
                listening(second);

                assertThat(server.awaitExit()).isEqualTo(143);
                run("apps");
                assertThat(processes()).isEqualTo(before);
            }
        }
    }

    @Test
    void aTakenPortIsNamed() {
        try (Child server = serve()) {
            String port = listening(server).replaceFirst(".*http://127.0.0.1:(\\d+),.*", "$1");
            try (Child second = Child.start(
                    logs, logs, "serve", "--data", logs.resolve("other").toString(), "--port", port)) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.errors())
                        .contains("Port " + port + " of 127.0.0.1 is taken.")
                        .contains("--port");
            }
        }
    }

    @Test
    void packagesComeFromWhereTheOperatorSaidAndFromNowhereElse() throws IOException {
        Path packages = Files.createDirectory(logs.resolve("packages"));
        Path elsewhere = Files.copy(hello, logs.resolve("elsewhere.jar"));
        Files.createSymbolicLink(packages.resolve("link.jar"), elsewhere);
        hello = Files.copy(hello, packages.resolve("hello.jar"));
        try (Child server = serve("--artifacts", packages.toString())) {
            listening(server);
            create();
            for (Path refused : List.of(elsewhere, packages.resolve("link.jar"), data.resolve("changeorder.db"))) {
                assertThat(refusal("deploy", "--app=hello", "--package=" + refused))
                        .contains("InvalidParameter.WithMessage", "PackageUrl", "Packages may come from");
            }
        }
    }

    @Test
    void secretsOfTheServerReachNoInstance() throws IOException {
        Path credentials = Files.writeString(logs.resolve("credentials"), "user\npassword\n");
        Path keyFile = Files.writeString(logs.resolve("own.key"), "opened only where there are keys");
        Map<String, String> secrets = Map.of(
                "CHANGEORDER_STORE_PASSWORD",
                "not-for-instances",
                "CHANGEORDER_STORE_CREDENTIALS",
                credentials.toString());
        try (Child server = serve(secrets, "--key-file=" + keyFile)) {
            listening(server);
            create();
            for (Path refused : List.of(keyFile, credentials, data.resolve("changeorder.db"))) {
                assertThat(refusal("deploy", "--app=hello", "--package=" + refused, "--command=/bin/cat"))
                        .contains("InvalidParameter.WithMessage", "no package is taken from");
            }
            assertThat(processes())
                    .isNotEmpty()
                    .allSatisfy(pid -> assertThat(Files.readString(Path.of("/proc/" + pid + "/environ")))
                            .contains("INSTANCE_ID=")
                            .doesNotContain("CHANGEORDER_STORE", "not-for-instances"));
        }
    }

    /** What a command says that is refused. */
    private String refusal(String... arguments) {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--data", data.toString()))
                .toArray(String[]::new);
        try (Child command = Child.start(logs, logs, all)) {
            assertThat(command.awaitExit()).isNotZero();
            return command.errors();
        }
    }

    private Child serve(String... more) {
        return serve(Map.of(), more);
    }

    private Child serve(Map<String, String> environment, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("serve", "--data", data.toString(), "--port", "0", "--log-level=warn"),
                        Stream.of(more))
                .toArray(String[]::new);
        return Child.start(logs, logs, environment, arguments);
    }

    private static String listening(Child server) {
        return server.awaitLine(line -> line.startsWith("Changeorder listens on "));
    }

    private void create() {
        run(
                "create",
                "--name=hello",
                "--package=" + hello,
                "--replicas=2",
                "--readiness=" + READINESS,
                "--ready-for-seconds=0",
                "--wait");
    }

    /** Runs a command in a JVM of its own, and expects that it is done. */
    private List<String> run(String... arguments) {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--data", data.toString()))
                .toArray(String[]::new);
        try (Child command = Child.start(logs, logs, all)) {
            assertThat(command.awaitExit()).as(command.errors()).isZero();
            return command.lines();
        }
    }

    private Set<Long> processes() {
        try {
            String marker = "CHANGEORDER_DATA=" + data.toRealPath();
            return Child.withVariable(marker::equals).stream()
                    .map(ProcessHandle::pid)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
