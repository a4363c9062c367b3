package io.changeorder.adapter.rest.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over TLS, with certificates that change while it runs. */
class TlsTest {
    private static final String ABORT = "/pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1";

    @TempDir
    private Path folder = Path.of("");

    private final FakeEngine engine = new FakeEngine();

    @ParameterizedTest
    @CsvSource({"RSA, HTTP_1_1", "RSA, HTTP_2", "EC, HTTP_1_1", "EC, HTTP_2", "Ed25519, HTTP_2"})
    void callsAreServed(String algorithm, HttpClient.Version version) throws Exception {
        TestCertificate certificate = written(TestCertificate.of(algorithm));
        try (RestServer server = server()) {
            HttpResponse<String> answer = call(server, certificate, version, ABORT);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.headers().firstValue("strict-transport-security")).contains("max-age=31536000");
            assertThat(engine.asked()).hasSize(1);
            assertThat(engine.lastWasSentSecurely()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
    void theHostThatIsSignedIsSeen(HttpClient.Version version) throws Exception {
        TestCertificate certificate = written(TestCertificate.of("EC"));
        try (RestServer server = server()) {
            HttpResponse<String> answer = call(server, certificate, version, "/nothing");

            assertThat(Answered.json(answer.body()).get("HostId").asText()).isEqualTo("localhost:" + server.port());
        }
    }

    @Test
    void aChangedCertificateIsUsedWithoutARestart() throws Exception {
        TestCertificate first = written(TestCertificate.of("EC"));
        try (RestServer server = server()) {
            assertThat(isServed(server, first)).isTrue();
            Files.writeString(certificateFile(), "not a certificate");
            TestCertificate second = TestCertificate.of("RSA");
            assertThat(isServed(server, first)).isTrue();

            written(second);
            Awaitility.await().until(() -> isServed(server, second));
            assertThat(isServed(server, first)).isFalse();
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        TestCertificate own = TestCertificate.of("EC");
        TestCertificate other = TestCertificate.another("EC");
        Files.writeString(certificateFile(), own.pem());
        Files.writeString(keyFile(), other.keyPem());

        assertThatThrownBy(this::server)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("is not the key of the certificate");
    }

    @ParameterizedTest
    @CsvSource({
        "-----BEGIN RSA PRIVATE KEY-----, openssl pkcs8",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----, openssl pkcs8",
        "'', openssl pkcs8",
        "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----, can't be used"
    })
    void aKeyThatCanNotBeUsedIsRefused(String key, String message) throws Exception {
        written(TestCertificate.of("EC"));
        Files.writeString(keyFile(), key);

        assertThatThrownBy(this::server).hasMessageContaining(message).hasMessageContaining("key.pem");
    }

    private RestServer server() {
        return RestServer.builder(engine.api())
                .tls(certificateFile(), keyFile())
                .lookAgain(Duration.ofMillis(20))
                .build()
                .start();
    }

    private TestCertificate written(TestCertificate certificate) throws IOException {
        Files.writeString(keyFile(), certificate.keyPem());
        Files.writeString(certificateFile(), certificate.pem());
        return certificate;
    }

    private Path certificateFile() {
        return folder.resolve("certificate.pem");
    }

    private Path keyFile() {
        return folder.resolve("key.pem");
    }

    private static boolean isServed(RestServer server, TestCertificate trusted) throws Exception {
        try {
            return call(server, trusted, HttpClient.Version.HTTP_1_1, "/healthz")
                            .statusCode()
                    == 200;
        } catch (IOException notTrusted) {
            return false;
        }
    }

    private static HttpResponse<String> call(
            RestServer server, TestCertificate trusted, HttpClient.Version version, String target) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trusted.trust())
                .version(version)
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + target));
        return client.send(
                target.equals("/healthz")
                        ? request.GET().build()
                        : request.PUT(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
