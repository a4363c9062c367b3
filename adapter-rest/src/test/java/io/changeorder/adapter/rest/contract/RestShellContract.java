package io.changeorder.adapter.rest.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.UrlEscapers;
import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.Captures;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.fixture.RawHttp;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import io.changeorder.application.api.command.AbortChangeOrder;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.domain.id.Actor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a shell of the API does, over real sockets; a subclass starts one. What a server refuses by itself, since it is no
 * HTTP or too much of it, is the server's affair.
 */
public abstract class RestShellContract extends ShellDoorContract {
    private static final String ABORT = "/pop/v1/sam/changeorder/AbortAndRollbackChangeOrder";
    private static final String DEPLOY = "/pop/v1/sam/app/deployApplication?AppId=app-1";
    private static final int KIB = 1024;

    @ParameterizedTest
    @MethodSource("io.changeorder.adapter.rest.fixture.Captures#all")
    void everyCaptureOfARealClientIsServed(String capture) throws IOException {
        RawHttp.Reply reply = RawHttp.exchange(port(), mounted(Captures.bytes(capture)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.answered().body().get("Success").asBoolean()).isTrue();
        assertThat(engine.lastRequest().actor().name()).isEqualTo("testAK");
        assertThat(reply.headers().get("content-type")).isEqualToIgnoringCase("application/json;charset=utf-8");
        assertThat(reply.headers())
                .containsEntry("cache-control", "no-store")
                .containsEntry(
                        "x-acs-request-id",
                        reply.answered().body().get("RequestId").asText())
                .containsEntry(
                        "x-acs-trace-id", reply.answered().body().get("TraceId").asText());
    }

    @Test
    void capturesFollowEachOtherOnOneConnection() throws IOException {
        try (RawHttp http = new RawHttp(port())) {
            for (String capture : Captures.all()) {
                assertThat(http.send(mounted(Captures.bytes(capture))).reply().status())
                        .as(capture)
                        .isEqualTo(200);
            }
        }
        assertThat(engine.asked()).hasSize(24);
    }

    @Test
    void parametersOf40KibInTheQueryAreServed() throws IOException {
        String description = "x".repeat(40 * KIB);

        assertThat(send("POST", DEPLOY + "&ChangeOrderDesc=" + description, "", "")
                        .status())
                .isEqualTo(200);
        assertThat(engine.lastAs(DeployApplication.Command.class).description()).isEqualTo(description);
    }

    @Test
    void aQueryIsDecodedByTheApiAlone() throws IOException {
        send("POST", DEPLOY + "&ChangeOrderDesc=a+b%20c%2B%3B;d%E5%8F%91", "", "");

        assertThat(engine.lastAs(DeployApplication.Command.class).description()).isEqualTo("a b c+;;d\u53d1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%C3%28", "%ED%A0%80"})
    void aBrokenQueryIsRefusedByTheApi(String value) throws IOException {
        RawHttp.Reply reply = send("PUT", ABORT + "?ChangeOrderId=" + value, FORM, "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.answered().message())
                .isEqualTo("The parameter is invalid {ChangeOrderId}: its percent-encoding is broken or not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST"})
    void aFormIsDecodedByTheApiAlone(String method) throws IOException {
        String path = method.equals("PUT") ? ABORT : DEPLOY;
        String body =
                "ChangeOrderId=" + UrlEscapers.urlFormParameterEscaper().escape("co-1") + "&ChangeOrderDesc=%E5%8F%91";

        assertThat(send(method, path, FORM, body).status()).isEqualTo(200);
        assertThat(send(method, path, FORM, body + "&AppName=%C3%28").answered().message())
                .isEqualTo("The parameter is invalid {AppName}: its percent-encoding is broken or not UTF-8");
        assertThat(send(method, path + (path.contains("?") ? "&" : "?") + "ChangeOrderId=co-2", FORM, body)
                        .answered()
                        .message())
                .isEqualTo("The specified parameter is invalid {ChangeOrderId}.");
    }

    @Test
    void aFormInChunksIsReadWhole() throws IOException {
        try (RawHttp http = new RawHttp(port())) {
            http.send(head("PUT", "/pop/v1/sam/changeorder/AbortChangeOrder?ChangeOrderId=co-1") + FORM
                    + "Transfer-Encoding: chunked\r\n\r\n");
            http.send("5\r\nRollb\r\n");
            assertThat(http.send("8\r\nack=true\r\n0\r\n\r\n").reply().status()).isEqualTo(200);
        }
        assertThat(engine.lastAs(AbortChangeOrder.Command.class).rollback()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1048577, 413", "4000000, 413", "1048576, 400"})
    void aBodyHasALimit(int size, int status) throws IOException {
        RawHttp.Reply reply = send("POST", DEPLOY, FORM, "ChangeOrderId=" + "x".repeat(size - 14));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.answered().code()).startsWith("InvalidParameter.");
    }

    @Test
    void aBodyWithoutLengthHasTheSameLimit() throws IOException {
        try (RawHttp http = new RawHttp(port())) {
            http.send(head("PUT", ABORT) + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int kib = 0; kib < 1100; kib++) {
                http.send("400\r\n" + " ".repeat(KIB) + "\r\n");
            }
            assertThat(http.send("0\r\n\r\n").reply().status()).isEqualTo(413);
        }
    }

    @Test
    void aClientThatExpectsToContinueIsTold() throws IOException {
        try (RawHttp http = new RawHttp(port())) {
            http.send(head("PUT", ABORT)
                    + "Expect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n");
            assertThat(http.interimStatus()).isEqualTo(100);
            assertThat(http.send("{\"ChangeOrderId\":\"co-1\"}").reply().status())
                    .isEqualTo(200);
        }
        assertThat(engine.lastAs(AbortAndRollBackChangeOrder.Command.class).order())
                .contains(FakeEngine.ORDER);
    }

    @Test
    void whoPrefersXmlGetsIt() throws IOException {
        RawHttp.Reply reply = send(
                "GET", "/pop/v1/sam/changeorder/DescribeChangeOrder?ChangeOrderId=co-1", "Accept: text/xml\r\n", "");

        assertThat(reply.headers().get("content-type")).isEqualToIgnoringCase("application/xml;charset=utf-8");
        assertThat(reply.body()).contains("<DescribeChangeOrderResponse><RequestId>");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /pop/v1/sam/nothing",
        "GET, /",
        "POST, /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1",
        "OPTIONS, /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1",
        "PATCH, /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1",
        "PUT, /pop/v1/sam/changeorder/%41bortAndRollbackChangeOrder?ChangeOrderId=co-1",
        "PUT, /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder/?ChangeOrderId=co-1"
    })
    void anotherMethodOrPathIsNotFound(String method, String target) throws IOException {
        Answered answered = send(method, target, "", "").answered();

        assertThat(answered.status()).isEqualTo(404);
        assertThat(answered.code()).isEqualTo("InvalidApi.NotFound");
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void headIsAGetWithoutABody() throws IOException {
        try (RawHttp http = new RawHttp(port())) {
            RawHttp.Reply head = http.send(head("HEAD", "/healthz") + "\r\n").head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).containsKey("x-acs-request-id");
            // The next answer follows at once: no body came in between.
            assertThat(http.send(head("GET", "/healthz") + "\r\n").reply().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void headNeverConfirmsABatch() throws IOException {
        try (RawHttp http = new RawHttp(port())) {
            String path = "/pop/v1/sam/changeorder/ConfirmPipelineBatch?PipelineId=b&Confirm=true";
            assertThat(http.send(head("HEAD", path) + "\r\n").head().status()).isEqualTo(404);
        }
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void healthIsAnEnvelopeToo() throws IOException {
        RawHttp.Reply reply = send("GET", "/readyz", "", "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.answered().body().at("/Data/Status").asText()).isEqualTo("UP");
    }

    @Test
    void anErrorOfTheMachineIsAnEnvelopeToo() throws IOException {
        engine.runs(() -> {
            throw new StackOverflowError("of the secret method");
        });

        Answered answered = send("PUT", ABORT + "?ChangeOrderId=co-1", "", "").answered();
        assertThat(answered.status()).isEqualTo(500);
        assertThat(answered.code()).isEqualTo("InternalError");
        assertThat(answered.body().toString()).doesNotContain("secret");
    }

    @Test
    void theActorIsWhomTheAuthenticationNames() throws IOException {
        authentication = request -> Caller.known(new Actor("somebody"));

        assertThat(send("PUT", ABORT + "?ChangeOrderId=co-1", "Authorization: acs testAK:x\r\n", "")
                        .status())
                .isEqualTo(200);
        assertThat(engine.lastRequest().actor()).isEqualTo(new Actor("somebody"));
    }

    @Test
    void theAuthenticationSeesTheWholeRequest() throws IOException {
        authentication = request -> Caller.known(new Actor(String.join(
                "|",
                request.method(),
                request.path(),
                request.query(),
                request.header("x-key").orElse(""),
                new String(request.body(), StandardCharsets.UTF_8))));

        send("PUT", "/pop/v1/sam/app/stopApplication?AppId=%61", FORM + "X-Key: k\r\n", "Deploy=1");
        assertThat(engine.lastRequest().actor().name())
                .isEqualTo("PUT|/pop/v1/sam/app/stopApplication|AppId=%61|k|Deploy=1");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_AUTHENTICATED, 400, Resouce.no.permission",
        "INCOMPLETE_SIGNATURE, 400, IncompleteSignature",
        "UNKNOWN_KEY, 404, InvalidAccessKeyId.NotFound"
    })
    void whomTheAuthenticationRefusesIsToldSo(Caller.Reason reason, int status, String code) throws IOException {
        authentication = request -> Caller.refused(reason);

        Answered answered = send("PUT", ABORT + "?ChangeOrderId=co-1", "", "").answered();
        assertThat(answered.status()).isEqualTo(status);
        assertThat(answered.code()).isEqualTo(code);
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void anAuthenticationThatThrowsLetsNobodyIn() throws IOException {
        authentication = request -> {
            throw new IllegalStateException("the secret directory is down");
        };

        Answered answered = send("PUT", ABORT + "?ChangeOrderId=co-1", "", "").answered();
        assertThat(answered.status()).isEqualTo(503);
        assertThat(answered.code()).isEqualTo("ServiceUnavailable");
        assertThat(answered.body().toString()).doesNotContain("secret");
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void nobodyPassesForTheEngine() throws IOException {
        authentication = request -> Caller.known(Actor.ENGINE);

        assertThat(send("PUT", ABORT + "?ChangeOrderId=co-1", "", "").answered().code())
                .isEqualTo("InvalidAccessKeyId.NotFound");
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void onlyTheOperatorAtTheMachineCommandsDuringMaintenance() throws IOException {
        RawHttp.Reply reply = send("PUT", ABORT + "?DuringMaintenance=true&ChangeOrderId=co-1", "", "");

        if (knowsItsOwnMachine()) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(engine.lastRequest().duringMaintenance()).isTrue();
        } else {
            assertThat(reply.answered().code()).isEqualTo("Resouce.no.permission");
            assertThat(engine.asked()).isEmpty();
        }
    }
}
