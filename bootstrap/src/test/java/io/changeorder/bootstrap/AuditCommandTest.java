package io.changeorder.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The details of a request are found by the TraceId of its answer, as the seed says. */
class AuditCommandTest {
    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private InProcess server;

    @BeforeEach
    void start() {
        server = new InProcess(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What a PUT is answered with. */
    private JsonNode put(String target) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/pop/v1/sam/" + target))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(response.body());
    }

    private JsonNode only(String... arguments) {
        JsonNode records = server.run(arguments).expect(0).json();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    @Test
    void anAcceptedCommandIsFoundByTheTraceIdOfItsAnswer() throws Exception {
        String app = server.create();

        JsonNode answer = put("app/rescaleApplication?Replicas=5&AppId=" + app);

        JsonNode entry = only("audit", "--trace", answer.path("TraceId").asText(), "--json");
        assertThat(entry.path("Actor").asText()).isEqualTo("anonymous");
        assertThat(entry.path("Operation").asText()).isEqualTo("RescaleApplication");
        assertThat(entry.path("Resource").asText()).isEqualTo("application//" + app);
        assertThat(entry.path("AppId").asText()).isEqualTo(app);
        assertThat(entry.path("ChangeOrderId").asText())
                .isNotEmpty()
                .isEqualTo(answer.at("/Data/ChangeOrderId").asText());
        assertThat(entry.path("Address").asText()).isEqualTo("127.0.0.1");
        assertThat(entry.path("Secure").asBoolean()).isFalse();
        assertThat(entry.path("Outcome").asText()).isEqualTo("ACCEPTED");
        assertThat(entry.path("RequestId")).isEqualTo(answer.path("RequestId"));
        assertThat(only("audit", "--request", answer.path("RequestId").asText(), "--json"))
                .isEqualTo(entry);
    }

    @Test
    void aRefusedCommandIsFoundWithItsReasonAndReadByAPerson() throws Exception {
        JsonNode answer = put("changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=no-such-order");

        List<String> lines =
                server.lines("audit", "--trace", answer.path("TraceId").asText());
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("TIME +WHO +WHAT +ON +FROM +OUTCOME +REQUEST +TRACE");
        assertThat(lines.get(1))
                .contains("anonymous  AbortAndRollbackChangeOrder  changeorder/no-such-order  127.0.0.1")
                .contains("refused: ORDER_NOT_FOUND")
                .contains(answer.path("RequestId").asText())
                .contains(answer.path("TraceId").asText());
    }

    @Test
    void whatWasCommandedOfAnApplicationIsToldInItsOrderAlsoWhenNoServerRuns() throws Exception {
        String app = server.create();
        put("app/stopApplication?AppId=" + app);
        put("app/rescaleApplication?Replicas=5&AppId=nobodys");
        server.close();

        JsonNode records = server.run("audit", "--app", app, "--json").expect(0).json();

        assertThat(records.findValuesAsText("Operation")).containsExactly("CreateApplication", "StopApplication");
        assertThat(only("audit", "--app", app, "--limit=1", "--json")).isEqualTo(records.get(1));
    }

    @Test
    void whatIsNotOnRecordIsNoError() {
        assertThat(server.lines("audit", "--trace", "0".repeat(32))).hasSize(1);
    }

    @Test
    void aFolderWithoutADatabaseIsNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        InProcess.Result result = InProcess.run(Map.of("CHANGEORDER_DATA", empty.toString()), "audit", "--app=a")
                .expect(1);

        assertThat(result.err()).contains(empty.toString()).contains("--data");
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void oneThingIsAskedFor() {
        server.run("audit").expect(2);
        server.run("audit", "--trace=t", "--app=a").expect(2);
    }
}
