package io.changeorder.adapter.rest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.net.PercentEscaper;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.fixture.TestSigner;
import io.changeorder.adapter.rest.fixture.WatchedLog;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.adapter.rest.parameter.QueryPairs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any request, signed as clients do and then changed on the way: it is refused, or it means what was signed. */
@Timeout(30)
class SignedRequestFuzzTest {
    private static final Set<String> REFUSALS = Set.of(
            "400 IncompleteSignature",
            "400 SignatureDoesNotMatch",
            "404 InvalidAccessKeyId.NotFound",
            "400 MissingVersion",
            "400 InvalidVersion",
            "400 MissingTimestamp",
            "400 InvalidTimeStamp.Format",
            "400 InvalidTimeStamp.Expired",
            "400 MissingSignatureNonce",
            "400 MissingContentSha256",
            "400 MissingContentMD5",
            "400 ContentMD5NotMatched",
            "400 InvalidSecurityToken.MismatchWithAccessKey",
            // What is no request of the API is told so before anybody is asked who sends it.
            "404 InvalidApi.NotFound",
            "400 InvalidParameter.WithMessage");
    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE", "HEAD");
    private static final List<String> PATHS = List.of(
            "/pop/v1/sam/app/stopApplication",
            "/pop/v1/sam/app/deployApplication",
            "/pop/v1/sam/changeorder/AbortChangeOrder",
            "/pop/v1/sam/changeorder/ConfirmPipelineBatch",
            "/pop/v1/sam/app/describeApplicationStatus");
    private static final List<String> NAMES =
            List.of("AppId", "ChangeOrderId", "Rollback", "Envs", "Confirm", "ChangeOrderDesc", "lower");
    private static final List<String> HEADERS = List.of(
            "accept",
            "authorization",
            "content-md5",
            "content-type",
            "date",
            "host",
            "user-agent",
            "x-acs-accesskey-id",
            "x-acs-action",
            "x-acs-content-sha256",
            "x-acs-date",
            "x-acs-security-token",
            "x-acs-signature-nonce",
            "x-acs-version");
    private static final PercentEscaper ESCAPER = new PercentEscaper("-_.~", false);
    private static final int MOST_CHANGES = 3;
    private static final int LONGEST_TEXT = 300;

    @FuzzTest
    void whatIsChangedOnTheWayIsRefusedOrMeansTheSame(FuzzedDataProvider data) {
        boolean v3 = data.consumeBoolean();
        ApiRequest signed = signed(v3, data);
        Parts parts = Parts.of(signed);
        for (int changes = data.consumeInt(0, MOST_CHANGES); changes > 0; changes--) {
            parts = changed(parts, data);
        }
        ApiRequest sent = parts.request();
        FakeEngine engine = new FakeEngine();
        KeyedDoor door = new KeyedDoor();

        try (WatchedLog log = new WatchedLog()) {
            ApiResponse answer = engine.api().answer(sent, door);

            if (door.admitted().isPresent()) {
                assertThat(meaning(v3, sent)).isEqualTo(meaning(v3, signed));
            } else {
                assertThat(answer.status() + " "
                                + Answered.json(answer.text()).path("Code").asText())
                        .isIn(REFUSALS);
                assertThat(engine.asked()).isEmpty();
            }
            log.assertHasNoTrouble();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatNobodyChangedIsLetIn(boolean v3) {
        for (ApiRequest request : List.of(
                ApiRequest.of("GET", "/pop/v1/sam/app/describeApplicationStatus?AppId=a%20%C3%BC"),
                ApiRequest.of("POST", "/pop/v1/sam/app/deployApplication?AppId=app-1")
                        .withBody("{\"Envs\":\"[]\"}".getBytes(StandardCharsets.UTF_8)))) {
            KeyedDoor door = new KeyedDoor();
            new FakeEngine().api().answer(Parts.of(signed(v3, request)).request(), door);
            assertThat(door.admitted())
                    .as("%s %s", request.method(), request.path())
                    .isPresent();
        }
    }

    private static ApiRequest signed(boolean v3, FuzzedDataProvider data) {
        StringBuilder target = new StringBuilder(data.pickValue(PATHS));
        char separator = '?';
        for (int pairs = data.consumeInt(0, MOST_CHANGES); pairs > 0; pairs--) {
            target.append(separator)
                    .append(data.pickValue(NAMES))
                    .append('=')
                    .append(ESCAPER.escape(whole(data.consumeString(20))));
            separator = '&';
        }
        byte[] body = data.consumeBytes(20);
        return signed(
                v3, ApiRequest.of(data.pickValue(METHODS), target.toString()).withBody(body));
    }

    private static ApiRequest signed(boolean v3, ApiRequest request) {
        TestSigner signer = KeyedDoor.owner();
        if (request.hasBody()) {
            signer =
                    signer.with("content-type", "application/json").with("content-md5", TestSigner.md5(request.body()));
        }
        return v3 ? signer.v3(request, KeyedDoor.NOW, "n") : signer.v1(request, KeyedDoor.NOW, "n");
    }

    private static Parts changed(Parts parts, FuzzedDataProvider data) {
        return switch (data.consumeInt(0, 6)) {
            case 0 -> new Parts(data.pickValue(METHODS), parts.target(), parts.headers(), parts.body());
            case 1 ->
                new Parts(
                        parts.method(),
                        visible("/" + spliced(parts.target(), data).substring(1)),
                        parts.headers(),
                        parts.body());
            case 2 -> new Parts(parts.method(), parts.target(), parts.headers(), latin(spliced(parts.body(), data)));
            case 3 -> {
                Map.Entry<String, String> header = data.pickValue(parts.headers());
                yield parts.without(header).with(header.getKey(), onOneLine(spliced(header.getValue(), data)));
            }
            case 4 -> parts.with(data.pickValue(HEADERS), onOneLine(data.consumeString(20)));
            case 5 ->
                parts.with(
                        "x-acs-" + data.consumeAsciiString(5).replaceAll("[^A-Za-z0-9-]", ""),
                        onOneLine(data.consumeString(20)));
            default -> parts.without(data.pickValue(parts.headers())).with("user-agent", "changed");
        };
    }

    /** A piece of the text is taken out and another one put in. */
    private static String spliced(String text, FuzzedDataProvider data) {
        int from = Math.min(text.length(), data.consumeInt(0, LONGEST_TEXT));
        int to = Math.min(text.length(), from + data.consumeInt(0, 5));
        return text.substring(0, from) + data.consumeString(10) + text.substring(to);
    }

    /** No server hands on a line break in a header. */
    private static String onOneLine(String text) {
        return text.replaceAll("[\\r\\n\\x00]", "");
    }

    /** Nor what is not ASCII in a request line. */
    private static String visible(String text) {
        return text.replaceAll("[^!-~]", "");
    }

    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** A body as text of which each character is a byte. */
    private static String latin(String text) {
        return text.replaceAll("[^\\x00-\\xFF]", "");
    }

    private record Parts(String method, String target, List<Map.Entry<String, String>> headers, String body) {
        static Parts of(ApiRequest request) {
            List<Map.Entry<String, String>> headers = request.headerNames().stream()
                    .map(name -> Map.entry(name, request.header(name).orElseThrow()))
                    .toList();
            return new Parts(
                    request.method(),
                    request.path() + (request.query().isEmpty() ? "" : "?" + request.query()),
                    headers,
                    new String(request.body(), StandardCharsets.ISO_8859_1));
        }

        Parts with(String name, String value) {
            List<Map.Entry<String, String>> more = new ArrayList<>(headers);
            more.add(Map.entry(name, value));
            return new Parts(method, target, more, body);
        }

        Parts without(Map.Entry<String, String> header) {
            List<Map.Entry<String, String>> fewer = new ArrayList<>(headers);
            fewer.remove(header);
            return new Parts(method, target, fewer, body);
        }

        ApiRequest request() {
            return ApiRequest.of(method, target)
                    .withHeaders(headers)
                    .withBody(body.getBytes(StandardCharsets.ISO_8859_1))
                    .fromThisMachine();
        }
    }

    /** All that decides what is done, as each way of signing vouches for it. */
    private static List<Object> meaning(boolean v3, ApiRequest request) {
        Map<String, Object> headers = new TreeMap<>();
        for (String name : request.headerNames()) {
            boolean counts = name.startsWith("x-acs-")
                    || name.equals("content-type")
                    || name.equals(v3 ? "host" : "date")
                    || (!v3 && (name.equals("accept") || name.equals("content-md5")));
            List<String> values = request.headers(name).stream()
                    .map(String::trim)
                    .filter(value -> !value.isEmpty() || name.startsWith("x-acs-"))
                    .toList();
            if (counts && !values.isEmpty() && !(name.equals("content-type") && v3 && !request.hasBody())) {
                headers.put(name, values);
            }
        }
        List<String> pairs = QueryPairs.of(request.query()).orElseThrow().stream()
                .filter(pair -> !pair.getKey().isEmpty() || !pair.getValue().isEmpty())
                .map(pair -> pair.getKey().length() + " " + pair.getKey() + " " + pair.getValue())
                .sorted()
                .toList();
        return List.of(
                request.method(),
                request.sentPath(),
                pairs,
                headers,
                new String(request.body(), StandardCharsets.ISO_8859_1));
    }
}
