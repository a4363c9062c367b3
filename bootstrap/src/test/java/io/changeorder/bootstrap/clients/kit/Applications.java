package io.changeorder.bootstrap.clients.kit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Applications of real processes for the stories of the clients, made and awaited through the generic client. */
public final class Applications {
    public static final String GROUP = "_DEFAULT_GROUP";
    public static final String TWO_MANUAL_BATCHES =
            "{\"type\":\"BatchUpdate\",\"batchUpdate\":{\"batch\":2,\"releaseType\":\"manual\"}}";
    public static final String PROBE =
            "{\"httpGet\":{\"path\":\"/ready\",\"port\":0},\"initialDelaySeconds\":0,\"periodSeconds\":1}";

    /** A virtual machine that is started for a few seconds. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** Whatever the application has: a busy machine is no reason to fail. */
    private static final String PATIENT = "600";

    // The numbers of the wire.
    public static final int SUCCEEDED = 2;
    public static final int ABORTED = 6;
    public static final int AWAITING_CONFIRMATION = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final ServerUnderTest server;
    private final TeaClient client;

    private Applications(ServerUnderTest server, TeaClient client) {
        this.server = server;
        this.client = client;
    }

    public static Applications of(ServerUnderTest server) {
        return new Applications(server, new TeaClient(server.endpoint(), ServerUnderTest.KEY));
    }

    /** Two instances of version 1 that run; the application's id. */
    public String running(String name) {
        return running(name, Map.of());
    }

    /** With more variables in its environment. */
    public String running(String name, Map<String, String> variables) {
        Map<String, String> parameters = new HashMap<>(creation(name));
        parameters.put("Envs", environment("1", variables));
        Map<String, Object> data = Fields.data(client.call("CreateApplication", parameters));
        awaitStatus(Fields.text(data, "ChangeOrderId"), SUCCEEDED);
        return Fields.text(data, "AppId");
    }

    /** The parameters of two instances of version 1. */
    public Map<String, String> creation(String name) {
        return Map.of(
                "AppName",
                name,
                "PackageType",
                "FatJar",
                "PackageUrl",
                server.packageUrl(),
                "PackageVersion",
                "1",
                "Replicas",
                "2",
                "Envs",
                environment("1", Map.of()),
                "Readiness",
                PROBE,
                "JarStartOptions",
                QUICK_START,
                "ReadyForSeconds",
                "0");
    }

    /** An order in two manual batches that waits for the confirmation of the second one; its id. */
    public String deployHalf(String application, String version) {
        Map<String, String> parameters = Map.of(
                "AppId", application,
                "PackageVersion", version,
                "Envs", environment(version, Map.of()),
                "UpdateStrategy", TWO_MANUAL_BATCHES,
                "InstanceReadySeconds", PATIENT);
        String order = Fields.text(Fields.data(client.call("DeployApplication", parameters)), "ChangeOrderId");
        awaitStatus(order, AWAITING_CONFIRMATION);
        return order;
    }

    /** The order, as soon as it is there. */
    public Map<String, Object> awaitStatus(String order, int status) {
        return awaitOrder(order, data -> Fields.number(data, "Status") == status);
    }

    public Map<String, Object> awaitOrder(String order, Predicate<Map<String, Object>> reached) {
        AtomicReference<Map<String, Object>> last = new AtomicReference<>(Map.of());
        await(order)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(() -> {
                    last.set(order(order));
                    return reached.test(last.get());
                });
        return last.get();
    }

    public Map<String, Object> order(String order) {
        return Fields.data(client.call("DescribeChangeOrder", Map.of("ChangeOrderId", order)));
    }

    /** The versions that the instances run, sorted. */
    public List<String> versions(String application) {
        Map<String, Object> data = Fields.data(
                client.call("DescribeApplicationInstances", Map.of("AppId", application, "GroupId", GROUP)));
        return Fields.rows(data.get("Instances")).stream()
                .map(instance -> Fields.text(instance, "PackageVersion"))
                .sorted()
                .toList();
    }

    public static String environment(String version, Map<String, String> more) {
        StringBuilder json = new StringBuilder("[" + variable("APP_VERSION", version));
        more.forEach((name, value) -> json.append(',').append(variable(name, value)));
        return json.append(']').toString();
    }

    private static String variable(String name, String value) {
        return "{\"name\":\"" + name + "\",\"value\":\"" + value + "\"}";
    }
}
