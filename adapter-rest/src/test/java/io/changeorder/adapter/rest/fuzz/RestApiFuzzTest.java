package io.changeorder.adapter.rest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.adapter.rest.CrossSite;
import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.UncheckedSignatures;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.Captures;
import io.changeorder.adapter.rest.fixture.WatchedLog;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.WireError;
import java.io.StringReader;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Any requests, one after the other, against the whole engine: each has its answer, and nothing breaks. */
@Timeout(30)
class RestApiFuzzTest {
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    @MethodSource("everyCapture")
    @FuzzTest
    void everyRequestHasAnAnswerAndBreaksNothing(byte[] script) {
        try (WatchedLog log = new WatchedLog();
                QuietWorld world = new QuietWorld()) {
            for (String request : Script.requests(script)) {
                assertIsAnAnswer(answer(world.api(), Script.request(world.named(request))));
                world.move();
            }
            world.assertIsSound();
            log.assertHasNoTrouble();
        }
    }

    /** Raw requests of real clients. */
    static List<byte[]> everyCapture() {
        return Captures.all().stream().map(Captures::bytes).toList();
    }

    /** As the shell does that stands alone. */
    private static ApiResponse answer(RestApi api, ApiRequest request) {
        return CrossSite.isRebound(request) || CrossSite.isSuspected(request)
                ? api.refuse(request, Failure.of(WireError.NO_PERMISSION))
                : api.answer(request, new UncheckedSignatures());
    }

    private static void assertIsAnAnswer(ApiResponse answer) {
        assertThat(answer.status()).as(answer.text()).isIn(200, 400, 404, 413, 415);
        assertThat(answer.headers()).containsKeys("x-acs-request-id", "x-acs-trace-id");
        if (String.valueOf(answer.headers().get("content-type")).startsWith("application/xml")) {
            assertIsXml(answer.text());
        } else {
            JsonNode json = Answered.json(answer.text());
            assertThat(json.get("Success").asBoolean()).isEqualTo(answer.status() == 200);
            assertThat(json.get("Code").asText()).isNotEmpty();
        }
    }

    private static void assertIsXml(String text) {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(text));
            while (reader.hasNext()) {
                reader.next();
            }
        } catch (XMLStreamException e) {
            throw new AssertionError("not XML: " + text, e);
        }
    }
}
