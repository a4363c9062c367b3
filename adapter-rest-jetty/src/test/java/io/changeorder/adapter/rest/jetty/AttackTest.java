package io.changeorder.adapter.rest.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.fixture.RawHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger does to a port. */
class AttackTest {
    private static final String ABORT = "/pop/v1/sam/changeorder/AbortAndRollbackChangeOrder";
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";
    private static final String ABORTING = "PUT " + ABORT + "?ChangeOrderId=co-1" + HOST;
    private static final int SLOW_CONNECTIONS = 2000;
    private static final int PATIENCE_MILLIS = 20_000;

    private final FakeEngine engine = new FakeEngine();
    private final RestServer server = RestServer.builder(engine.api()).build().start();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pop/v1/sam//changeorder/AbortAndRollbackChangeOrder",
                "//pop/v1/sam/changeorder/AbortAndRollbackChangeOrder",
                "/pop/v1/sam/app/../changeorder/AbortAndRollbackChangeOrder",
                "/pop/v1/sam/changeorder/./AbortAndRollbackChangeOrder",
                "/pop/v1/sam/app/%2e%2e/changeorder/AbortAndRollbackChangeOrder",
                "/pop/v1/sam/changeorder%2fAbortAndRollbackChangeOrder",
                "/pop/v1/sam/changeorder/AbortAndRollbackChangeOrder;a=b",
                "/pop/v1/sam;a/changeorder/AbortAndRollbackChangeOrder",
                "/pop/v1/sam/changeorder/AbortAndRollbackChangeOrder%00",
                "/pop/v1/sam/changeorder/%c0%aeAbortAndRollbackChangeOrder",
                "/pop/v1/sam/changeorder/abortandrollbackchangeorder",
                "/healthz/../pop/v1/sam/changeorder/AbortAndRollbackChangeOrder"
            })
    void aPathIsNothingElseThanItself(String path) throws IOException {
        assertNothingIsDone(RawHttp.exchange(
                server.port(), "PUT " + path + "?ChangeOrderId=co-1" + HOST + "Content-Length: 0\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello",
                "Content-Length: +5\r\n\r\nhello",
                "Content-Length : 0\r\n\r\n",
                "X: a\r\n Content-Length: 0\r\n\r\n"
            })
    void aBodyHasOneLength(String headers) throws IOException {
        assertNothingIsDone(RawHttp.exchange(server.port(), ABORTING + headers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/xml", "text/plain", "multipart/form-data; boundary=x", "nothing"})
    void noBodyIsReadButFormsAndJson(String type) throws IOException {
        String bomb =
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><a>&b;</a>";

        RawHttp.Reply reply = RawHttp.exchange(
                server.port(),
                ABORTING + "Content-Type: " + type + "\r\nContent-Length: " + bomb.length() + "\r\n\r\n" + bomb);
        assertNothingIsDone(reply);
        assertThat(reply.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-www-form-urlencoded, ChangeOrderId=co-2",
        "application/json, {\"ChangeOrderId\":\"co-2\"}",
        "application/json, '{\"A\":1,\"A\":2}'"
    })
    void aParameterIsInOnePlace(String type, String body) throws IOException {
        assertNothingIsDone(RawHttp.exchange(
                server.port(),
                ABORTING + "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%C0%AF", "%E0%80%AF", "%F0%80%80%AF", "%00", "%ED%A0%80", "%F4%90%80%80", "%u0041"})
    void aValueIsUtf8(String value) throws IOException {
        assertNothingIsDone(RawHttp.exchange(
                server.port(),
                "PUT " + ABORT + "?ChangeOrderId=co-1&ClientToken=" + value + HOST + "Content-Length: 0\r\n\r\n"));
    }

    @Test
    void headersHaveTheirOwnLimit() throws IOException {
        String header = "X: " + "x".repeat(16 * 1024) + "\r\n";

        RawHttp.Reply reply = RawHttp.exchange(server.port(), ABORTING + header + "Content-Length: 0\r\n\r\n");
        assertNothingIsDone(reply);
        assertThat(reply.status()).isEqualTo(431);
    }

    @Test
    void aHeadThatDoesNotEndIsGivenUp() throws IOException {
        try (RestServer impatient = impatient();
                Socket slow = connected(impatient, "127.0.0.1", ABORTING)) {
            // Were it not closed this would take as long as the connection may be idle, and that is longer.
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("200 OK");
            assertThat(engine.asked()).isEmpty();
        }
    }

    @Test
    void aBodyThatDoesNotEndIsGivenUp() throws IOException {
        try (RestServer impatient = impatient();
                RawHttp http = new RawHttp(impatient.port())) {
            RawHttp.Reply reply =
                    http.send(ABORTING + "Content-Length: 10\r\n\r\nx").reply();

            assertNothingIsDone(reply);
            assertThat(reply.status()).isEqualTo(408);
        }
    }

    @Test
    void whileManyAreSlowAClientGetsItsAbortThrough() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_CONNECTIONS; i++) {
                // Half of them stop in the head and half in the body; no address has more than it may.
                slow.add(connected(
                        server,
                        "127.0.0." + (2 + i % 3),
                        i % 2 == 0 ? ABORTING + "X: " : ABORTING + "Content-Length: 10\r\n\r\nx"));
            }
            assertThat(RawHttp.exchange(server.port(), ABORTING + "Content-Length: 0\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            assertThat(engine.asked()).hasSize(1);
        } finally {
            for (Socket each : slow) {
                each.close();
            }
        }
    }

    @Test
    void anAddressHasOnlySoManyConnections() throws IOException {
        List<Socket> many = new ArrayList<>();
        try {
            for (int i = 0; i < 1030; i++) {
                many.add(connected(server, "127.0.0.2", ""));
            }
            long served = many.stream().filter(AttackTest::isServed).count();
            assertThat(served).isEqualTo(1024);
        } finally {
            for (Socket each : many) {
                each.close();
            }
        }
    }

    private static boolean isServed(Socket socket) {
        try {
            socket.getOutputStream().write(("GET /healthz" + HOST + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return socket.getInputStream().read() == 'H';
        } catch (IOException closed) {
            return false;
        }
    }

    private RestServer impatient() {
        return RestServer.builder(engine.api())
                .patience(Duration.ofMillis(100))
                .build()
                .start();
    }

    private static Socket connected(RestServer to, String from, String text) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.bind(new InetSocketAddress(InetAddresses.forString(from), 0));
        socket.connect(new InetSocketAddress(InetAddresses.forString("127.0.0.1"), to.port()));
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private void assertNothingIsDone(RawHttp.Reply reply) {
        reply.assertIsNothingThatABrowserRuns();
        Answered answered = reply.answered();
        assertThat(answered.status()).isBetween(400, 499);
        assertThat(answered.body().get("Code").isTextual()).isTrue();
        assertThat(engine.asked()).isEmpty();
    }
}
