package io.changeorder.adapter.rest.operation;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Switches maintenance, and tells of it. Safe from any thread. */
public interface MaintenanceSwitch {
    /** Commands are refused from now on, for this long. */
    Outcome<State> turnOn(Request request, Duration length);

    /** Commands are accepted again. */
    Outcome<State> turnOff(Request request);

    /** How it is now. */
    Outcome<State> describe(Request request);

    /**
     * How it is.
     *
     * @param until when it ends by itself; absent when there is none
     */
    record State(Optional<Instant> until) {}
}
