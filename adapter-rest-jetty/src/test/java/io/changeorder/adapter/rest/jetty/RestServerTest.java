package io.changeorder.adapter.rest.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.fixture.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is only this server's: it stands alone, and is to survive whatever reaches a port. */
class RestServerTest {
    private static final String ABORT = "/pop/v1/sam/changeorder/AbortAndRollbackChangeOrder";
    private static final int KIB = 1024;

    private final FakeEngine engine = new FakeEngine();
    private final RestServer server = RestServer.builder(engine.api()).build().start();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "\0\1\2\3\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nno colon here\r\n\r\n",
                "GET /<script>alert(1)</script> HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET http://[::1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET //////../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "CONNECT a:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
                "PUT / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
                "PUT " + ABORT + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST " + ABORT + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
                "GET /pop/v1/sam/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /pop/v1/sam/nothing HTTP/1.0\r\n\r\n"
            })
    void whateverIsSentIsAnsweredWithAnEnvelope(String request) throws IOException {
        RawHttp.Reply reply = RawHttp.exchange(server.port(), request);
        Answered answered = reply.answered();

        reply.assertIsNothingThatABrowserRuns();
        assertThat(reply.headers()).doesNotContainKey("server");
        assertThat(answered.status()).isBetween(400, 599);
        assertThat(answered.body().get("Code").isTextual()).isTrue();
        assertThat(answered.body().get("Success").asBoolean(true)).isFalse();
        assertThat(answered.body().get("RequestId").asText()).hasSize(36);
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void aRequestLineThatIsTooLongIsAnsweredWithAnEnvelope() throws IOException {
        String id = "x".repeat(210 * KIB);

        RawHttp.Reply reply = RawHttp.exchange(
                server.port(), "PUT " + ABORT + "?ChangeOrderId=" + id + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Answered answered = reply.answered();
        reply.assertIsNothingThatABrowserRuns();
        assertThat(answered.status()).isEqualTo(414);
        assertThat(answered.code()).isEqualTo("InvalidParameter.WithMessage");
    }

    @Test
    void headersThatAreTooLargeAreAnsweredWithAnEnvelope() throws IOException {
        RawHttp.Reply reply = RawHttp.exchange(
                server.port(),
                "PUT " + ABORT + " HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(210 * KIB) + "\r\n\r\n");

        assertThat(reply.answered().status()).isEqualTo(431);
        reply.assertIsNothingThatABrowserRuns();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: rebound.example:8080\r\n",
                "Host: 192.0.2.1\r\n",
                "Host: rebound.example\r\nSec-Fetch-Site: same-origin\r\n"
            })
    void aSiteWhoseNamePointsHereCanNotCommand(String headers) throws IOException {
        RawHttp.Reply reply = RawHttp.exchange(
                server.port(),
                "PUT " + ABORT + "?ChangeOrderId=co-1 HTTP/1.1\r\n" + headers + "Content-Length: 0\r\n\r\n");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.answered().code()).isEqualTo("Resouce.no.permission");
        assertThat(engine.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: 127.0.0.1:18080\r\n",
                "Host: [::1]:18080\r\n",
                "Host: LOCALHOST\r\n",
                "Host: localhost:80\r\nOrigin: http://localhost:80\r\nSec-Fetch-Site: same-origin\r\n",
                "Host: localhost:80\r\nSec-Fetch-Site: none\r\n"
            })
    void everyNameOfThisMachineIsServed(String headers) throws IOException {
        assertThat(RawHttp.exchange(
                                server.port(),
                                "PUT " + ABORT + "?ChangeOrderId=co-1 HTTP/1.1\r\n" + headers
                                        + "Content-Length: 0\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRunningRequestIsFinishedWhenTheServerStops() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        engine.runs(() -> {
            entered.countDown();
            awaitUnchecked(goOn);
        });
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(uri(ABORT + "?ChangeOrderId=co-1"))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        entered.await();
        int port = server.port();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        Awaitility.await().until(() -> isRefused(port));
        assertThat(stopped).isNotDone();
        goOn.countDown();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        stopped.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void anyOtherHostThanLoopbackIsRefused(String host) {
        RestServer.Builder builder = RestServer.builder(engine.api()).host(host);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback only")
                .hasMessageContaining(host);
    }

    @Test
    void anUnknownHostIsRefused() {
        RestServer.Builder builder = RestServer.builder(engine.api()).host("no such host");

        assertThatThrownBy(builder::build).hasMessageContaining("Unknown host: no such host");
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        RestServer second = RestServer.builder(engine.api()).port(server.port()).build();

        assertThatThrownBy(second::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(BindException.class)
                .hasMessageContaining("can't listen")
                .hasMessageContaining(Integer.toString(server.port()));
        second.close();
    }

    @Test
    void closingItAgainIsHarmless() {
        int port = server.port();
        server.close();
        server.close();

        assertThat(isRefused(port)).isTrue();
    }

    @Test
    void aServerThatNeverStartedCanBeClosed() {
        RestServer.builder(engine.api()).build().close();

        assertThat(engine.asked()).isEmpty();
    }

    private static boolean isRefused(int port) {
        try (RawHttp http = new RawHttp(port)) {
            return http.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .reply()
                            .status()
                    == 503;
        } catch (IOException e) {
            return true;
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + server.port() + pathAndQuery);
    }
}
