package io.changeorder.bootstrap.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.bootstrap.child.Child;
import io.changeorder.bootstrap.client.Credentials;
import io.changeorder.bootstrap.client.ServerUnreachableException;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Nodes over one database and one data folder, each in a JVM of its own. Closing leaves no process behind. */
final class Nodes implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Credentials SOMEBODY = new Credentials("tester", "secret");

    private final Path data;
    private final Path logs;
    private final int port;
    private final Duration lease;
    private final Random random;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Node> frozen = new HashSet<>();

    /** One of them; another process after each start. */
    record Node(Child process, WireClient client) {}

    /** As {@link #Nodes(Path, int, Duration, Random)}, with {@link #LEASE}. */
    Nodes(Path folder, int port, Random random) throws IOException {
        this(folder, port, LEASE, random);
    }

    /**
     * None of them runs yet.
     *
     * @param folder for their own
     * @param port where they find their database
     * @param lease how long they are waited for
     * @param random which of them is asked
     */
    Nodes(Path folder, int port, Duration lease, Random random) throws IOException {
        data = Files.createDirectories(folder.resolve("data")).toRealPath();
        logs = Files.createDirectories(folder.resolve("logs"));
        this.port = port;
        this.lease = lease;
        this.random = random;
    }

    /** Starts one more. */
    Node start() {
        Child process = Child.start(
                logs,
                logs,
                Map.of("CHANGEORDER_STORE_USER", "postgres", "CHANGEORDER_STORE_PASSWORD", "postgres"),
                "serve",
                "--data=" + data,
                "--port=0",
                "--store=" + Database.url(port),
                "--lease-seconds=" + lease.toSeconds(),
                "--log-level=info");
        Node node = new Node(process, new WireClient(endpoint(process), SOMEBODY));
        nodes.add(node);
        return node;
    }

    /** Of one that has begun to serve; one that does not is not left behind. */
    private static URI endpoint(Child process) {
        try {
            String line = process.awaitLine(each -> each.startsWith("Changeorder listens on "));
            return URI.create(line.replaceFirst(".* (http://127\\.0\\.0\\.1:\\d+),.*", "$1"));
        } catch (Throwable failed) {
            try (process) {
                throw failed;
            }
        }
    }

    /** Those that were started and not lost, in the order of their starts. */
    List<Node> all() {
        return List.copyOf(nodes);
    }

    /** One that is not frozen: whoever asks one that is waits for its end. */
    Node any() {
        List<Node> awake = nodes.stream().filter(node -> !frozen.contains(node)).toList();
        return awake.get(random.nextInt(awake.size()));
    }

    void freeze(Node node) {
        node.process().freeze();
        frozen.add(node);
    }

    void thaw(Node node) {
        node.process().thaw();
        frozen.remove(node);
    }

    /** It dies at once, and another one takes its place. */
    void kill(Node node) {
        lose(node);
        start();
    }

    /** It dies at once. */
    void lose(Node node) {
        node.process().kill();
        node.process().awaitExit();
        nodes.remove(node);
    }

    /** As somebody who asks the next node when one does not answer, with the token that makes it the same call. */
    JsonNode call(WireOperation operation, Map<String, String> parameters) {
        return await(operation + " is answered")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .ignoreExceptionsInstanceOf(ServerUnreachableException.class)
                .until(() -> any().client().call(operation, parameters), answer -> true);
    }

    OrderFacts order(String id) {
        return OrderFacts.of(call(WireOperation.DESCRIBE_CHANGE_ORDER, Map.of("ChangeOrderId", id)));
    }

    OrderFacts awaitOrder(String id, String what, Predicate<OrderFacts> reached) {
        try {
            return await("order " + id + " " + what)
                    .atMost(PATIENCE)
                    .pollInterval(PAUSE)
                    .until(() -> order(id), reached);
        } catch (RuntimeException late) {
            throw new AssertionError(order(id).json() + logs(), late);
        }
    }

    /** Waits until it is no longer live, as it has to end by itself. */
    OrderFacts expectEnd(String order, OrderStatus status) {
        OrderFacts end = awaitOrder(order, "ends", each -> !each.isLive() || each.needsPerson());
        assertThat(end.status()).as("%s%s", end.json(), logs()).isEqualTo(status);
        return end;
    }

    /** Creates the application of the test, and waits for it; the order. */
    OrderFacts create(Map<String, String> version) {
        JsonNode created = call(
                WireOperation.CREATE_APPLICATION, with(version, Map.of("AppName", "hello", "PackageType", "FatJar")));
        return expectEnd(created.path("ChangeOrderId").asText(), OrderStatus.SUCCEEDED);
    }

    /** Deploys a version in two batches; the order. */
    String deploy(String application, Map<String, String> version, String release) {
        return call(WireOperation.DEPLOY_APPLICATION, deployment(application, version, release))
                .path("ChangeOrderId")
                .asText();
    }

    /** The parameters of {@link #deploy}. */
    static Map<String, String> deployment(String application, Map<String, String> version, String release) {
        String strategy =
                "{\"type\":\"BatchUpdate\",\"batchUpdate\":{\"batch\":2,\"releaseType\":\"" + release + "\"}}";
        return with(version, Map.of("AppId", application, "UpdateStrategy", strategy));
    }

    /** Two instances that do nothing, of a version that bears a number; the same call each time it is made. */
    static Map<String, String> sleeping(int version) {
        return Map.of(
                "Command",
                "/bin/sleep",
                "CommandArgs",
                "[\"1000\"]",
                "Envs",
                "[{\"name\":\"APP_VERSION\",\"value\":\"" + version + "\"}]",
                "PackageVersion",
                "v" + version,
                "Replicas",
                "2",
                "ReadyForSeconds",
                "0",
                "ClientToken",
                "token-" + version);
    }

    static Map<String, String> with(Map<String, String> parameters, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(parameters);
        all.putAll(more);
        return all;
    }

    /** What the nodes that are there logged. */
    String logs() {
        StringBuilder all = new StringBuilder();
        for (Node node : nodes) {
            all.append("\n== ")
                    .append(node.client().endpoint())
                    .append('\n')
                    .append(node.process().errors());
        }
        return all.toString();
    }

    /**
     * A process that was started from the folder.
     *
     * @param name of what it runs by now
     */
    record Instance(String version, String name) {}

    /** Every process that was started from the folder. */
    List<Instance> world() {
        return Child.withVariable(("CHANGEORDER_DATA=" + data)::equals).stream()
                .map(process -> new Instance(
                        Child.environment(process.pid())
                                .filter(variable -> variable.startsWith("APP_VERSION="))
                                .findFirst()
                                .map(variable -> variable.substring("APP_VERSION=".length()))
                                .orElse("?"),
                        name(process.pid())))
                .toList();
    }

    private static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.process().close());
        try (ProcessRuntime runtime = ProcessRuntime.in(data).open()) {
            assertThat(runtime.endAll(Duration.ofMillis(500)))
                    .as("nothing is left")
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
