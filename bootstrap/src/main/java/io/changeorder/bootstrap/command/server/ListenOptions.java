package io.changeorder.bootstrap.command.server;

import io.changeorder.bootstrap.command.FromEnvironment;
import io.changeorder.bootstrap.server.Listening;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a server listens, and for whom. */
final class ListenOptions {
    private static final int MAX_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @FromEnvironment
    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Where to listen; 0 for any free port. 8080 by default.")
    private int port;

    @FromEnvironment
    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "The address to listen on. Any other than loopback needs an access key, and TLS or"
                    + " --insecure-plain-http. 127.0.0.1 by default.")
    private String host = "";

    @FromEnvironment
    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "Serve over TLS with this certificate and its chain, in PEM. A changed file is used without a"
                    + " restart.")
    private Optional<Path> certificate = Optional.empty();

    @FromEnvironment
    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The private key of the certificate: PEM, PKCS#8, without a password.")
    private Optional<Path> key = Optional.empty();

    @FromEnvironment
    @Option(
            names = "--insecure-plain-http",
            description = "Allow another address than loopback without TLS; for a network where something in front"
                    + " encrypts.")
    private boolean insecurePlainHttp;

    @FromEnvironment
    @Option(
            names = "--max-requests-per-second",
            paramLabel = "N",
            defaultValue = "100",
            description = "What one access key may ask for, and one address that is not this machine's; beyond it is"
                    + " Throttling.User. 100 by default.")
    private int maxRequestsPerSecond;

    Listening listening() {
        require(port >= 0 && port <= MAX_PORT, "--port is between 0 and 65535");
        require(maxRequestsPerSecond >= 1, "--max-requests-per-second is 1 or more");
        require(certificate.isPresent() == key.isPresent(), "--tls-certificate and --tls-key go together");
        return new Listening(
                host,
                port,
                certificate.flatMap(own -> key.map(secret -> new Listening.TlsFiles(own, secret))),
                insecurePlainHttp,
                maxRequestsPerSecond);
    }

    private void require(boolean so, String what) {
        if (!so) {
            throw new ParameterException(command.commandLine(), what);
        }
    }
}
