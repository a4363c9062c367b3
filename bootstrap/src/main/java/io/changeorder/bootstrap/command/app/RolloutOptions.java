package io.changeorder.bootstrap.command.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.changeorder.bootstrap.command.TimeSpan;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a change is cut into batches, and within which limits. What is not given stays as it is. */
final class RolloutOptions {
    @Option(names = "--batches", paramLabel = "N", description = "Into how many batches; 1 by default.")
    private Optional<Integer> batches = Optional.empty();

    @Option(names = "--gray", paramLabel = "N", description = "Instances of a first, canary batch.")
    private Optional<Integer> gray = Optional.empty();

    @Option(names = "--manual", description = "Each further batch waits for \"changeorder confirm\".")
    private boolean manual;

    @Option(
            names = "--batch-wait",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long to wait between batches that go on by themselves, such as 30s.")
    private Optional<Duration> batchWait = Optional.empty();

    @Option(
            names = "--min-ready",
            paramLabel = "N",
            description = "Instances that stay ready; -1 for a quarter of them, rounded up.")
    private Optional<Integer> minReady = Optional.empty();

    @Option(names = "--min-ready-ratio", paramLabel = "PERCENT", description = "The same in percent; it wins.")
    private Optional<Integer> minReadyRatio = Optional.empty();

    Arguments arguments() {
        return new Arguments()
                .put("UpdateStrategy", strategy())
                .put("BatchWaitTime", batchWait.map(Duration::toSeconds))
                .put("MinReadyInstances", minReady)
                .put("MinReadyInstanceRatio", minReadyRatio);
    }

    private Optional<ObjectNode> strategy() {
        if (batches.isEmpty() && gray.isEmpty() && !manual) {
            return Optional.empty();
        }
        ObjectNode strategy = Arguments.object().put("type", gray.isPresent() ? "GrayBatchUpdate" : "BatchUpdate");
        strategy.putObject("batchUpdate")
                .put("batch", batches.orElse(1))
                .put("releaseType", manual ? "manual" : "auto");
        gray.ifPresent(instances -> strategy.putObject("grayUpdate").put("gray", instances));
        return Optional.of(strategy);
    }
}
