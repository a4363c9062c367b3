package io.changeorder.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeorder.adapter.persistence.postgres.PostgresServer;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.bootstrap.server.ChangeorderServer;
import io.changeorder.bootstrap.server.Listening;
import io.changeorder.bootstrap.server.ServerSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A real server over a simulated runtime in this JVM, and the command line that talks to it over HTTP. */
final class InProcess implements AutoCloseable {
    final SimulatedRuntime runtime = new SimulatedRuntime(InstantSource.system());
    final Path folder;
    private final Map<String, String> environment;
    private final ChangeorderServer server;

    InProcess(Path folder) {
        this(folder, Optional.empty());
    }

    InProcess(Path folder, Optional<Path> policy) {
        this(folder, policy, Listening.onLoopback(0));
    }

    InProcess(Path folder, Optional<Path> policy, Listening listening) {
        this(new ServerSettings(
                folder, listening, ZoneOffset.UTC, policy, EngineOptions.DEFAULT, false, Optional.empty()));
    }

    private InProcess(ServerSettings settings) {
        this.folder = settings.data();
        this.server = ChangeorderServer.start(settings, data -> runtime);
        this.environment = new HashMap<>(Map.of("CHANGEORDER_DATA", folder.toString()));
        settings.database().ifPresent(shared -> {
            // Nodes on one folder write over where the other one listens.
            environment.put("CHANGEORDER_ENDPOINT", server.address().toString());
            environment.put("CHANGEORDER_STORE", shared.url());
            environment.put("CHANGEORDER_STORE_USER", shared.user());
        });
    }

    /** One of several over a database, with a runtime of its own, whose first purge comes after some seconds. */
    static InProcess over(PostgresServer database, Path folder) {
        EngineOptions options = EngineOptions.DEFAULT.withLease(Duration.ofSeconds(1));
        return new InProcess(new ServerSettings(
                folder,
                Listening.onLoopback(0),
                ZoneOffset.UTC,
                Optional.empty(),
                options,
                false,
                Optional.of(database)));
    }

    /** How a command ended. */
    record Result(int exit, String out, String err) {
        Result expect(int code) {
            assertThat(exit).as("exit code; %s %s", out, err).isEqualTo(code);
            return this;
        }

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + out + err, e);
            }
        }
    }

    /** Runs a command against this server. */
    Result run(String... arguments) {
        return run(environment, arguments);
    }

    /** Runs a command against this server, as the owner of a key. */
    Result as(IssuedKey key, String... arguments) {
        return as(key, Map.of(), arguments);
    }

    /** The same, with more in its environment. */
    Result as(IssuedKey key, Map<String, String> more, String... arguments) {
        Map<String, String> signed = new HashMap<>(environment);
        signed.put("CHANGEORDER_ACCESS_KEY_ID", key.id());
        signed.put("CHANGEORDER_ACCESS_KEY_SECRET", key.secret());
        signed.putAll(more);
        return run(signed, arguments);
    }

    /** Runs a command on access keys, beside this server. */
    Result keys(String command, String... more) {
        return run(Stream.concat(Stream.of("keys", command, "--json"), Stream.of(more))
                .toArray(String[]::new));
    }

    /** A key that may do everything. */
    IssuedKey createKey(String... more) {
        return IssuedKey.of(keys(
                        "create",
                        Stream.concat(Stream.of("--policy=FullAccess"), Stream.of(more))
                                .toArray(String[]::new))
                .expect(0)
                .json());
    }

    /** Runs a command with this environment. */
    static Result run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                Main.commandLine(environment).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = line.execute(arguments);
        return new Result(exit, out.toString(), err.toString());
    }

    /** Creates application {@code hello} with 4 instances of version 1, and waits for it. */
    String create() {
        return run(
                        "create",
                        "--name=hello",
                        "--package=file:///hello-1.jar",
                        "--package-version=v1",
                        "--replicas=4",
                        "--ready-for-seconds=0",
                        "--wait",
                        "--json")
                .expect(0)
                .json()
                .path("AppId")
                .asText();
    }

    /** Deploys version 2 in two manual batches, and waits until the second one waits. */
    String deployFirstBatch(String... more) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "deploy",
                                "--app=hello",
                                "--package=file:///hello-2.jar",
                                "--package-version=v2",
                                "--batches=2",
                                "--manual",
                                "--json"),
                        Stream.of(more))
                .toArray(String[]::new);
        String order = run(arguments).expect(0).json().path("ChangeOrderId").asText();
        await().until(() -> run("order", order, "--json").json().path("Status").asInt() == 8);
        return order;
    }

    URI address() {
        return server.address();
    }

    List<String> lines(String... arguments) {
        return run(arguments).expect(0).out().lines().toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
