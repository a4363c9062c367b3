package io.changeorder.bootstrap.command;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether a command waits for the end of the order that it opened. */
final class WaitOptions {
    @Option(names = "--wait", description = "Follow the order to its end; the exit code tells how it ended.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "With --wait: how long to follow it at most, such as 90s or 15m.")
    private Optional<Duration> timeout = Optional.empty();

    boolean waits() {
        return wait;
    }

    Optional<Duration> timeout() {
        return timeout;
    }
}
