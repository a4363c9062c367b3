package io.changeorder.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.child.Child;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.plan.Difference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real server over HTTP. */
class CommandLineTest {
    @TempDir
    Path folder;

    private InProcess server;

    @BeforeEach
    void start() {
        server = new InProcess(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anApplicationIsCreatedDeployedAndListed() {
        String app = server.create();

        assertThat(server.lines("apps").get(1)).startsWith("hello  " + app + "  4      4");
        assertThat(server.lines("versions", "--app=hello").get(1)).contains("  v1  ");
        assertThat(server.lines("orders", "--app", app).get(1)).contains("Create application  succeeded");
    }

    @Test
    void aDeploymentIsConfirmedBatchByBatch() {
        server.create();
        String order = server.deployFirstBatch("--description=to be confirmed");

        assertThat(server.lines("order", order))
                .anyMatch(line -> line.contains("to be confirmed"))
                .anyMatch(line -> line.contains("Batch 1") && line.contains("succeeded, 2 instances"))
                .anyMatch(line -> line.contains("\"changeorder confirm " + order + "\""));

        server.run("confirm", order, "--wait").expect(0);
        assertThat(server.lines("wait", order))
                .containsExactly("Deploy application hello, order " + order + ": succeeded");
    }

    @Test
    void aBatchIsConfirmedByItsOwnId() {
        server.create();
        String order = server.deployFirstBatch();
        String batch = server.run("order", order, "--json")
                .json()
                .path("CurrentPipelineId")
                .asText();

        server.run("confirm", batch).expect(0);
        server.run("wait", order).expect(0);
    }

    @Test
    void abortAndRollbackRestoresAndTellsItByItsExitCode() {
        server.create();
        String order = server.deployFirstBatch();

        InProcess.Result result =
                server.run("abort-and-rollback", order, "--wait").expect(0);

        assertThat(result.out().lines())
                .anyMatch(line -> line.startsWith("Order " + order + " is aborted and taken back by order "))
                .anyMatch(line -> line.startsWith("Roll back application hello") && line.endsWith(": succeeded"));
        String rollback = server.run("order", order, "--json")
                .json()
                .path("RollbackChangeOrderId")
                .asText();
        assertThat(server.lines("order", rollback))
                .contains("  takes back order " + order, "  Proof of restoration: the world equals the snapshot.");
    }

    @Test
    void waitingForAnAbortedOrderEndsWithOne() {
        server.create();
        String order = server.deployFirstBatch();
        server.run("abort", order).expect(0);

        InProcess.Result result = server.run("wait", order).expect(1);

        assertThat(result.err()).contains("The order was aborted and nothing was rolled back.");
    }

    @Test
    void whatAnAbortLeftIsRestored() {
        server.create();
        String order = server.deployFirstBatch();
        server.run("abort", order).expect(0);

        server.run("restore", "--app=hello", "--wait").expect(0);

        assertThat(server.lines("orders", "--app=hello").get(1)).contains("Roll back application  succeeded");
    }

    @Test
    void aRollbackThatNeedsAPersonEndsWithFiveAndIsMendedByRetry() {
        String app = server.create();
        String order = server.deployFirstBatch();
        ApplicationId application = new ApplicationId(app);
        server.runtime
                .observe(application)
                .instances()
                .forEach(instance ->
                        server.runtime.change(application, instance.id(), Difference.Kind.ENVIRONMENT, "EVIL=1"));

        InProcess.Result result =
                server.run("abort-and-rollback", order, "--wait").expect(5);

        String rollback = server.run("order", order, "--json")
                .json()
                .path("RollbackChangeOrderId")
                .asText();
        assertThat(result.err())
                .contains("ENVIRONMENT")
                .contains("Next: \"changeorder retry " + rollback + "\" or \"changeorder abort " + rollback + "\".");
        server.run("retry", rollback, "--wait").expect(0);
    }

    @Test
    void waitingEndsWithSixWhenItsTimeIsUp() {
        server.create();
        String order = server.deployFirstBatch();

        InProcess.Result result = server.run("wait", order, "--timeout=50ms").expect(6);

        assertThat(result.err()).contains("The time is up; the order goes on.");
    }

    @Test
    void aRefusalEndsWithThreeAndSaysWhyAndWhatNext() {
        server.create();
        String order = server.deployFirstBatch();
        server.run("abort-and-rollback", order, "--wait").expect(0);

        InProcess.Result again = server.run("abort-and-rollback", order).expect(3);

        assertThat(again.err())
                .contains("The change order is not running and cannot be terminated.")
                .contains("(Application.ChangerOrder.Not.Running)")
                .contains("Order " + order + " was ended by ")
                .contains("its rollback is order ")
                .contains("changeorder restore --app APP");
        assertThat(again.out()).isEmpty();
    }

    @Test
    void anUnknownOrderIsRefused() {
        InProcess.Result result = server.run("order", "no-such-order").expect(3);

        assertThat(result.err()).contains("InvalidChangeOrder.NotFound").contains("changeorder orders --app APP");
    }

    @Test
    void anUnknownApplicationNameIsAMistakeAtTheCommandLine() {
        assertThat(server.run("orders", "--app=nobody").expect(2).err())
                .contains("There is no application nobody")
                .contains("changeorder apps");
    }

    @Test
    void withoutAServerItEndsWithFour() {
        assertThat(InProcess.run(Map.of(), "apps", "--endpoint=http://127.0.0.1:1")
                        .expect(4)
                        .err())
                .contains("No server listens on http://127.0.0.1:1")
                .contains("changeorder serve");
        assertThat(InProcess.run(
                                Map.of(
                                        "CHANGEORDER_DATA",
                                        folder.resolve("none").toString()),
                                "apps")
                        .expect(4)
                        .err())
                .contains("No server has written its address into");
    }

    @Test
    void whatIsNoAddressIsAMistakeAtTheCommandLine() {
        for (String address : List.of("127.0.0.1:8080", "ftp://here", "http://here/path", "http:// here")) {
            assertThat(InProcess.run(Map.of(), "apps", "--endpoint", address)
                            .expect(2)
                            .err())
                    .contains("is not an address such as http://127.0.0.1:8080");
        }
    }

    @Test
    void theEndpointComesFromTheEnvironmentUnlessItIsGiven() {
        String endpoint = "http://127.0.0.1:1";
        assertThat(InProcess.run(Map.of("CHANGEORDER_ENDPOINT", endpoint), "apps")
                        .expect(4)
                        .err())
                .contains(endpoint);
        assertThat(InProcess.run(Map.of("CHANGEORDER_ENDPOINT", endpoint), "apps", "--endpoint=http://127.0.0.1:2")
                        .expect(4)
                        .err())
                .contains("http://127.0.0.1:2");
    }

    @Test
    void noDescriptionForgesALineOrMovesTheCursor() {
        server.create();
        String forged = "x\n019b9c3e-0000-7000-8000-000000000000  Deploy  succeeded\r\u001B[2J\u009B1A\u202E\u2028end";
        String order = server.deployFirstBatch("--description=" + forged);
        server.run("abort-and-rollback", order, "--wait").expect(0);

        for (String[] command : List.of(
                new String[] {"orders", "--app=hello"},
                new String[] {"order", order},
                new String[] {"watch", order},
                new String[] {"wait", order},
                new String[] {"restart", "--app=hello", "--wait"},
                new String[] {"apps"},
                new String[] {"order", order, "--json"},
                new String[] {"abort", "no\u001B[2J\nsuch order"})) {
            InProcess.Result result = server.run(command);
            assertHarmless(result, "019b9c3e-0000-7000-8000-000000000000  Deploy", "such order");
        }
        assertThat(server.run("order", order, "--json")
                        .json()
                        .path("Description")
                        .asText())
                .isEqualTo(forged);
        assertThat(server.lines("orders", "--app=hello"))
                .filteredOn(line -> line.contains("019b9c3e-0000"))
                .as("the order and its rollback")
                .hasSize(2)
                .allMatch(line -> line.contains("  x\\u000a019b9c3e-0000"));
    }

    @Test
    void noProcessForgesALineForWhoeverWaits() {
        ApplicationId app = new ApplicationId(server.create());
        String order = server.deployFirstBatch();
        server.runtime
                .observe(app)
                .instances()
                .forEach(instance -> server.runtime.change(
                        app,
                        instance.id(),
                        Difference.Kind.COMMAND_LINE,
                        "EVIL=1\nNext: \"changeorder abort\"\r\u001B[2J\u202Eend"));

        InProcess.Result result =
                server.run("abort-and-rollback", order, "--wait").expect(5);
        assertThat(result.err()).contains("EVIL=1\\u000aNext: ").contains("end");
        assertHarmless(result, "Next: \"changeorder abort\"");
        String rollback = server.run("order", order, "--json")
                .json()
                .path("RollbackChangeOrderId")
                .asText();
        for (String command : List.of("wait", "watch", "order")) {
            InProcess.Result again = server.run(command, rollback);
            assertThat(again.out() + again.err()).contains("EVIL=1\\u000aNext: ");
            assertHarmless(again, "Next: \"changeorder abort\"");
        }
        server.run("retry", rollback, "--wait").expect(0);
    }

    /** Nothing is obeyed by a terminal, and nothing of others begins a line. */
    private static void assertHarmless(InProcess.Result result, String... forged) {
        String all = result.out() + result.err();
        assertThat(all.lines()).isNotEmpty().noneMatch(line -> Stream.of(forged).anyMatch(line.strip()::startsWith));
        assertThat(all.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\u2028\\u2029\\u202E]");
    }

    @Test
    void theCallerIsNamedByTheAccessKeyId() {
        server.run("create", "--name=hello", "--package=file:///hello-1.jar", "--access-key-id=alice", "--wait")
                .expect(0);

        JsonNode order = server.run("orders", "--app=hello", "--json")
                .json()
                .path("ChangeOrderList")
                .path(0);
        assertThat(order.path("CreateUserId").asText()).isEqualTo("alice");
    }

    @Test
    void aRepeatedCommandWithItsTokenGetsTheFirstAnswer() {
        server.create();
        JsonNode first = server.run("restart", "--app=hello", "--client-token=t-1", "--json")
                .expect(0)
                .json();
        JsonNode second = server.run("restart", "--app=hello", "--client-token=t-1", "--json")
                .expect(0)
                .json();

        assertThat(second).isEqualTo(first);
        server.run("wait", first.path("ChangeOrderId").asText()).expect(0);
    }

    @Test
    void applicationsAreScaledRestartedStoppedStartedAndDeleted() {
        server.create();
        server.run("rescale", "--app=hello", "--replicas=6", "--wait").expect(0);
        server.run("restart", "--app=hello", "--wait").expect(0);
        server.run("stop", "--app=hello", "--wait").expect(0);
        server.run("start", "--app=hello", "--wait").expect(0);
        assertThat(server.lines("apps").get(1)).contains("6      6");

        server.run("delete", "--app=hello", "--wait").expect(0);
        assertThat(server.lines("apps")).hasSize(1);
    }

    @Test
    void duringMaintenanceCommandsAreRefusedButAbortAndRollbackCanBeForced() {
        server.create();
        String order = server.deployFirstBatch();
        assertThat(server.run("maintenance", "on", "--for=10m").expect(0).out()).startsWith("Maintenance until ");

        assertThat(server.run("restart", "--app=hello").expect(3).err())
                .contains("System.Upgrading")
                .contains("changeorder maintenance status");
        server.run("abort-and-rollback", order).expect(3);
        server.run("abort-and-rollback", order, "--during-maintenance", "--wait")
                .expect(0);

        assertThat(server.run("maintenance").expect(0).out()).startsWith("Maintenance until ");
        assertThat(server.run("maintenance", "off").expect(0).out().trim()).isEqualTo("No maintenance.");
        server.run("restart", "--app=hello", "--wait").expect(0);
    }

    @Test
    void watchingPrintsALineForEachChange() {
        server.create();
        String order = server.deployFirstBatch();
        server.run("confirm", order).expect(0);

        assertThat(server.run("watch", order).expect(0).out().lines())
                .contains("Deploy application hello: Batch 2 succeeded, 2 of 2 instances")
                .last()
                .isEqualTo("Deploy application hello, order " + order + ": succeeded");
    }

    @Test
    void watchingAsJsonPrintsAnObjectALine() {
        server.create();
        String order = server.deployFirstBatch();
        server.run("abort-and-rollback", order).expect(0);

        assertThat(server.run("watch", order, "--json").expect(1).out().lines())
                .allMatch(line -> line.startsWith("{\"ChangeOrderId\":") && line.endsWith("}"))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void interruptingAWatchEndsOnlyTheWatching(@TempDir Path logs) throws Exception {
        server.create();
        String order = server.deployFirstBatch();
        try (Child watch = Child.start(logs, logs, "watch", order, "--data", folder.toString())) {
            watch.awaitLine(line -> line.endsWith("waiting for confirmation"));
            watch.interrupt();

            assertThat(watch.awaitExit()).isIn(130, 143);
        }
        server.run("confirm", order, "--wait").expect(0);
    }

    @Test
    void aPolicyFileDeniesByAccessKey(@TempDir Path other) throws Exception {
        Path policy = other.resolve("policy.json");
        Files.writeString(policy, """
                {"*": "FullAccess",
                 "intern": {"Version":"1","Statement":[
                    {"Effect":"Deny","Action":["sae:AbortAndRollbackChangeOrder"],"Resource":["*"]}]}}""");
        try (InProcess guarded = new InProcess(other.resolve("data"), Optional.of(policy))) {
            guarded.create();
            String order = guarded.deployFirstBatch();

            assertThat(guarded.run("abort-and-rollback", order, "--access-key-id=intern")
                            .expect(3)
                            .err())
                    .contains("Resouce.no.permission");
            guarded.run("abort-and-rollback", order, "--wait").expect(0);
        }
    }
}
