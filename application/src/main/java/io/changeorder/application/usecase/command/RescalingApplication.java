package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.RescaleApplication;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.CommandDesk;
import io.changeorder.application.usecase.CommandDesk.Attempted;
import io.changeorder.application.usecase.CommandDesk.Call;
import io.changeorder.application.usecase.SettingsRules;
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

/** Changes the replicas; of a stopped application only the settings. */
@Singleton
public final class RescalingApplication implements RescaleApplication {
    private final CommandDesk desk;
    private final Applications applications;
    private final Identities ids;
    private final EngineOptions options;

    @Inject
    public RescalingApplication(CommandDesk desk, Applications applications, Identities ids, EngineOptions options) {
        this.desk = desk;
        this.applications = applications;
        this.ids = ids;
        this.options = options;
    }

    @Override
    public Outcome<Receipt> handle(Request request, Command command) {
        Call<ApplicationState> call =
                applications.call(Operation.RESCALE_APPLICATION, command.toString(), command.application());
        return desk.carryOut(
                request,
                call,
                (found, occasion) -> Applications.decide(found, state -> attempt(state, command, occasion)));
    }

    private Attempted attempt(ApplicationState state, Command command, Occasion occasion) {
        Snapshot settled = state.application().settled();
        Optional<Settings> present = settled.settingsIfAny();
        if (present.isEmpty()) {
            return Attempted.refused(Refusal.of(Refusal.Reason.APPLICATION_NOT_DEPLOYED));
        }
        Optional<Refusal> outOfRange = SettingsRules.judgeReplicas(command.replicas(), options);
        if (outOfRange.isPresent()) {
            return Attempted.refused(outOfRange.get());
        }
        Settings rescaled = present.get().withReplicas(command.replicas());
        Settings ordered = command.floor().map(rescaled::withFloor).orElse(rescaled);
        if (!ordered.floor().fits(command.replicas())) {
            return Attempted.refused(Refusal.of(Refusal.Reason.FLOOR_NOT_BELOW_REPLICAS));
        }
        Snapshot after = settled.match(
                () -> settled,
                stopped -> new Snapshot.Stopped(stopped.revision(), rescaled),
                running -> new Snapshot.Running(running.revision(), rescaled),
                () -> settled);
        Change change = new Change(
                ChangeOrderType.RESCALE,
                settled,
                after,
                Target.of(after, state.application().generation()),
                UpdateStrategy.SINGLE_BATCH,
                Limits.of(ordered, settled.count(), after.count()),
                "");
        Assignment assignment = ids.assignment();
        return Attempted.opens(
                Opening.open(state, change, Optional.empty(), assignment, occasion), assignment.id(), List.of());
    }
}
