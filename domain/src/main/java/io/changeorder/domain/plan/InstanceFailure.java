package io.changeorder.domain.plan;

import io.changeorder.domain.app.Timing;
import io.changeorder.domain.id.InstanceId;
import java.time.Instant;
import java.util.Optional;

/**
 * Why an instance has failed.
 *
 * @param instance which
 * @param kind in what way
 * @param detail what was seen of it, for people; may be empty
 */
public record InstanceFailure(InstanceId instance, Kind kind, String detail) {
    /** More exits than this and the instance has failed. */
    public static final int TOLERATED_EXITS = 3;

    /** In what way an instance fails. */
    public enum Kind {
        EXITED_TOO_OFTEN,
        NOT_READY_IN_TIME
    }

    /** The failure of this instance, if it has failed. */
    public static Optional<InstanceFailure> of(Instance instance, Timing timing, Instant at) {
        if (instance.isStopping()) {
            return Optional.empty();
        }
        if (instance.exits() > TOLERATED_EXITS) {
            return Optional.of(new InstanceFailure(instance.id(), Kind.EXITED_TOO_OFTEN, instance.detail()));
        }
        if (instance.readySince().isEmpty() && !at.isBefore(deadline(instance, timing))) {
            return Optional.of(new InstanceFailure(instance.id(), Kind.NOT_READY_IN_TIME, instance.detail()));
        }
        return Optional.empty();
    }

    static Instant deadline(Instance instance, Timing timing) {
        return instance.countedFrom().plus(timing.instanceReady());
    }
}
