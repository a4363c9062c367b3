package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.authentication.CheckedSignatures;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.authentication.Secret;
import io.changeorder.adapter.rest.authentication.SigningKey;
import io.changeorder.adapter.rest.fixture.Captures;
import io.changeorder.adapter.rest.fixture.TestKeys;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.parameter.QueryPairs;
import io.changeorder.adapter.rest.signature.Authorization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients signed is believed, and nothing else is: every byte of it is changed, left out and doubled. */
class SignedCapturesTest {
    private static final List<String> V1_HEADERS = List.of("accept", "content-md5", "content-type", "date");

    @ParameterizedTest
    @MethodSource("io.changeorder.adapter.rest.fixture.Captures#all")
    void whatAClientSignedIsBelieved(String capture) {
        ApiRequest request = Captures.request(capture);

        assertThat(believing(request).authenticate(request)).isEqualTo(Caller.known(TestKeys.TEST));
    }

    @ParameterizedTest
    @MethodSource("io.changeorder.adapter.rest.fixture.Captures#all")
    void whatIsChangedOnTheWayIsNot(String capture) {
        ApiRequest request = Captures.request(capture);
        RequestAuthentication authentication = believing(request);
        long refused = changed(request)
                .filter(altered -> !isBelieved(authentication, altered, request))
                .count();

        // Several changes for each byte of a request that has some 500 signed ones.
        assertThat(refused).isGreaterThan(1000);
    }

    @ParameterizedTest
    @MethodSource("io.changeorder.adapter.rest.fixture.Captures#all")
    void aHeaderThatIsAddedOrDoubledIsNot(String capture) {
        ApiRequest request = Captures.request(capture);
        RequestAuthentication authentication = believing(request);

        for (String name : signedHeaders(request)) {
            assertThat(authentication.authenticate(request.withHeader(name, "added")))
                    .as(name)
                    .isInstanceOf(Caller.Refused.class);
            assertThat(authentication.authenticate(
                            request.withHeader(name, request.header(name).orElseThrow())))
                    .as(name)
                    .isInstanceOf(Caller.Refused.class);
        }
        assertThat(authentication.authenticate(request.withHeader("x-acs-added", "1")))
                .isInstanceOf(Caller.Refused.class);
        assertThat(authentication.authenticate(request.withHeader(
                        "authorization", request.header("authorization").orElseThrow())))
                .isInstanceOf(Caller.Refused.class);
    }

    @ParameterizedTest
    @MethodSource("io.changeorder.adapter.rest.fixture.Captures#all")
    void theSignatureOfAnotherSecretIsNot(String capture) {
        ApiRequest request = Captures.request(capture);
        SigningKey other = TestKeys.of(request);
        SigningKey key =
                new SigningKey(other.actor(), List.of(new Secret("testSk")), other.securityToken(), true, true);
        Caller caller = TestKeys.signatures(key, TestKeys.signedAt(request)).authenticate(request);

        assertThat(reason(caller)).contains(Caller.Reason.SIGNATURE_MISMATCH);
    }

    /** Of nonces it remembers none: it is not the repetition that is refused here. */
    private static RequestAuthentication believing(ApiRequest capture) {
        SigningKey key = TestKeys.of(capture);
        Instant now = TestKeys.signedAt(capture);
        return new CheckedSignatures(
                id -> Optional.of(key).filter(known -> known.actor().name().equals(id)),
                (actor, nonce, length) -> true,
                () -> now);
    }

    /** Whoever is believed has sent what was signed, if in another spelling. */
    private static boolean isBelieved(RequestAuthentication authentication, ApiRequest altered, ApiRequest signed) {
        if (authentication.authenticate(altered) instanceof Caller.Refused) {
            return false;
        }
        assertThat(meaning(altered)).isEqualTo(meaning(signed));
        return true;
    }

    private static List<Object> meaning(ApiRequest request) {
        Set<String> pairs = new TreeSet<>();
        QueryPairs.of(request.query()).orElseThrow().forEach(pair -> pairs.add(pair.getKey() + "=" + pair.getValue()));
        return List.of(
                request.method(),
                request.path(),
                pairs,
                signedHeaders(request).stream()
                        .map(name -> Map.entry(
                                name, request.header(name).orElseThrow().trim()))
                        .toList(),
                Arrays.toString(request.body()));
    }

    private static Stream<ApiRequest> changed(ApiRequest request) {
        Stream<ApiRequest> line = Stream.of(
                        variants(request.method()).map(method -> again(request, method, target(request))),
                        variants(target(request)).map(target -> again(request, request.method(), target)),
                        variants(new String(request.body(), StandardCharsets.ISO_8859_1))
                                .map(body -> request.withBody(body.getBytes(StandardCharsets.ISO_8859_1))))
                .flatMap(each -> each);
        Stream<ApiRequest> headers = Stream.concat(signedHeaders(request).stream(), Stream.of("authorization"))
                .flatMap(name -> Stream.concat(
                        variants(request.header(name).orElseThrow()).map(value -> with(request, name, name, value)),
                        variants(name)
                                .map(other -> with(
                                        request,
                                        name,
                                        other,
                                        request.header(name).orElseThrow()))));
        return Stream.of(line, headers, moved(request)).flatMap(each -> each);
    }

    /** A query becomes a body, a body goes, and a signed header goes. */
    private static Stream<ApiRequest> moved(ApiRequest request) {
        return Stream.of(
                again(request, request.method(), request.path())
                        .withBody(request.query().getBytes(StandardCharsets.UTF_8)),
                request.withBody(new byte[0]),
                request.withBody("{}".getBytes(StandardCharsets.UTF_8)));
    }

    private static String target(ApiRequest request) {
        return request.path() + "?" + request.query();
    }

    /** For each character: two others, none, twice. */
    private static Stream<String> variants(String text) {
        return Stream.iterate(0, at -> at < text.length(), at -> at + 1).flatMap(at -> {
            String before = text.substring(0, at);
            String after = text.substring(at + 1);
            char here = text.charAt(at);
            UnaryOperator<String> with = instead -> before + instead + after;
            return Stream.of(
                    with.apply(Character.toString((char) (here ^ 1))),
                    with.apply(Character.toString((char) (here ^ 0x20))),
                    with.apply(""),
                    with.apply(Character.toString(here) + here));
        });
    }

    private static List<String> signedHeaders(ApiRequest request) {
        List<String> listed = Authorization.of(request).orElseThrow().signedHeaders();
        return listed.isEmpty()
                ? request.headerNames().stream()
                        .filter(name -> name.startsWith("x-acs-") || V1_HEADERS.contains(name))
                        .sorted()
                        .toList()
                : listed;
    }

    private static ApiRequest again(ApiRequest request, String method, String target) {
        return ApiRequest.of(method, target).withHeaders(headers(request)).withBody(request.body());
    }

    private static ApiRequest with(ApiRequest request, String name, String otherName, String value) {
        List<Map.Entry<String, String>> headers = headers(request).stream()
                .map(header -> header.getKey().equals(name) ? Map.entry(otherName, value) : header)
                .toList();
        return ApiRequest.of(request.method(), target(request))
                .withHeaders(headers)
                .withBody(request.body());
    }

    private static List<Map.Entry<String, String>> headers(ApiRequest request) {
        return request.headerNames().stream()
                .flatMap(name -> request.headers(name).stream().map(value -> Map.entry(name, value)))
                .toList();
    }

    private static Optional<Caller.Reason> reason(Caller caller) {
        return caller.match(known -> Optional.empty(), refused -> Optional.of(refused.reason()));
    }
}
