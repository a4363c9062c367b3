package io.changeorder.adapter.rest.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.rest.authentication.UncheckedSignatures;
import io.changeorder.adapter.rest.contract.Shell;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.fixture.RawHttp;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a Spring Boot service that reads the forms of PUT requests before anybody else, as it does unless it is told not to. */
class TakenFormTest {
    private static final FakeEngine ENGINE = new FakeEngine();
    private static final Shell HOST = new SpringBootHost(ENGINE.api(), new UncheckedSignatures());
    private static final String FORM = "PUT " + HOST.mount()
            + "/pop/v1/sam/changeorder/AbortChangeOrder?ChangeOrderId=co-1 HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n";

    @BeforeEach
    void forget() {
        ENGINE.forget();
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    @Test
    void nothingIsDoneWithHalfOfAForm() throws IOException {
        assertThat(RawHttp.exchange(HOST.port(), FORM + "Content-Length: 13\r\n\r\nRollback=true")
                        .answered()
                        .code())
                .isEqualTo("InternalError");
        assertThat(RawHttp.exchange(
                                HOST.port(), FORM + "Transfer-Encoding: chunked\r\n\r\nd\r\nRollback=true\r\n0\r\n\r\n")
                        .answered()
                        .code())
                .isEqualTo("InternalError");
        assertThat(ENGINE.asked()).isEmpty();
    }

    @Test
    void whatHadNoFormIsServed() throws IOException {
        assertThat(RawHttp.exchange(HOST.port(), FORM + "Content-Length: 0\r\n\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(RawHttp.exchange(HOST.port(), FORM + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(ENGINE.asked()).hasSize(2);
    }
}
