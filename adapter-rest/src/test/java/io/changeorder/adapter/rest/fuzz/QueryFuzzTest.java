package io.changeorder.adapter.rest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.net.UrlEscapers;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.parameter.ParameterDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;

/** Queries, forms and JSON bodies: what is understood can be said again in each of the three ways. */
@Timeout(30)
class QueryFuzzTest {
    private static final String PATH = "/pop/v1/sam/app/deployApplication";

    @FuzzTest
    void whatIsUnderstoodCanBeSaidAgain(byte[] sent) {
        String text = new String(sent, StandardCharsets.UTF_8);
        understood(body("application/json", sent)).ifPresent(QueryFuzzTest::assertCanBeSaidAgain);
        Optional<String> query = understood(ApiRequest.of("POST", PATH + "?" + text));
        query.ifPresent(QueryFuzzTest::assertCanBeSaidAgain);
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text) && text.indexOf('\uFFFD') < 0) {
            assertThat(understood(form(text))).isEqualTo(query);
        }
    }

    private static void assertCanBeSaidAgain(String fingerprint) {
        Map<String, String> parameters = parameters(fingerprint);
        assertThat(understood(ApiRequest.of("POST", PATH + "?" + escaped(parameters))))
                .contains(fingerprint);
        assertThat(understood(form(escaped(parameters)))).contains(fingerprint);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        parameters.forEach(json::put);
        assertThat(understood(body("application/json", json.toString().getBytes(StandardCharsets.UTF_8))))
                .contains(fingerprint);
    }

    /** What the parameters are, in one text; empty when they were refused. */
    private static Optional<String> understood(ApiRequest request) {
        try {
            return Optional.of(ParameterDecoder.decode(request).fingerprint());
        } catch (RejectedRequest refused) {
            assertThat(refused.failure().status()).isIn(400, 413, 415);
            return Optional.empty();
        }
    }

    private static ApiRequest form(String text) {
        return body("application/x-www-form-urlencoded", text.getBytes(StandardCharsets.UTF_8));
    }

    private static ApiRequest body(String type, byte[] bytes) {
        return ApiRequest.of("POST", PATH).withHeader("Content-Type", type).withBody(bytes);
    }

    private static String escaped(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> UrlEscapers.urlFormParameterEscaper().escape(each.getKey()) + "="
                        + UrlEscapers.urlFormParameterEscaper().escape(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** {@code 5:AppId3:app}: the length of a name, the name, the length of its value, the value. */
    private static Map<String, String> parameters(String fingerprint) {
        Map<String, String> parameters = new TreeMap<>();
        int at = 0;
        while (at < fingerprint.length()) {
            int name = fingerprint.indexOf(':', at) + 1;
            int nameEnd = name + Integer.parseInt(fingerprint.substring(at, name - 1));
            int value = fingerprint.indexOf(':', nameEnd) + 1;
            at = value + Integer.parseInt(fingerprint.substring(nameEnd, value - 1));
            parameters.put(fingerprint.substring(name, nameEnd), fingerprint.substring(value, at));
        }
        return parameters;
    }
}
