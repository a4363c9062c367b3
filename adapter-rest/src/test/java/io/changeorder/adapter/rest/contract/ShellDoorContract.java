package io.changeorder.adapter.rest.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.authentication.Secret;
import io.changeorder.adapter.rest.authentication.SigningKey;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.RawHttp;
import io.changeorder.adapter.rest.fixture.TestKeys;
import io.changeorder.adapter.rest.fixture.TestSigner;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.domain.id.Actor;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shell tells whoever decides about a request, over real sockets: all of it, and as it was sent. */
abstract class ShellDoorContract extends ShellBrowserContract {
    private static final String STOP = "/pop/v1/sam/app/stopApplication";
    private static final Instant NOW = SettableClock.START.truncatedTo(ChronoUnit.SECONDS);
    private static final int MAX_HEADERS = 16 * 1024;

    private final TestSigner signer = new TestSigner("testAK", "testSK");
    private final AtomicReference<ApiRequest> seen = new AtomicReference<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n",
                "Forwarded: for=192.0.2.7;proto=https\r\n"
            })
    void itIsSeenWhereARequestComesFromAndNotWhereItSays(String headers) throws IOException {
        lookAtRequests();
        send("PUT", STOP + "?AppId=app-1", headers, "");

        assertThat(seen().address()).contains(InetAddress.getLoopbackAddress());
        assertThat(seen().isSecure()).isFalse();
        assertThat(engine.lastRequest().origin().address()).isEqualTo(seen().address());
        assertThat(engine.lastRequest().origin().secure()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AppId=%61%2F&X=a+b%20~*'()", "AppId=%e5%8f%91&&X=", "AppId=a;b&X"})
    void theLineOfTheRequestIsSeenAsItWasSent(String query) throws IOException {
        lookAtRequests();
        send("PUT", STOP + "?" + query, "", "");

        assertThat(seen().sentPath()).isEqualTo(mount() + STOP);
        assertThat(seen().path()).isEqualTo(STOP);
        assertThat(seen().query()).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyByteOfABodyIsSeen(boolean chunked) throws IOException {
        lookAtRequests();
        byte[] body = new byte[3 * 256];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }
        String bytes = new String(body, StandardCharsets.ISO_8859_1);
        String head = head("PUT", STOP) + FORM;
        RawHttp.exchange(
                port(),
                chunked
                        ? head + "Transfer-Encoding: chunked\r\n\r\n1\r\n" + bytes.charAt(0) + "\r\n2ff\r\n"
                                + bytes.substring(1) + "\r\n0\r\n\r\n"
                        : head + "Content-Length: " + body.length + "\r\n\r\n" + bytes);

        assertThat(Hashing.sha256().hashBytes(seen().body()))
                .isEqualTo(Hashing.sha256().hashBytes(body));
    }

    @Test
    void everyValueOfAHeaderIsSeen() throws IOException {
        lookAtRequests();
        send("PUT", STOP, "X-Acs-Twice: a\r\nX-Acs-Empty:\r\nx-acs-twice:  b;c, d \r\n", "");

        assertThat(seen().headers("x-acs-twice")).containsExactly("a", "b;c, d");
        assertThat(seen().headers("x-acs-empty")).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoSignedIsLetIn(boolean v3) throws IOException {
        checkSignatures();

        assertThat(exchange(signed(v3, mount() + STOP, "1")).code()).isEqualTo("200");
        assertThat(engine.lastRequest().actor()).isEqualTo(TestKeys.TEST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSignatureIsForThePathThatWasSentTo(boolean v3) throws IOException {
        checkSignatures();
        ApiRequest elsewhere = signed(v3, "/elsewhere" + mount() + STOP, "1");
        ApiRequest here = ApiRequest.of("PUT", mount() + STOP + "?" + elsewhere.query())
                .withHeaders(elsewhere.headerNames().stream()
                        .map(name -> Map.entry(name, elsewhere.header(name).orElseThrow()))
                        .toList())
                .withBody(elsewhere.body());

        assertThat(exchange(here).code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(engine.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AppId=app-1, AppId=app-2, SignatureDoesNotMatch",
        "Deploy=1, Deploy=2, ContentMD5NotMatched",
        "x-acs-version: 2019-05-06, x-acs-version: 2019-05-07, InvalidVersion",
        "x-acs-signature-nonce: 1, x-acs-signature-nonce: 2, SignatureDoesNotMatch",
        "authorization:, x-authorization:, IncompleteSignature"
    })
    void whatIsChangedOnTheWayIsRefused(String signed, String sent, String code) throws IOException {
        checkSignatures();
        String request = text(signed(true, mount() + STOP, "1"));

        assertThat(request).contains(signed);
        assertThat(RawHttp.exchange(port(), request.replace(signed, sent))
                        .answered()
                        .code())
                .isEqualTo(code);
        assertThat(engine.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void headersHaveALimit(int count) throws IOException {
        String header = ": " + "x".repeat(MAX_HEADERS / count) + "\r\n";
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            headers.append("X-").append(i).append(header);
        }
        Answered answered =
                send("PUT", STOP + "?AppId=app-1", headers.toString(), "").answered();

        assertThat(answered.status()).isEqualTo(431);
        assertThat(answered.code()).isEqualTo("InvalidParameter.WithMessage");
        assertThat(engine.asked()).isEmpty();
    }

    private void lookAtRequests() {
        authentication = request -> {
            seen.set(request);
            return Caller.known(new Actor("somebody"));
        };
    }

    private ApiRequest seen() {
        return Optional.ofNullable(seen.get()).orElseThrow(() -> new AssertionError("nobody was asked who it is"));
    }

    private void checkSignatures() {
        authentication = TestKeys.signatures(
                new SigningKey(TestKeys.TEST, List.of(new Secret("testSK")), Optional.empty(), true, true), NOW);
    }

    private ApiRequest signed(boolean v3, String path, String nonce) {
        byte[] body = "Deploy=1".getBytes(StandardCharsets.UTF_8);
        ApiRequest request = ApiRequest.of("PUT", path + "?AppId=app-1")
                .withHeader("content-type", "application/x-www-form-urlencoded")
                .withHeader("content-md5", TestSigner.md5(body))
                .withHeader("host", "localhost")
                .withBody(body);
        return v3 ? signer.v3(request, NOW, nonce) : signer.v1(request, NOW, nonce);
    }

    private Answered exchange(ApiRequest request) throws IOException {
        return RawHttp.exchange(port(), text(request)).answered();
    }

    private static String text(ApiRequest request) {
        StringBuilder text = new StringBuilder(request.method() + " " + request.path() + "?" + request.query());
        text.append(" HTTP/1.1\r\n");
        for (String name : request.headerNames()) {
            text.append(name).append(": ").append(request.header(name).orElseThrow());
            text.append("\r\n");
        }
        return text.append("content-length: " + request.body().length + "\r\n\r\n")
                .append(new String(request.body(), StandardCharsets.ISO_8859_1))
                .toString();
    }
}
