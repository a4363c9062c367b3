package io.changeorder.adapter.rest.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.RawHttp;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser may do with a shell, and with what the shell answers it: nothing that a page of another site wants. */
abstract class ShellBrowserContract extends ShellUnderTest {
    private static final String ABORT = "/pop/v1/sam/changeorder/AbortAndRollbackChangeOrder";
    private static final String CONFIRM =
            "/pop/v1/sam/changeorder/ConfirmPipelineBatch?PipelineId=batch-1&Confirm=true";
    private static final String ORIGIN = "Origin: http://localhost\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example\r\n",
                "Origin: null\r\n",
                "Origin: http://localhost:3000\r\n",
                "Sec-Fetch-Site: cross-site\r\n",
                "Sec-Fetch-Site: same-site\r\n"
            })
    void aWebPageCanNotCommandThroughABrowser(String headers) throws IOException {
        Answered answered =
                send("PUT", ABORT + "?ChangeOrderId=co-1", headers, "").answered();

        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.code()).isEqualTo("Resouce.no.permission");
        assertThat(engine.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n",
                "Origin: https://localhost\r\n",
                "Sec-Fetch-Site: none\r\n"
            })
    void itsOwnPagesCan(String headers) throws IOException {
        assertThat(send("PUT", ABORT + "?ChangeOrderId=co-1", headers, "").status())
                .isEqualTo(200);
        assertThat(engine.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Origin: http://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: image\r\n"})
    void anImageOfAWebPageConfirmsNoBatch(String headers) throws IOException {
        assertThat(send("GET", CONFIRM, headers, "").answered().code()).isEqualTo("Resouce.no.permission");
        assertThat(engine.asked()).isEmpty();

        assertThat(send("GET", CONFIRM, "", "").status()).isEqualTo(200);
        assertThat(engine.asked()).hasSize(1);
    }

    /** Whatever comes of it. A page of its own is not answered otherwise than anybody else. */
    @ParameterizedTest
    @CsvSource({
        "GET, /healthz, '', 200",
        "PUT, /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1, '', 200",
        "POST, /pop/v1/sam/app/deployApplication, '', 400",
        "PUT, /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=%, '', 400",
        "PUT, /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder, Content-Type: text/plain, 415",
        "GET, /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder, '', 404",
        "GET, /%3Cscript%3Ealert(1)%3C/script%3E, '', 404",
        "GET, /healthz, Sec-Fetch-Site: cross-site, 400",
        "GET, /healthz, Accept: application/xml, 200"
    })
    void everyAnswerIsNothingThatABrowserRuns(String method, String target, String header, int status)
            throws IOException {
        String headers = ORIGIN + (header.isEmpty() ? "" : header + "\r\n");

        assertIsNothingThatABrowserRuns(
                send(method, target, headers, header.contains("text/plain") ? "x" : ""), status);
    }

    @Test
    void noAnswerToTooMuchIsAnythingThatABrowserRuns() throws IOException {
        String headers = ORIGIN + "X: " + "x".repeat(17 * 1024) + "\r\n";

        assertIsNothingThatABrowserRuns(send("PUT", ABORT, headers, ""), 431);
        assertIsNothingThatABrowserRuns(send("PUT", ABORT, ORIGIN + FORM, "x".repeat(1024 * 1024 + 1)), 413);
    }

    @Test
    void noAnswerOfABrokenMachineIsAnythingThatABrowserRuns() throws IOException {
        engine.runs(() -> {
            throw new StackOverflowError("of the machine");
        });

        assertIsNothingThatABrowserRuns(send("PUT", ABORT + "?ChangeOrderId=co-1", ORIGIN, ""), 500);
    }

    /** What a browser asks before it sends what a page of another site could not send with a form. */
    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://localhost", "null"})
    void noPreflightIsGranted(String origin) throws IOException {
        RawHttp.Reply reply = send(
                "OPTIONS",
                ABORT,
                "Origin: " + origin
                        + "\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: authorization\r\n",
                "");

        assertIsNothingThatABrowserRuns(reply, origin.equals("http://localhost") ? 404 : 400);
        assertThat(engine.asked()).isEmpty();
    }

    private static void assertIsNothingThatABrowserRuns(RawHttp.Reply reply, int status) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        reply.assertIsNothingThatABrowserRuns();
    }
}
