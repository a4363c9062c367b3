package io.changeorder.application.api.command;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import java.time.Duration;
import java.util.Optional;

/**
 * Switches maintenance on or off. During maintenance commands are refused, forward orders freeze where they are, and
 * rollbacks and queries go on.
 */
public interface SetMaintenance {
    /** How long maintenance lasts when nothing else is said. */
    Duration DEFAULT_LENGTH = Duration.ofHours(1);

    /** Answers once it is durable. Safe from any thread. */
    Outcome<Maintenance> handle(Request request, Command command);

    /**
     * The command.
     *
     * @param length how long from now; absent switches it off
     */
    record Command(Optional<Duration> length) {}
}
