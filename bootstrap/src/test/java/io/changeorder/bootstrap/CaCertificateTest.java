package io.changeorder.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.changeorder.bootstrap.server.Listening;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line and a server of TLS that trusts nobody's authority but its own. */
class CaCertificateTest {
    private static final String PASSWORD = "of a store that is deleted at once";
    private static final int UNREACHABLE = 4;

    @TempDir
    Path folder;

    private Path served;
    private Path servedKey;

    @BeforeEach
    void makeFiles() throws Exception {
        served = folder.resolve("served.pem");
        servedKey = folder.resolve("served-key.pem");
        serve(made("first", "dns:localhost"));
    }

    @Test
    void aServerIsCalledWhoseAuthorityIsTrustedAndNoOther() throws Exception {
        Made other = made("other", "dns:localhost");
        try (InProcess server = server()) {
            String endpoint = "https://localhost:" + server.address().getPort();

            run("apps", "--endpoint=" + endpoint, "--ca-certificate=" + served).expect(0);
            assertThat(InProcess.run(
                                    Map.of("CHANGEORDER_CA_CERTIFICATE", served.toString()),
                                    "apps",
                                    "--endpoint",
                                    endpoint)
                            .expect(0)
                            .err())
                    .isEmpty();
            assertThat(run("apps", "--endpoint=" + endpoint).expect(UNREACHABLE).err())
                    .contains("No trust in " + endpoint, "--ca-certificate")
                    .doesNotContain("\tat ");
            assertThat(run("apps", "--endpoint=" + endpoint, "--ca-certificate=" + other.certificate())
                            .expect(UNREACHABLE)
                            .err())
                    .contains("No trust in " + endpoint, "--ca-certificate");
        }
    }

    @Test
    void aNameThatTheCertificateIsNotForIsRefused() {
        try (InProcess server = server()) {
            String endpoint = "https://127.0.0.1:" + server.address().getPort();

            assertThat(run("apps", "--endpoint=" + endpoint, "--ca-certificate=" + served)
                            .expect(UNREACHABLE)
                            .err())
                    .contains("No trust in " + endpoint, "127.0.0.1", "a name that the server's certificate is for");
        }
    }

    @Test
    void anExchangedCertificateIsSeenWithoutARestart() throws Exception {
        Path before = Files.copy(served, folder.resolve("before.pem"));
        try (InProcess server = server()) {
            String[] call = {
                "apps", "--endpoint=https://localhost:" + server.address().getPort(), "--ca-certificate"
            };
            run(call[0], call[1], call[2], before.toString()).expect(0);

            Made second = made("second", "dns:localhost");
            serve(second);

            await("the new certificate is served")
                    .atMost(Duration.ofMinutes(1))
                    .until(() ->
                            run(call[0], call[1], call[2], second.certificate().toString())
                                            .exit()
                                    == 0);
            run(call[0], call[1], call[2], before.toString()).expect(UNREACHABLE);
        }
    }

    @Test
    void aFileWithoutACertificateIsNamed() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));

        assertThat(run("apps", "--endpoint=https://localhost:1", "--ca-certificate=" + empty)
                        .expect(2)
                        .err())
                .contains("--ca-certificate " + empty + " can't be used: it has no certificate in it");
    }

    private InProcess server() {
        Listening.TlsFiles files = new Listening.TlsFiles(served, servedKey);
        return new InProcess(
                folder.resolve("data"),
                Optional.empty(),
                new Listening("127.0.0.1", 0, Optional.of(files), false, Listening.USUAL_RATE));
    }

    private static InProcess.Result run(String... arguments) {
        return InProcess.run(Map.of(), arguments);
    }

    private void serve(Made made) throws IOException {
        Files.copy(made.certificate(), served, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(made.key(), servedKey, StandardCopyOption.REPLACE_EXISTING);
    }

    private record Made(Path certificate, Path key) {}

    /** A certificate of its own making, for a server of this name. */
    private Made made(String file, String name) throws Exception {
        Path store = folder.resolve(file + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=" + name,
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore entries = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            entries.load(in, PASSWORD.toCharArray());
        }
        Key key = entries.getKey("server", PASSWORD.toCharArray());
        Files.delete(store);
        return new Made(
                Files.writeString(
                        folder.resolve(file + ".pem"),
                        pem("CERTIFICATE", entries.getCertificate("server").getEncoded())),
                Files.writeString(folder.resolve(file + "-key.pem"), pem("PRIVATE KEY", key.getEncoded())));
    }

    private static String pem(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(encoded)
                + "\n-----END " + label + "-----\n";
    }
}
