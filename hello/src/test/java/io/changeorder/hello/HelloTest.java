package io.changeorder.hello;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the server as what it is: a process of its own. */
@Timeout(60)
class HelloTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder;

    private int port;

    @BeforeEach
    void takeAFreePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void leaveNothingRunning() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void itTellsVersionProcessAndInstance() throws Exception {
        Process hello = start(Map.of("APP_VERSION", "2.1 \"beta\"", "INSTANCE_ID", "i-7"));

        assertThat(whenListening("/").body().trim())
                .isEqualTo("{\"version\":\"2.1 \\\"beta\\\"\",\"pid\":" + hello.pid() + ",\"instance\":\"i-7\"}");
        assertThat(whenListening("/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void theFirstArgumentIsTheVersionWhenTheEnvironmentNamesNone() throws Exception {
        start(Map.of(), "1.4");

        assertThat(whenListening("/").body()).startsWith("{\"version\":\"1.4\",");
    }

    @Test
    void itIsReadyByDefault() throws Exception {
        start(Map.of());

        assertThat(whenListening("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void itCanBeNeverReady() throws Exception {
        start(Map.of("HELLO_READY", "never"));

        assertThat(whenListening("/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void itCanBecomeReadyLater() throws Exception {
        start(Map.of("HELLO_READY_AFTER_MS", "1500"));

        assertThat(whenListening("/ready").statusCode()).isEqualTo(503);
        while (whenListening("/ready").statusCode() == 503) {
            Thread.sleep(20);
        }
        assertThat(whenListening("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void itIsUnreadyWhileTheFileExists() throws Exception {
        Path unready = Files.createFile(folder.resolve("unready"));
        start(Map.of("HELLO_UNREADY_FILE", unready.toString()));

        assertThat(whenListening("/ready").statusCode()).isEqualTo(503);
        Files.delete(unready);
        assertThat(whenListening("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void itExitsWhenToldTo() throws Exception {
        Process hello = start(Map.of("HELLO_EXIT_AFTER_MS", "50", "HELLO_EXIT_CODE", "9"));

        assertThat(hello.waitFor()).isEqualTo(9);
    }

    @Test
    void aTakenPortEndsItWithCodeThree() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Process hello = start(Map.of("HELLO_IGNORE_TERM", "true"));

            assertThat(hello.waitFor()).isEqualTo(3);
            assertThat(output()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aSenselessEnvironmentEndsItWithCodeTwo() throws Exception {
        Process hello = start(Map.of("HELLO_READY", "perhaps"));

        assertThat(hello.waitFor()).isEqualTo(2);
        assertThat(output()).contains("HELLO_READY is neither always nor never");
    }

    @Test
    void terminationEndsIt() throws Exception {
        Process hello = start(Map.of());
        whenListening("/");

        hello.destroy();

        assertThat(hello.waitFor()).isEqualTo(143);
    }

    @Test
    void itCanSurviveTermination() throws Exception {
        Process hello = start(Map.of("HELLO_IGNORE_TERM", "true"));
        whenListening("/");

        hello.destroy();

        assertThat(hello.waitFor(1, SECONDS)).isFalse();
        assertThat(whenListening("/ready").statusCode()).isEqualTo(200);
    }

    private Process start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target", "classes").toString(),
                Hello.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HELLO_") || name.equals("APP_VERSION"));
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private HttpResponse<String> whenListening(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        while (true) {
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (ConnectException notYet) {
                assertThat(started).as("hello said: " + output()).allMatch(Process::isAlive);
                Thread.sleep(20);
            }
        }
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"), UTF_8);
    }
}
