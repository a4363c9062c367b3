package io.changeorder.bootstrap.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeorder.bootstrap.clients.kit.Applications;
import io.changeorder.bootstrap.clients.kit.Fields;
import io.changeorder.bootstrap.clients.kit.SaeError;
import io.changeorder.bootstrap.clients.kit.ServerUnderTest;
import io.changeorder.bootstrap.clients.kit.TeaClient;
import io.changeorder.bootstrap.clients.kit.WireCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The document that the project was asked to implement: its sample, and its six errors in its words. */
class SeedDocumentTest {
    private static final String VERB = "AbortAndRollbackChangeOrder";

    @RegisterExtension
    static final ServerUnderTest SERVER = new ServerUnderTest();

    private TeaClient client;
    private Applications applications;

    @BeforeEach
    void clients() {
        client = new TeaClient(SERVER.endpoint(), ServerUnderTest.KEY);
        applications = Applications.of(SERVER);
    }

    /** Its text rules over its sample: ErrorCode is not returned on success. RollbackChangeOrderId is ours. */
    @Test
    void theAnswerIsTheSampleLessErrorCodeAndWithTheIdOfTheRollback() throws IOException {
        String order = applications.deployHalf(applications.running("sample"), "2");

        Map<String, Object> answer = client.call(VERB, Map.of("ChangeOrderId", order));

        Map<String, Object> expected = new HashMap<>(shapes(sample()));
        expected.remove("ErrorCode");
        expected.put("Data", Map.of("ChangeOrderId", "text", "RollbackChangeOrderId", "text"));
        assertThat(shapes(answer)).isEqualTo(expected);
        assertThat(answer.get("Message")).isEqualTo("success");
        assertThat(Fields.number(answer, "Code")).isEqualTo(200);
        assertThat(answer.get("Success")).isEqualTo(true);
        assertThat(Fields.data(answer).get("ChangeOrderId")).isEqualTo(order);
        applications.awaitStatus(Fields.text(Fields.data(answer), "RollbackChangeOrderId"), Applications.SUCCEEDED);
    }

    @Test
    void aMissingIdIsRefusedInItsWords() {
        client.refusal(VERB, Map.of()).is(SaeError.NOT_EMPTY, "ChangeOrderId");
        client.refusal(VERB, Map.of("ChangeOrderId", "")).is(SaeError.NOT_EMPTY, "ChangeOrderId");
    }

    @Test
    void aKeyThatMayNotIsRefusedInItsWords() {
        new TeaClient(SERVER.endpoint(), ServerUnderTest.DENIED_KEY)
                .refusal(VERB, Map.of("ChangeOrderId", WireCall.UNKNOWN))
                .is(SaeError.NO_PERMISSION);
    }

    @Test
    void anUnknownOrderIsRefusedInItsWords() {
        client.refusal(VERB, Map.of("ChangeOrderId", WireCall.UNKNOWN)).is(SaeError.ORDER_NOT_FOUND);
    }

    @Test
    void maintenanceIsRefusedInItsWords() {
        client.maintenance(true);
        try {
            client.refusal(VERB, Map.of("ChangeOrderId", WireCall.UNKNOWN)).is(SaeError.UPGRADING);
        } finally {
            client.maintenance(false);
        }
    }

    /** The rollback can't end before the file is gone: what it restores is not ready while the file is there. */
    @Test
    void aRunningRollbackAndAnOrderThatEndedAreRefusedInItsWords() throws IOException {
        Path hold = SERVER.file("hold");
        String application = applications.running("held", Map.of("HELLO_UNREADY_FILE", hold.toString()));
        Map<String, String> order = Map.of("ChangeOrderId", applications.deployHalf(application, "2"));
        Files.createFile(hold);
        String rollback = Fields.text(Fields.data(client.call(VERB, order)), "RollbackChangeOrderId");

        client.refusal(VERB, order).is(SaeError.RUNNING);
        client.refusal(VERB, Map.of("ChangeOrderId", rollback)).is(SaeError.RUNNING);

        Files.delete(hold);
        applications.awaitStatus(rollback, Applications.SUCCEEDED);
        client.refusal(VERB, order).is(SaeError.NOT_RUNNING);
        assertThat(applications.versions(application)).containsExactly("1", "1");
    }

    private static Map<String, Object> sample() throws IOException {
        try (InputStream json = SeedDocumentTest.class.getResourceAsStream(VERB + ".json")) {
            return Fields.map(new ObjectMapper().readValue(json, Map.class));
        }
    }

    /** Which type each field has, in depth. */
    private static Map<String, Object> shapes(Map<String, Object> fields) {
        Map<String, Object> shapes = new TreeMap<>();
        fields.forEach((name, value) -> shapes.put(name, shape(value)));
        return shapes;
    }

    private static Object shape(Object value) {
        if (value instanceof Map<?, ?>) {
            return shapes(Fields.map(value));
        }
        if (value instanceof Number) {
            return "number";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        assertThat(value).isInstanceOf(String.class);
        return "text";
    }
}
