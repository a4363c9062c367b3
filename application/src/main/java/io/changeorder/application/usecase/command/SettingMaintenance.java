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
        if (!authorizer.permits(
                new Access(request.actor(), Operation.SET_MAINTENANCE, Optional.empty(), request.origin(), now))) {
            return Outcome.refused(Refusal.of(Refusal.Reason.NOT_PERMITTED));
        }
        Maintenance maintenance = new Maintenance(command.length().map(now::plus), request.actor());
        store.setMaintenance(maintenance);
        runner.wakeAll();
        return Outcome.accepted(maintenance);
    }
}
