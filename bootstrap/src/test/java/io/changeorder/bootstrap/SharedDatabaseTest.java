package io.changeorder.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.clients.kit.TeaClient;
import io.changeorder.bootstrap.nodes.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to one node, or to their PostgreSQL, is so at the other one from the next request on. */
class SharedDatabaseTest {
    private static final String WRONG = "SignatureDoesNotMatch";
    private static final String DISABLED = "InvalidAccessKeyId.Inactive";
    private static final String REPLAYED = "SignatureNonceUsed";
    private static final String NO_PERMISSION = "Resouce.no.permission";

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private Database database;
    private InProcess first;
    private InProcess second;

    @BeforeEach
    void start() throws IOException {
        database = new Database(folder.resolve("database"));
        started.push(database);
        first = startNode();
        second = startNode();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : started) {
            each.close();
        }
    }

    private InProcess startNode() {
        InProcess node = InProcess.over(database.address(), folder.resolve("data"));
        started.push(node);
        return node;
    }

    private List<InProcess> nodes() {
        return List.of(first, second);
    }

    private void assertIsIn(IssuedKey key) {
        nodes().forEach(node -> node.as(key, "apps").expect(0));
    }

    private void assertIsOut(IssuedKey key, String code) {
        nodes().forEach(node -> assertThat(node.as(key, "apps").expect(3).err()).contains("(" + code + ")"));
    }

    @Test
    void theFirstKeyClosesTheDoorOfEveryNode() {
        nodes().forEach(node -> node.run("apps").expect(0));
        assertThat(InProcess.run(
                                Map.of("CHANGEORDER_DATA", first.folder.toString()),
                                "keys",
                                "create",
                                "--policy=FullAccess")
                        .expect(1)
                        .err())
                .as("the keys are not in the folder")
                .contains("--store");

        IssuedKey key = first.createKey();

        nodes().forEach(node -> assertThat(node.run("apps").expect(3).err()).contains("(InvalidAccessKeyId.NotFound)"));
        assertIsIn(key);
        assertThat(second.keys("list").expect(0).json().findValuesAsText("AccessKeyId"))
                .containsExactly(key.id());
    }

    @Test
    void aKeyThatIsDisabledOrRotatedIsSoAtEveryNodeFromTheNextRequest() {
        IssuedKey key = first.createKey();
        assertIsIn(key);
        second.keys("disable", key.id()).expect(0);
        assertIsOut(key, DISABLED);
        first.keys("enable", key.id()).expect(0);
        assertIsIn(key);

        IssuedKey next = IssuedKey.of(second.keys("rotate", key.id()).expect(0).json());
        assertIsIn(key);
        assertIsIn(next);
        IssuedKey last = IssuedKey.of(
                first.keys("rotate", key.id(), "--overlap=0").expect(0).json());
        assertIsOut(next, WRONG);
        assertIsIn(last);
    }

    @Test
    void aRequestThatOneNodeTookIsTakenByNoOtherAndByNoneThatStartsLater() throws Exception {
        IssuedKey key = first.createKey();
        RawRequest recorded = RawRequest.recorded(
                recorder -> new TeaClient(recorder, key.id(), key.secret()).call("ListApplications", Map.of()));

        assertThat(recorded.sendTo(first.address())).startsWith("HTTP/1.1 200");
        assertThat(recorded.sendTo(second.address())).contains(REPLAYED);
        first.close();
        first = startNode();
        assertThat(recorded.sendTo(first.address())).contains(REPLAYED);
        assertIsIn(key);
    }

    @Test
    void whatAKeyMayNotIsDeniedByEveryNodeAndOnTheRecordOfAll() {
        IssuedKey boss = first.createKey();
        IssuedKey reader =
                IssuedKey.of(first.keys("create", "--policy=ReadOnly").expect(0).json());
        String app = first.as(
                        boss,
                        "create",
                        "--name=hello",
                        "--package=file:///a.jar",
                        "--replicas=1",
                        "--ready-for-seconds=0",
                        "--json")
                .expect(0)
                .json()
                .path("AppId")
                .asText();

        assertThat(second.as(reader, "rescale", "--app=" + app, "--replicas=2")
                        .expect(3)
                        .err())
                .contains("(" + NO_PERMISSION + ")");

        JsonNode record = second.run("audit", "--app", app, "--json").expect(0).json();
        assertThat(record.findValuesAsText("Actor")).containsExactly(boss.id(), reader.id());
        assertThat(record.findValuesAsText("Outcome")).containsExactly("ACCEPTED", "REFUSED");
    }

    @Test
    void maintenanceIsOnAndOffAtEveryNodeAtOnceAndEndsByItself() {
        first.run("maintenance", "on", "--for=10m").expect(0);
        assertThat(second.run("maintenance").expect(0).out()).startsWith("Maintenance until ");
        nodes().forEach(node -> assertThat(creation(node).expect(3).err()).contains("changeorder maintenance status"));
        second.run("maintenance", "off").expect(0);
        creation(first).expect(0);

        first.run("maintenance", "on", "--for=2s").expect(0);
        await("it ends").until(() -> second.run("maintenance").out().trim().equals("No maintenance."));
        first.run("rescale", "--app=hello", "--replicas=2", "--wait").expect(0);
    }

    private static InProcess.Result creation(InProcess node) {
        return node.run(
                "create", "--name=hello", "--package=file:///a.jar", "--replicas=1", "--ready-for-seconds=0", "--wait");
    }

    @Test
    void whatEndedLongAgoIsPurgedByANodeForAll() throws Exception {
        creation(first).expect(0);
        first.run("restart", "--app=hello", "--wait").expect(0);
        List<String> newestFirst = orders(second);
        assertThat(newestFirst).hasSize(2);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE change_order SET ended_at = ended_at - " + TimeUnit.DAYS.toMillis(91));
        }
        second.close();
        second = startNode();

        await("the older one is gone")
                .untilAsserted(() -> assertThat(orders(first)).containsExactly(newestFirst.get(0)));
    }

    private static List<String> orders(InProcess node) {
        return node.run("orders", "--app=hello", "--json").expect(0).json().findValuesAsText("ChangeOrderId");
    }
}
