package io.changeorder.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.bootstrap.child.Child;
import io.changeorder.bootstrap.client.Credentials;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.watch.OrderFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A data folder with a real server on it, in a process of its own, that can be killed and started again; and the world,
 * which is every process that bears the folder's mark. Closing leaves no process behind.
 */
final class ServedFolder implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Credentials SOMEBODY = new Credentials("tester", "secret");

    private final Path data;
    private final Path logs;
    private final List<Child> servers = new ArrayList<>();
    private Optional<WireClient> client = Optional.empty();

    /**
     * Nothing runs yet.
     *
     * @param folder for its own; what it holds is left there
     */
    ServedFolder(Path folder) throws IOException {
        data = Files.createDirectories(folder.resolve("data")).toRealPath();
        logs = Files.createDirectories(folder.resolve("logs"));
    }

    Path data() {
        return data;
    }

    /** Starts a server, and waits until it listens. */
    void start(String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("serve", "--data", data.toString(), "--port", "0", "--log-level=warn"),
                        Stream.of(more))
                .toArray(String[]::new);
        Child server = Child.start(logs, logs, arguments);
        servers.add(server);
        String line = server.awaitLine(each -> each.startsWith("Changeorder listens on "));
        client = Optional.of(
                new WireClient(URI.create(line.replaceFirst(".* (http://127\\.0\\.0\\.1:\\d+),.*", "$1")), SOMEBODY));
    }

    /** The present server dies at once. */
    void kill() {
        server().kill();
        server().awaitExit();
    }

    /** The present server is asked to stop, and has stopped when this returns; its exit code. */
    int terminate() {
        server().terminate();
        return server().awaitExit();
    }

    /** What the present server logged. */
    String log() {
        return server().errors();
    }

    private Child server() {
        return servers.get(servers.size() - 1);
    }

    WireClient client() {
        return client.orElseThrow();
    }

    // ---- commands and queries

    JsonNode call(WireOperation operation, Map<String, String> parameters) {
        return client().call(operation, parameters);
    }

    /** An application, by its name. */
    String create(String name, Map<String, String> parameters) {
        JsonNode data = call(
                WireOperation.CREATE_APPLICATION, with(parameters, Map.of("AppName", name, "PackageType", "FatJar")));
        OrderFacts end = awaitEnd(data.path("ChangeOrderId").asText());
        assertThat(end.hasSucceeded()).as("%s", end.json()).isTrue();
        return data.path("AppId").asText();
    }

    /** Opens an order. */
    String deploy(String application, Map<String, String> parameters) {
        return call(WireOperation.DEPLOY_APPLICATION, with(parameters, Map.of("AppId", application)))
                .path("ChangeOrderId")
                .asText();
    }

    /** Aborts and rolls back; the rollback's order. */
    String abortAndRollBack(String order) {
        return call(WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, Map.of("ChangeOrderId", order))
                .path("RollbackChangeOrderId")
                .asText();
    }

    OrderFacts order(String id) {
        return OrderFacts.of(call(WireOperation.DESCRIBE_CHANGE_ORDER, Map.of("ChangeOrderId", id)));
    }

    /** Waits until an order is no longer live; one that needs a person does not get there. */
    OrderFacts awaitEnd(String id) {
        OrderFacts end = awaitOrder(id, "ends", order -> !order.isLive() || order.needsPerson());
        assertThat(end.isLive()).as("needs a person: %s", end.json()).isFalse();
        return end;
    }

    OrderFacts awaitOrder(String id, String what, Predicate<OrderFacts> reached) {
        return await("order " + id + " " + what)
                .atMost(PATIENCE)
                .pollInterval(PAUSE)
                .until(() -> order(id), reached);
    }

    /** Its instances, as DescribeApplicationInstances tells of them, by id. */
    Map<String, JsonNode> instances(String application) {
        Map<String, JsonNode> instances = new HashMap<>();
        call(
                        WireOperation.DESCRIBE_APPLICATION_INSTANCES,
                        Map.of("AppId", application, "GroupId", "_DEFAULT_GROUP", "PageSize", "1000"))
                .path("Instances")
                .forEach(each -> instances.put(each.path("InstanceId").asText(), each));
        return instances;
    }

    static Map<String, String> with(Map<String, String> parameters, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(parameters);
        all.putAll(more);
        return all;
    }

    static void awaitThat(String what, Callable<Boolean> holds) {
        await(what).atMost(PATIENCE).pollInterval(PAUSE).until(holds);
    }

    // ---- the world

    /**
     * A process that bears the folder's mark.
     *
     * @param version {@code APP_VERSION} in its environment
     */
    record Marked(long pid, String application, String instance, String version) {
        private static Optional<Marked> of(ProcessHandle process) {
            Map<String, String> variables = new HashMap<>();
            Child.environment(process.pid())
                    .map(variable -> variable.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> variables.put(pair[0], pair[1]));
            // It may have ended since it was listed.
            return Optional.ofNullable(variables.get("INSTANCE_ID"))
                    .map(instance -> new Marked(
                            process.pid(),
                            variables.getOrDefault("APPLICATION_ID", ""),
                            instance,
                            variables.getOrDefault("APP_VERSION", "")));
        }

        void signal(String name) {
            try {
                int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor();
                assertThat(exit).as("kill -%s", name).isZero();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Every process of the folder, whoever started it. */
    List<Marked> world() {
        return Child.withVariable(("CHANGEORDER_DATA=" + data)::equals).stream()
                .flatMap(process -> Marked.of(process).stream())
                .toList();
    }

    List<Marked> world(String application) {
        return world().stream()
                .filter(process -> process.application().equals(application))
                .toList();
    }

    @Override
    public void close() {
        servers.forEach(Child::close);
        try (ProcessRuntime runtime = ProcessRuntime.in(data).open()) {
            assertThat(runtime.endAll(Duration.ofMillis(500)))
                    .as("nothing is left")
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(world()).isEmpty();
    }
}
