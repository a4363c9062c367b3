package io.changeorder.bootstrap.command;

import io.changeorder.bootstrap.server.ServerSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the secrets of access keys are sealed with. */
public final class KeyFileOption {
    @FromEnvironment
    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "What the secrets of access keys are sealed with; made with the first key, readable for its"
                    + " owner alone. Back it up apart from the data. By default access.key in the data folder.")
    private Optional<Path> file = Optional.empty();

    /** The file, where the data is in this folder. */
    public Path path(Path data) {
        return file.orElseGet(() -> ServerSettings.usualKeyFile(data));
    }
}
