package io.changeorder.adapter.rest.authentication;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.domain.id.Actor;

/**
 * Takes down commands that were refused before the engine heard of them, since nothing proves that the owner of the key
 * sent them. Only for keys that there are, and not for what was too much: else strangers could fill it. Safe from any
 * thread; what it throws is an outage, and the command is refused all the same.
 */
@FunctionalInterface
public interface AuditOfRefusals {
    /** Takes down nothing. */
    AuditOfRefusals NONE = (key, operation, reason, origin) -> {};

    /**
     * Takes it down durably; the answer is sent after that.
     *
     * @param key which the request names
     */
    void refused(Actor key, Operation operation, Caller.Reason reason, Origin origin);
}
