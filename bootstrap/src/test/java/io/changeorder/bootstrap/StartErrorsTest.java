package io.changeorder.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code serve} says when it can't start. */
class StartErrorsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "no.such.host.invalid"})
    void aHostThatIsNotLoopbackIsRefused(String host) {
        InProcess.Result result = serve("--host", host).expect(2);

        assertThat(result.err()).contains(host).doesNotContain("\tat ");
    }

    @Test
    void anAddressForOthersNeedsTls() {
        assertThat(serve("--host=0.0.0.0").expect(2).err())
                .contains("needs TLS", "--tls-certificate", "--insecure-plain-http");
    }

    @Test
    void anAddressForOthersNeedsAKey() {
        assertThat(serve("--host=0.0.0.0", "--insecure-plain-http").expect(2).err())
                .contains("needs an access key", "changeorder keys create");
    }

    @Test
    void aCertificateThatCanNotBeUsedIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file.pem"), "no certificate");

        assertThat(serve("--tls-certificate=" + file, "--tls-key=" + file)
                        .expect(1)
                        .err())
                .contains("file.pem")
                .doesNotContain("\tat ");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        InProcess.Result result = InProcess.run(
                        Map.of(),
                        "serve",
                        "--port=0",
                        "--data",
                        file.resolve("below").toString())
                .expect(1);

        assertThat(result.err()).contains("The data folder " + file.resolve("below") + " can't be written");
    }

    @Test
    void aDamagedDatabaseIsNamed() throws IOException {
        Files.writeString(folder.resolve("changeorder.db"), "this is no database, and it is long enough ".repeat(40));

        InProcess.Result result = serve().expect(1);

        assertThat(result.err()).contains("The database in the data folder").contains("is damaged");
    }

    @Test
    void aMalformedPolicyIsRefusedByNamingThePlace() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.json"), "{\"key\":{\"Version\":\"1\"}}");

        InProcess.Result result = serve("--policy", policy.toString()).expect(2);

        assertThat(result.err()).contains("key: Statement must be a list");
    }

    @ParameterizedTest
    @CsvSource({
        "--port=65536, --port is between 0 and 65535",
        "--max-replicas=0, --max-replicas is 1 or more",
        "--instance-ready-seconds=0, --instance-ready-seconds is 1 or more",
        "--retention-days=0, --retention-days is 1 or more",
        "--lease-seconds=0, --lease-seconds is 1 or more",
        "--artifacts=/nowhere, --artifacts /nowhere is no folder",
        "--tls-key=key.pem, --tls-certificate and --tls-key go together",
        "--max-requests-per-second=0, --max-requests-per-second is 1 or more",
        "--store=jdbc:mysql://localhost/x, --store is like jdbc:postgresql://HOST:PORT/DATABASE",
        "--store=jdbc:postgresql://localhost/x?password=p, --store has no user and no password in it",
        "--store=jdbc:postgresql://u:p@localhost/x, --store has no user and no password in it",
        "--store=jdbc:postgresql://localhost/x, --store needs CHANGEORDER_STORE_USER or --store-credentials",
        "--store-password=p, --store-password is not for the command line",
        "--store-user=u, --store-user is not for the command line",
        "--time-zone=Mars/Olympus, --time-zone"
    })
    void anArgumentThatMakesNoSenseIsNamed(String argument, String message) {
        assertThat(serve(argument).expect(2).err()).contains(message);
    }

    @Test
    void afterAStartThatFailedTheFolderIsFreeAgain() throws IOException {
        serve("--host=0.0.0.0").expect(2);

        assertThat(folder.resolve("endpoint")).doesNotExist();
        try (InProcess server = new InProcess(folder)) {
            server.create();
        }
    }

    private InProcess.Result serve(String... more) {
        String[] arguments = Stream.concat(Stream.of("serve", "--data", folder.toString()), Stream.of(more))
                .toArray(String[]::new);
        return InProcess.run(Map.of("CHANGEORDER_PORT", "0"), arguments);
    }
}
