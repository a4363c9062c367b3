package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.StartApplication;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.CommandDesk;
import io.changeorder.application.usecase.CommandDesk.Attempted;
import io.changeorder.application.usecase.CommandDesk.Call;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Assignment;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Opening;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.plan.Target;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Starts a stopped application. */
@Singleton
public final class StartingApplication implements StartApplication {
    private final CommandDesk desk;
    private final Applications applications;
    private final Identities ids;

    @Inject
    public StartingApplication(CommandDesk desk, Applications applications, Identities ids) {
        this.desk = desk;
        this.applications = applications;
        this.ids = ids;
    }

    @Override
    public Outcome<Receipt> handle(Request request, Command command) {
        Call<ApplicationState> call =
                applications.call(Operation.START_APPLICATION, command.toString(), command.application());
        return desk.carryOut(
                request, call, (found, occasion) -> Applications.decide(found, state -> attempt(state, occasion)));
    }

    private Attempted attempt(ApplicationState state, Occasion occasion) {
        Snapshot settled = state.application().settled();
        if (settled.settingsIfAny().isEmpty()) {
            return Attempted.refused(Refusal.of(Refusal.Reason.APPLICATION_NOT_DEPLOYED));
        }
        if (settled.isRunning()) {
            return Attempted.refused(Refusal.of(Refusal.Reason.APPLICATION_STATUS));
        }
        Snapshot after = new Snapshot.Running(
                settled.revisionIfAny().orElseThrow(), settled.settingsIfAny().orElseThrow());
        Limits limits = settled.settingsIfAny()
                .map(settings -> Limits.of(settings, settled.count(), after.count()))
                .orElseGet(() -> Limits.of(Settings.of(1), 0, 0));
        Change change = new Change(
                ChangeOrderType.START,
                settled,
                after,
                Target.of(after, state.application().generation()),
                UpdateStrategy.SINGLE_BATCH,
                limits,
                "");
        Assignment assignment = ids.assignment();
        return Attempted.opens(
                Opening.open(state, change, Optional.empty(), assignment, occasion), assignment.id(), List.of());
    }
}
