package io.changeorder.application.spi.audit;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of one command, accepted or refused. It names things, and has nothing of what they contain: no parameter's
 * value, no environment, no secret.
 *
 * @param sequence grows from entry to entry as they are written; 0 until the store gives it
 * @param at when it was decided, to the millisecond
 * @param actor who asked
 * @param operation what was asked
 * @param resource on what, as policies and callers name it, such as {@code application/dev/0192f} or, where it was not
 *     found, {@code changeorder/0192f}; may be empty
 * @param application the application that it was about, where that is known
 * @param order the order that it opened or was about, where that is known
 * @param origin from where, and by which ids its answer is known
 * @param outcome what became of it
 * @param reason why it was refused, as a symbol such as {@code NOT_PERMITTED}; empty unless it was
 */
public record AuditEntry(
        long sequence,
        Instant at,
        Actor actor,
        Operation operation,
        String resource,
        Optional<ApplicationId> application,
        Optional<ChangeOrderId> order,
        Origin origin,
        Outcome outcome,
        String reason) {

    /** What becomes of a command. */
    public enum Outcome {
        /** It was carried out. */
        ACCEPTED,
        /** It had been carried out before, and got the first answer again. */
        REPEATED,
        /** Nothing was done. */
        REFUSED
    }

    public AuditEntry {
        if ((outcome == Outcome.REFUSED) == reason.isEmpty()) {
            throw new IllegalArgumentException("a reason is what a refusal has and nothing else: " + outcome);
        }
    }

    /** The same with the place that the store gave it. */
    public AuditEntry withSequence(long newSequence) {
        return new AuditEntry(newSequence, at, actor, operation, resource, application, order, origin, outcome, reason);
    }
}
