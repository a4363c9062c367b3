package io.changeorder.bootstrap.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.bootstrap.client.Credentials;
import io.changeorder.bootstrap.client.RefusedException;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.server.ChangeorderServer;
import io.changeorder.bootstrap.server.ServerSettings;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderStatus;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sixteen people, each with an access key of their own, over HTTP and SQLite at once; the runtime is simulated. */
class SixteenCallersTest {
    private static final int CALLERS = 16;
    private static final int ROUNDS = 20;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private List<WireClient> clients = List.of();
    private ChangeorderServer server;
    private String app = "";
    private int version = 1;

    @BeforeEach
    void start() {
        server = ChangeorderServer.start(
                new ServerSettings(
                        folder, "127.0.0.1", 0, ZoneOffset.UTC, Optional.empty(), EngineOptions.DEFAULT, false),
                data -> new SimulatedRuntime(InstantSource.system()));
        clients = IntStream.range(0, CALLERS)
                .mapToObj(caller -> new WireClient(server.address(), new Credentials(name(caller), "secret")))
                .toList();
        JsonNode created = clients.get(0)
                .call(
                        WireOperation.CREATE_APPLICATION,
                        Map.of(
                                "AppName", "hello",
                                "PackageType", "FatJar",
                                "PackageUrl", "file:///hello-1.jar",
                                "Replicas", "4",
                                "ReadyForSeconds", "0"));
        app = created.path("AppId").asText();
        awaitRest();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.close();
    }

    private enum Verb {
        ABORT(true, WireOperation.ABORT_CHANGE_ORDER, "Rollback", "false"),
        ABORT_AND_ROLL_BACK(true, WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, "", ""),
        ABORT_WITH_ROLLBACK(true, WireOperation.ABORT_CHANGE_ORDER, "Rollback", "true"),
        CONFIRM(false, WireOperation.CONFIRM_PIPELINE_BATCH, "Confirm", "true"),
        REJECT(true, WireOperation.CONFIRM_PIPELINE_BATCH, "Confirm", "false");

        private final boolean ending;
        private final WireOperation operation;
        private final String parameter;
        private final String value;

        Verb(boolean ending, WireOperation operation, String parameter, String value) {
            this.ending = ending;
            this.operation = operation;
            this.parameter = parameter;
            this.value = value;
        }

        Map<String, String> parameters(String order, String batch) {
            String id = operation == WireOperation.CONFIRM_PIPELINE_BATCH ? "PipelineId" : "ChangeOrderId";
            String named = operation == WireOperation.CONFIRM_PIPELINE_BATCH ? batch : order;
            return parameter.isEmpty() ? Map.of(id, named) : Map.of(id, named, parameter, value);
        }
    }

    /**
     * What a caller was answered.
     *
     * @param code of a refusal; empty when it was accepted
     */
    private record Answer(String caller, Verb verb, String code, JsonNode data) {
        boolean isAccepted() {
            return code.isEmpty();
        }
    }

    @Test
    void ofAbortsAndConfirmationsAtOnceOneEndsTheOrder() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String order = deploy("manual");
            OrderFacts waiting = awaitOrder(order, OrderStatus.AWAITING_CONFIRMATION);
            String batch = waiting.currentBatch().orElseThrow();
            List<Answer> answers =
                    atOnce(caller -> call(Verb.values()[caller % Verb.values().length], caller, order, batch));
            awaitRest();
            oneEndedIt(order(order), answers);
            assertThat(answers)
                    .filteredOn(answer -> answer.verb() == Verb.CONFIRM && answer.isAccepted())
                    .as("a batch is confirmed at most once")
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    /** Each round's calls come a little later when the calls won the last time, and a little earlier when they lost. */
    @Test
    void ofAbortsAndTheCompletionAtOnceOneEndsTheOrder() throws Exception {
        Set<OrderStatus> ends = EnumSet.noneOf(OrderStatus.class);
        long delay = TimeUnit.MILLISECONDS.toNanos(5);
        for (int round = 0; round < ROUNDS; round++) {
            String order = deploy("auto");
            TimeUnit.NANOSECONDS.sleep(delay);
            List<Answer> answers = atOnce(
                    caller -> call(caller % 2 == 0 ? Verb.ABORT : Verb.ABORT_AND_ROLL_BACK, caller, order, "none"));
            awaitRest();
            oneEndedIt(order(order), answers);
            OrderStatus end = order(order).status();
            ends.add(end);
            delay = end == OrderStatus.ABORTED ? delay * 3 / 2 : delay * 2 / 3;
        }
        assertThat(ends).as("both happened").containsExactlyInAnyOrder(OrderStatus.ABORTED, OrderStatus.SUCCEEDED);
    }

    @Test
    void sixteenEqualCallsWithOneTokenGetOneAnswer() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String order = deploy("manual");
            awaitOrder(order, OrderStatus.AWAITING_CONFIRMATION);
            Map<String, String> parameters = Map.of("ChangeOrderId", order, "ClientToken", "token-" + round);
            List<JsonNode> answers =
                    atOnce(caller -> clients.get(0).call(WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, parameters));
            assertThat(answers).containsOnly(answers.get(0));
            awaitRest();
            assertThat(rollbacksOf(order))
                    .containsExactly(
                            answers.get(0).path("RollbackChangeOrderId").asText());
        }
    }

    private void oneEndedIt(OrderFacts order, List<Answer> answers) {
        List<Answer> winners = answers.stream()
                .filter(answer -> answer.verb().ending && answer.isAccepted())
                .toList();
        assertThat(order.status()).isIn(OrderStatus.ABORTED, OrderStatus.SUCCEEDED);
        assertThat(winners).hasSize(order.status() == OrderStatus.ABORTED ? 1 : 0);
        for (Answer winner : winners) {
            assertThat(order.json().path("EndedBy").asText()).isEqualTo(winner.caller());
            assertThat(winner.data().path("RollbackChangeOrderId").asText())
                    .isEqualTo(order.rollback().orElse(""));
            assertThat(winner.data().has("FenceConfirmed"))
                    .as("it is confirmed")
                    .isFalse();
        }
        answers.stream().filter(answer -> !answer.isAccepted()).forEach(refused -> isTruthful(refused, order));
        assertThat(rollbacksOf(order.id())).isEqualTo(order.rollback().stream().toList());
    }

    private static void isTruthful(Answer refused, OrderFacts order) {
        JsonNode told = refused.data();
        assertThat(told.path("ChangeOrderId").asText()).isEqualTo(order.id());
        if (told.has("EndedBy")) {
            assertThat(refused.code())
                    .isIn(
                            "Application.ChangerOrder.Not.Running",
                            "Application.ChangerOrderRunning",
                            "Pipeline.Can.Not.Start.Next.Batch");
            for (String fact : List.of("Status", "EndedBy")) {
                assertThat(told.path(fact)).isEqualTo(order.json().path(fact));
            }
            assertThat(told.path("EndedAt")).isEqualTo(order.json().path("FinishTime"));
            assertThat(told.path("RollbackChangeOrderId").asText())
                    .isEqualTo(order.rollback().orElse(""));
        } else {
            assertThat(refused.code())
                    .as("only a confirmation loses to another: %s", told)
                    .isEqualTo("Pipeline.Can.Not.Start.Next.Batch");
        }
    }

    private Answer call(Verb verb, int caller, String order, String batch) {
        try {
            JsonNode data = clients.get(caller).call(verb.operation, verb.parameters(order, batch));
            return new Answer(name(caller), verb, "", data);
        } catch (RefusedException refused) {
            return new Answer(name(caller), verb, refused.code(), refused.data());
        }
    }

    private <T> List<T> atOnce(IntFunction<T> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        List<Future<T>> calls = IntStream.range(0, CALLERS)
                .mapToObj(caller -> threads.submit(() -> {
                    start.await();
                    return call.apply(caller);
                }))
                .toList();
        List<T> answers = new ArrayList<>();
        for (Future<T> each : calls) {
            answers.add(each.get());
        }
        return answers;
    }

    private static String name(int caller) {
        return "caller-" + caller;
    }

    /** Opens an order to another version in two batches. */
    private String deploy(String release) {
        version++;
        return clients.get(0)
                .call(
                        WireOperation.DEPLOY_APPLICATION,
                        Map.of(
                                "AppId", app,
                                "PackageUrl", "file:///hello-" + version + ".jar",
                                "UpdateStrategy",
                                        "{\"type\":\"BatchUpdate\",\"batchUpdate\":{\"batch\":2,\"releaseType\":\""
                                                + release + "\"}}"))
                .path("ChangeOrderId")
                .asText();
    }

    private OrderFacts order(String id) {
        return OrderFacts.of(clients.get(0).call(WireOperation.DESCRIBE_CHANGE_ORDER, Map.of("ChangeOrderId", id)));
    }

    private OrderFacts awaitOrder(String id, OrderStatus status) {
        return await().until(() -> order(id), order -> order.status() == status);
    }

    private void awaitRest() {
        await("no order is live")
                .until(() -> !clients.get(0)
                        .call(WireOperation.DESCRIBE_APPLICATION_STATUS, Map.of("AppId", app))
                        .path("LastChangeOrderRunning")
                        .asBoolean(true));
    }

    private List<String> rollbacksOf(String order) {
        List<String> rollbacks = new ArrayList<>();
        // The newest first: whatever is about this order is among these.
        clients.get(0)
                .call(WireOperation.LIST_CHANGE_ORDERS, Map.of("AppId", app, "PageSize", "5"))
                .path("ChangeOrderList")
                .forEach(row -> {
                    String id = row.path("ChangeOrderId").asText();
                    if (order(id).undoes().filter(order::equals).isPresent()) {
                        rollbacks.add(id);
                    }
                });
        return rollbacks;
    }
}
