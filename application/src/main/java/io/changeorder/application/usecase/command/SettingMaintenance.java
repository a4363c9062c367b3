package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.SetMaintenance;
import io.changeorder.application.engine.ChangeOrderRunner;
import io.changeorder.application.spi.Access;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.usecase.Recording;
import io.changeorder.domain.decision.Refusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Stores the switch and wakes every order that it concerns. */
@Singleton
public final class SettingMaintenance implements SetMaintenance {
    private final ChangeOrderStore store;
    private final Authorizer authorizer;
    private final ChangeOrderRunner runner;
    private final InstantSource clock;

    @Inject
    public SettingMaintenance(
            ChangeOrderStore store, Authorizer authorizer, ChangeOrderRunner runner, InstantSource clock) {
        this.store = store;
        this.authorizer = authorizer;
        this.runner = runner;
        this.clock = clock;
    }

    @Override
    public Outcome<Maintenance> handle(Request request, Command command) {
        runner.requireOpen();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Recording recording = Recording.of(request, Operation.SET_MAINTENANCE);
        if (!authorizer.permits(Access.of(request, Operation.SET_MAINTENANCE, Optional.empty(), now))) {
            Refusal refusal = Refusal.of(Refusal.Reason.NOT_PERMITTED);
            store.audit(recording.refused(refusal, now));
            return Outcome.refused(refusal);
        }
        Maintenance maintenance = new Maintenance(command.length().map(now::plus), request.actor());
        store.setMaintenance(maintenance, Optional.of(recording.accepted(now)));
        runner.wakeAll();
        return Outcome.accepted(maintenance);
    }
}
