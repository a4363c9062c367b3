package io.changeorder.bootstrap.access;

import io.changeorder.adapter.rest.authentication.AuditOfRefusals;
import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.domain.id.Actor;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Puts on record what the wire refuses before the engine hears of it. On what it was is not told: nothing of such a
 * request is to be believed. Safe from any thread.
 */
public final class RecordedRefusals implements AuditOfRefusals {
    private final ChangeOrderStore store;
    private final InstantSource clock;

    /** In this store. */
    public RecordedRefusals(ChangeOrderStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void refused(Actor key, Operation operation, Caller.Reason reason, Origin origin) {
        store.audit(new AuditEntry(
                0,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                key,
                operation,
                "",
                Optional.empty(),
                Optional.empty(),
                origin,
                AuditEntry.Outcome.REFUSED,
                reason.name()));
    }
}
