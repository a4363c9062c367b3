package io.changeorder.application.fake;

import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import java.time.Instant;

/**
 * One thing that a {@link SimulatedRuntime} did to an instance.
 *
 * @param at when, by the virtual clock
 * @param application whose instance
 * @param kind what was done
 * @param entry what the instance is of
 * @param instance which
 * @param fence of the call that did it; of the newest call that was let through when the standing wish did it
 */
public record RuntimeEffect(
        Instant at, ApplicationId application, Kind kind, Entry entry, InstanceId instance, Fence fence) {
    /** What is done to an instance. */
    public enum Kind {
        STARTED,
        STARTED_AGAIN,
        TOLD_TO_STOP
    }
}
