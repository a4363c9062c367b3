package io.changeorder.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Sets;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.terminal.Terminal;
import io.changeorder.bootstrap.watch.OrderDisplay;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderFollower;
import io.changeorder.bootstrap.watch.OrderStatus;
import io.changeorder.bootstrap.watch.OrderText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The main job, as a client does it over HTTP: each step is shown, and checked. */
final class Demo {
    private static final int REPLICAS = 4;
    private static final Duration STEP_LIMIT = Duration.ofSeconds(90);
    private static final String READINESS =
            "{\"httpGet\":{\"path\":\"/ready\",\"port\":0},\"initialDelaySeconds\":0,\"periodSeconds\":1}";

    private final Terminal terminal;
    private final WireClient client;
    private final HelloProcesses processes;
    private final URI helloJar;
    private String app = "";

    Demo(Terminal terminal, WireClient client, HelloProcesses processes, Path helloJar) {
        this.terminal = terminal;
        this.client = client;
        this.processes = processes;
        this.helloJar = helloJar.toUri();
    }

    /**
     * All of it.
     *
     * @throws DemoFailedException at the first step that was not as promised
     */
    void run() throws InterruptedException {
        create();
        List<HelloProcess> before = answering(Map.of("1", REPLICAS));
        String order = deployOneBatch();
        List<HelloProcess> mixed = answering(Map.of("1", 2, "2", 2));
        abortAndRollBack(order, ofVersion(mixed, "2"));
        List<HelloProcess> restored = answering(Map.of("1", REPLICAS));
        twoStayed(Sets.intersection(pids(before), pids(mixed)), restored);
        failByItself();
        twoStayed(pids(restored), answering(Map.of("1", REPLICAS)));
    }

    private void create() {
        heading("1. Create application hello with 4 processes of version 1.");
        Map<String, String> parameters = version("1", List.of());
        parameters.put("AppName", "hello");
        parameters.put("PackageType", "FatJar");
        parameters.put("PackageUrl", helloJar.toString());
        parameters.put("Replicas", Integer.toString(REPLICAS));
        parameters.put("Readiness", READINESS);
        parameters.put("ReadyForSeconds", "1");
        JsonNode data = client.call(WireOperation.CREATE_APPLICATION, parameters);
        app = data.path("AppId").asText();
        OrderFacts end = follow(data.path("ChangeOrderId").asText(), order -> !order.isLive());
        expect(end.hasSucceeded(), "the first deployment succeeds", end.standing() + " " + end.error());
    }

    private String deployOneBatch() {
        heading("2. Deploy version 2 in two batches, each by hand; the first one begins by itself.");
        Map<String, String> parameters = version("2", List.of());
        parameters.put("AppId", app);
        parameters.put("UpdateStrategy", batches("manual"));
        String order = client.call(WireOperation.DEPLOY_APPLICATION, parameters)
                .path("ChangeOrderId")
                .asText();
        OrderFacts waiting =
                follow(order, facts -> facts.status() == OrderStatus.AWAITING_CONFIRMATION || !facts.isLive());
        expect(
                waiting.status() == OrderStatus.AWAITING_CONFIRMATION,
                "the second batch waits for a confirmation",
                waiting.standing() + " " + waiting.error());
        return order;
    }

    private void abortAndRollBack(String order, List<HelloProcess> newest) throws InterruptedException {
        heading("3. Abort and roll back: PUT /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId="
                + order);
        CompletableFuture<Long> gone =
                LastExit.of(newest.stream().map(HelloProcess::pid).toList());
        long sent = System.nanoTime();
        JsonNode answer = client.answer(WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, Map.of("ChangeOrderId", order));
        long acknowledged = System.nanoTime();
        detail("HTTP 200 " + answer);
        JsonNode data = answer.path("Data");
        expect(
                data.path("ChangeOrderId").asText().equals(order) && data.has("RollbackChangeOrderId"),
                "the answer names the order and its rollback",
                answer.toString());
        OrderFacts rollback = follow(data.path("RollbackChangeOrderId").asText(), facts -> !facts.isLive());
        long restored = System.nanoTime();
        expect(rollback.hasSucceeded(), "the rollback succeeds", rollback.standing() + " " + rollback.error());
        OrderFacts aborted = new OrderFollower(client, OrderDisplay.NONE).look(order);
        expect(aborted.status() == OrderStatus.ABORTED, "the deployment is aborted", aborted.standing());
        JsonNode proof = rollback.json().path("Proof");
        expect(proof.path("Holds").asBoolean(), "a proof of restoration", proof.toString());
        OrderText.proof(proof).forEach(line -> detail(line.substring(2)));
        detail("Acknowledged after " + millis(sent, acknowledged) + " ms, the last process of version 2 gone "
                + millis(acknowledged, moment(gone)) + " ms after that, all restored after "
                + millis(acknowledged, restored) + " ms.");
    }

    private void failByItself() {
        heading("4. Deploy version 3, which never becomes ready, in two phases; an instance has 8 s for it.");
        Map<String, String> parameters = version("3", List.of("HELLO_READY", "never"));
        parameters.put("AppId", app);
        parameters.put("UpdateStrategy", batches("auto"));
        parameters.put("InstanceReadySeconds", "8");
        String order = client.call(WireOperation.DEPLOY_APPLICATION, parameters)
                .path("ChangeOrderId")
                .asText();
        OrderFacts end = follow(order, facts -> !facts.isLive());
        expect(end.status() == OrderStatus.FAILED, "the deployment fails", end.standing());
        end.error().ifPresent(this::detail);
        expect(
                end.rollback().isPresent(),
                "it is rolled back without anybody asking for it",
                end.json().toString());
        OrderFacts rollback = follow(end.rollback().orElseThrow(), facts -> !facts.isLive());
        expect(rollback.hasSucceeded(), "the rollback succeeds", rollback.standing() + " " + rollback.error());
        JsonNode proof = rollback.json().path("Proof");
        expect(proof.path("Holds").asBoolean(), "a proof of restoration", proof.toString());
        OrderText.proof(proof).stream().limit(1).forEach(line -> detail(line.substring(2)));
    }

    private OrderFacts follow(String order, Predicate<OrderFacts> reached) {
        return new OrderFollower(client, OrderDisplay.on(terminal))
                .follow(order, facts -> reached.test(facts) || facts.needsPerson(), Optional.of(STEP_LIMIT))
                .orElseThrow(() -> new DemoFailedException(
                        "order " + order + " gets on within " + STEP_LIMIT.toSeconds() + " s", "it does not"));
    }

    /** Asks all processes of the application, and expects so many of each version and no others. */
    private List<HelloProcess> answering(Map<String, Integer> versions) {
        List<HelloProcess> answers = processes.ask();
        answers.forEach(each -> detail(
                "http://127.0.0.1:" + each.port() + " answers: version " + each.version() + ", pid " + each.pid()));
        Map<String, Integer> found = answers.stream()
                .collect(Collectors.toMap(HelloProcess::version, each -> 1, Integer::sum, TreeMap::new));
        expect(found.equals(new TreeMap<>(versions)), "so many of each version: " + versions, found.toString());
        return answers;
    }

    /** Two of these are the very same processes still. */
    private void twoStayed(Set<Long> untouched, List<HelloProcess> now) {
        Set<Long> kept = Sets.intersection(untouched, pids(now));
        expect(kept.size() == 2, "two processes that were not touched go on", "of " + untouched + " only " + kept);
        detail("Never touched, with the same pid since before: " + kept);
    }

    private static Set<Long> pids(List<HelloProcess> processes) {
        return processes.stream().map(HelloProcess::pid).collect(Collectors.toSet());
    }

    private static List<HelloProcess> ofVersion(List<HelloProcess> processes, String version) {
        return processes.stream().filter(each -> each.version().equals(version)).toList();
    }

    private static Map<String, String> version(String version, List<String> more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        StringBuilder envs = new StringBuilder("[{\"name\":\"APP_VERSION\",\"value\":\"" + version + "\"}");
        for (int i = 0; i < more.size(); i += 2) {
            envs.append(",{\"name\":\"" + more.get(i) + "\",\"value\":\"" + more.get(i + 1) + "\"}");
        }
        parameters.put("Envs", envs.append(']').toString());
        parameters.put("PackageVersion", "v" + version);
        return parameters;
    }

    private static String batches(String release) {
        return "{\"type\":\"BatchUpdate\",\"batchUpdate\":{\"batch\":2,\"releaseType\":\"" + release + "\"}}";
    }

    private static long moment(CompletableFuture<Long> moment) throws InterruptedException {
        try {
            return moment.get(STEP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stays) {
            throw new DemoFailedException("the processes of version 2 end", "some are still there");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }

    private static void expect(boolean so, String expected, String found) {
        if (!so) {
            throw new DemoFailedException(expected, found);
        }
    }

    private void heading(String text) {
        terminal.line("");
        terminal.line(text);
    }

    private void detail(String text) {
        terminal.line("  " + text);
    }
}
