package io.changeorder.bootstrap.command.app;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What an application has that is not in a version. What is not given stays as it is. */
final class SettingsOptions {
    @Option(
            names = "--max-surge",
            paramLabel = "N",
            description = "Instances that may exist beyond the wanted ones during a change.")
    private Optional<Integer> maxSurge = Optional.empty();

    @Option(
            names = "--instance-ready-seconds",
            paramLabel = "SECONDS",
            description = "An instance that is not ready after this time has failed.")
    private Optional<Integer> instanceReady = Optional.empty();

    @Option(
            names = "--ready-for-seconds",
            paramLabel = "SECONDS",
            description = "An instance counts as ready after being ready for this long.")
    private Optional<Integer> readyFor = Optional.empty();

    @Option(names = "--app-description", paramLabel = "TEXT", description = "What is said of the application.")
    private Optional<String> description = Optional.empty();

    Arguments arguments() {
        return new Arguments()
                .put("MaxSurgeInstances", maxSurge)
                .put("InstanceReadySeconds", instanceReady)
                .put("ReadyForSeconds", readyFor)
                .put("AppDescription", description);
    }
}
