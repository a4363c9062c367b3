package io.changeorder.domain.plan;

import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.InstanceId;
import java.time.Instant;
import java.util.Optional;

/**
 * One instance as it was observed.
 *
 * @param id stable over the instance's restarts
 * @param entry what it is of
 * @param state what it does
 * @param countedFrom when patience with it began: the latest of its last start, the moment it stopped being ready, and
 *     the last retry that a person ordered
 * @param readySince since when it has been answering without a break; absent when it does not
 * @param exits how often it exited by itself since {@code countedFrom} was set by a person, or ever
 * @param detail why it is not ready or how it exited, for people; may be empty
 */
public record Instance(
        InstanceId id,
        Entry entry,
        State state,
        Instant countedFrom,
        Optional<Instant> readySince,
        int exits,
        String detail) {

    /** What an instance does. */
    public enum State {
        /** It runs; whether it is ready is said by {@link Instance#readySince()}. */
        RUNNING,
        /** It exited by itself and will be started again. */
        BACKING_OFF,
        /** It was told to go and still exists. */
        STOPPING
    }

    public Instance {
        if (exits < 0) {
            throw new IllegalArgumentException("exits are counted from 0");
        }
        if (readySince.isPresent() && state != State.RUNNING) {
            throw new IllegalArgumentException("only a running instance is ready");
        }
    }

    public boolean isStopping() {
        return state == State.STOPPING;
    }
}
