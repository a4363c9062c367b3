package io.changeorder.bootstrap.command;

import io.changeorder.bootstrap.client.Credentials;
import io.changeorder.bootstrap.client.ServerUnreachableException;
import io.changeorder.bootstrap.client.TrustedAuthorities;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.server.EndpointFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server a command talks to, and as whom. */
final class ConnectionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @FromEnvironment
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "The server's address, such as http://127.0.0.1:8080; by default the one that the server"
                    + " wrote into the data folder.")
    private Optional<String> endpoint = Optional.empty();

    @FromEnvironment
    @Option(
            names = "--ca-certificate",
            paramLabel = "FILE",
            description =
                    "For an https address: the certificates, in PEM, of the authorities to trust; by default those"
                            + " that Java trusts.")
    private Optional<Path> authority = Optional.empty();

    @Mixin
    private DataFolder data = new DataFolder();

    @FromEnvironment
    @Option(names = "--access-key-id", paramLabel = "ID", description = "Who calls; by default the name of the user.")
    private Optional<String> accessKeyId = Optional.empty();

    @FromEnvironment
    @Option(
            names = "--access-key-secret",
            paramLabel = "SECRET",
            description =
                    "What calls are signed with; better given by the environment. Enforced from the first access key on.")
    private Optional<String> accessKeySecret = Optional.empty();

    @FromEnvironment
    @Option(
            names = "--security-token",
            paramLabel = "TOKEN",
            description = "What belongs to a temporary access key; better given by the environment.")
    private Optional<String> securityToken = Optional.empty();

    WireClient client() {
        return new WireClient(endpoint(), credentials(), authority.map(this::trust));
    }

    private SSLContext trust(Path file) {
        try {
            return TrustedAuthorities.read(file);
        } catch (IOException unusable) {
            throw new ParameterException(
                    command.commandLine(),
                    "--ca-certificate " + file + " can't be used: " + unusable.getMessage(),
                    unusable);
        }
    }

    private URI endpoint() {
        if (endpoint.isPresent()) {
            return checked(endpoint.get());
        }
        return EndpointFile.read(data.path())
                .map(this::checked)
                .orElseThrow(
                        () -> new ServerUnreachableException("No server has written its address into " + data.path()
                                + ". Start one with \"changeorder serve\", or name one with --endpoint or its folder with"
                                + " --data."));
    }

    private URI checked(String text) {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean usable = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty();
            if (usable) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw new ParameterException(command.commandLine(), noAddress(text), notAnAddress);
        }
        throw new ParameterException(command.commandLine(), noAddress(text));
    }

    private static String noAddress(String text) {
        return "'" + text + "' is not an address such as http://127.0.0.1:8080";
    }

    private Credentials credentials() {
        Credentials user = Credentials.ofUser(System.getProperty("user.name", "local"));
        try {
            return new Credentials(
                    accessKeyId.orElse(user.accessKeyId()), accessKeySecret.orElse(user.secret()), securityToken);
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(command.commandLine(), unusable.getMessage(), unusable);
        }
    }
}
