package io.changeorder.adapter.process;

import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.launch.Launcher;
import io.changeorder.adapter.process.os.Nodes;
import io.changeorder.adapter.process.os.Ports;
import io.changeorder.adapter.process.os.Prober;
import io.changeorder.application.spi.IdSource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What every application of a runtime shares.
 *
 * @param runtime folder of what is kept
 * @param nodes those that share the data folder
 * @param workers for short work that touches files and makes processes
 * @param probers for work that waits for instances to answer
 */
record Surroundings(
        Path runtime,
        Nodes nodes,
        InstantSource clock,
        IdSource ids,
        ArtifactPins pins,
        Launcher launcher,
        Ports ports,
        Prober prober,
        Executor workers,
        Executor probers,
        Steps steps) {

    Instant now() {
        return clock.instant();
    }
}
