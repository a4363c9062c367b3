package io.changeorder.adapter.rest.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.rest.authentication.UncheckedSignatures;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.fixture.RawHttp;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wherever a host mounts it, the API is found below that place and nowhere else. */
class MountTest {
    @ParameterizedTest
    @CsvSource({
        "/, /*, ''",
        "/, /, ''",
        "/, /changeorder/*, /changeorder",
        "/host, /*, /host",
        "/host, /, /host",
        "/host, /a/b/*, /host/a/b"
    })
    void theApiIsBelowTheMount(String context, String mapping, String mount) throws IOException {
        try (JettyHost host = host(context, mapping)) {
            assertThat(status(host, mount + "/healthz")).isEqualTo(200);
            assertThat(status(host, mount + mount + "/x/healthz")).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({"/host, /*, /%68ost/healthz", "/, /changeorder/*, /change%6Frder/healthz"})
    void theMountInAnotherSpellingIsNoPathOfTheApi(String context, String mapping, String path) throws IOException {
        try (JettyHost host = host(context, mapping)) {
            assertThat(status(host, path)).isEqualTo(404);
        }
    }

    private static JettyHost host(String context, String mapping) {
        return new JettyHost(new FakeEngine().api(), new UncheckedSignatures(), context, mapping);
    }

    private static int status(JettyHost host, String path) throws IOException {
        try (RawHttp http = new RawHttp(host.port())) {
            return http.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .head()
                    .status();
        }
    }
}
