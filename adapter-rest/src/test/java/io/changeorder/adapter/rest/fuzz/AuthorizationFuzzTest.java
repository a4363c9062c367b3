package io.changeorder.adapter.rest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.domain.id.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any Authorization header of a request that is otherwise as it was signed. In it {@code $id} stands for the key,
 * {@code $v3} and {@code $v1} for its signatures, which are others in every run.
 */
@Timeout(30)
class AuthorizationFuzzTest {
    private static final Set<String> REFUSALS =
            Set.of("400 IncompleteSignature", "404 InvalidAccessKeyId.NotFound", "400 SignatureDoesNotMatch");
    private static final CharMatcher SEPARATORS =
            CharMatcher.whitespace().or(CharMatcher.javaIsoControl()).or(CharMatcher.is(','));

    private static final ApiRequest SIGNED = KeyedDoor.owner()
            .with("host", "localhost")
            .with("x-acs-date", KeyedDoor.NOW.toString())
            .with("x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
            .v1(Answered.request("PUT /pop/v1/sam/app/stopApplication?AppId=app-1"), KeyedDoor.NOW, "n");
    private static final String V1 = SIGNED.header("authorization").orElseThrow();
    private static final String V3 = KeyedDoor.owner()
            .v3(without("authorization", SIGNED), KeyedDoor.NOW, "n")
            .header("authorization")
            .orElseThrow();

    @FuzzTest
    void nobodyIsLetInButWhoSignedExactlyThis(byte[] sent) {
        String authorization = authorization(sent);
        FakeEngine engine = new FakeEngine();
        KeyedDoor door = new KeyedDoor();

        ApiResponse answer = engine.api().answer(signedBy(authorization), door);

        if (door.admitted().isPresent()) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(door.admitted().get().name()).isEqualTo(KeyedDoor.keyId());
            assertThat(List.of(V3, V1))
                    .anySatisfy(valid -> assertThat(words(authorization)).containsAll(words(valid)));
        } else {
            assertThat(answer.status() + " "
                            + Answered.json(answer.text()).path("Code").asText())
                    .isIn(REFUSALS);
            assertThat(engine.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-signed", "v3-signed"})
    void theKeptInputsOfWhoSignedExactlyThisAreLetIn(String kept) throws IOException {
        KeyedDoor door = new KeyedDoor();
        try (InputStream in = getClass()
                .getResourceAsStream("AuthorizationFuzzTestInputs/nobodyIsLetInButWhoSignedExactlyThis/" + kept)) {
            byte[] sent = Objects.requireNonNull(in, kept).readAllBytes();
            ApiResponse answer = new FakeEngine().api().answer(signedBy(authorization(sent)), door);
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(door.admitted().map(Actor::name)).contains(KeyedDoor.keyId());
    }

    private static String authorization(byte[] sent) {
        return new String(sent, StandardCharsets.ISO_8859_1)
                .replace("$id", KeyedDoor.keyId())
                .replace("$v3", V3.substring(V3.lastIndexOf('=') + 1))
                .replace("$v1", V1.substring(V1.lastIndexOf(':') + 1));
    }

    private static ApiRequest signedBy(String authorization) {
        return without("authorization", SIGNED).withHeader("authorization", authorization);
    }

    /** The parts of a header, in whatever order and with whatever blanks between them. */
    private static List<String> words(String authorization) {
        return Splitter.on(SEPARATORS).omitEmptyStrings().splitToList(authorization);
    }

    private static ApiRequest without(String name, ApiRequest request) {
        ApiRequest copy = ApiRequest.of(request.method(), request.path() + "?" + request.query())
                .withBody(request.body())
                .fromThisMachine();
        for (String each : request.headerNames()) {
            if (!each.equals(name)) {
                copy = copy.withHeader(each, request.header(each).orElseThrow());
            }
        }
        return copy;
    }
}
