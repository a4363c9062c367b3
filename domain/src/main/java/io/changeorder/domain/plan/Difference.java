package io.changeorder.domain.plan;

import io.changeorder.domain.id.InstanceId;
import java.util.Optional;

/**
 * One way in which the world is not what it should be.
 *
 * @param kind in what
 * @param instance whose; absent when it is about the application as a whole
 * @param expected what should be there, for people
 * @param found what is there, for people
 */
public record Difference(Kind kind, Optional<InstanceId> instance, String expected, String found) {
    /** In what the world differs. */
    public enum Kind {
        /** Fewer or more instances than there should be. */
        COUNT,
        /** An instance that is not ready. */
        READINESS,
        /** An instance that nobody ordered. */
        ROGUE,
        /** Another program than the revision's. */
        EXECUTABLE,
        COMMAND_LINE,
        ENVIRONMENT,
        /** Other bytes than those that were pinned. */
        ARTIFACT
    }
}
