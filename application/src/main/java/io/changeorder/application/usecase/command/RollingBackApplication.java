package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.RollBackApplication;
import io.changeorder.application.engine.Effects;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.CommandDesk;
import io.changeorder.application.usecase.CommandDesk.Attempted;
import io.changeorder.application.usecase.CommandDesk.Call;
import io.changeorder.application.usecase.SettingsRules;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Assignment;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Opening;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.Restoring;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Target;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Restores the settled snapshot as a rollback; another version is an ordinary order. */
@Singleton
public final class RollingBackApplication implements RollBackApplication {
    private final CommandDesk desk;
    private final Applications applications;
    private final Identities ids;
    private final ChangeOrderStore store;
    private final Effects effects;
    private final EngineOptions options;

    @Inject
    public RollingBackApplication(
            CommandDesk desk,
            Applications applications,
            Identities ids,
            ChangeOrderStore store,
            Effects effects,
            EngineOptions options) {
        this.desk = desk;
        this.applications = applications;
        this.ids = ids;
        this.store = store;
        this.effects = effects;
        this.options = options;
    }

    @Override
    public Outcome<Receipt> handle(Request request, Command command) {
        Call<ApplicationState> call =
                applications.call(Operation.ROLLBACK_APPLICATION, command.toString(), command.application());
        return desk.carryOut(
                request,
                call,
                (found, occasion) -> Applications.decide(found, state -> attempt(state, command, occasion)));
    }

    private Attempted attempt(ApplicationState state, Command command, Occasion occasion) {
        Application application = state.application();
        Optional<Version> version = store.findVersion(application.id(), command.version());
        if (version.isEmpty()) {
            return Attempted.refused(Refusal.about(Refusal.Reason.VERSION_NOT_FOUND, "VersionId"));
        }
        return application.settled().revisionIfAny().equals(Optional.of(command.version()))
                ? restore(state, occasion)
                : deploy(state, command, version.get(), occasion);
    }

    private Attempted restore(ApplicationState state, Occasion occasion) {
        Application application = state.application();
        if (equalsSettled(application)) {
            return Attempted.refused(Refusal.of(Refusal.Reason.NOTHING_TO_ROLL_BACK));
        }
        Assignment assignment = ids.assignment();
        return Attempted.opens(
                Restoring.restore(state, application.lastOrder().flatMap(store::findOrder), "", assignment, occasion),
                assignment.id(),
                List.of());
    }

    private boolean equalsSettled(Application application) {
        Observation observed = effects.look(application.id());
        Target target = Target.of(application.settled(), application.generation());
        Composition expected = target.resize(observed.composition(), target.count());
        return expected.equals(observed.composition())
                && effects.check(
                                application.id(),
                                expected,
                                application
                                        .settled()
                                        .settingsIfAny()
                                        .map(Settings::timing)
                                        .orElse(Timing.DEFAULT)
                                        .readyFor())
                        .holds();
    }

    private Attempted deploy(ApplicationState state, Command command, Version version, Occasion occasion) {
        Snapshot settled = state.application().settled();
        Settings kept = settled.settingsIfAny()
                .map(present -> version.settings().withReplicas(present.replicas()))
                .orElse(version.settings());
        Settings phased = command.strategy().map(kept::withStrategy).orElse(kept);
        Settings settings = command.floor().map(phased::withFloor).orElse(phased);
        Optional<Refusal> refusal = SettingsRules.judge(settings, options);
        if (refusal.isPresent()) {
            return Attempted.refused(refusal.get());
        }
        Snapshot after = new Snapshot.Running(version.id(), settings);
        Change change = new Change(
                ChangeOrderType.DEPLOY_HISTORY,
                settled,
                after,
                Target.of(after, state.application().generation()),
                settings.strategy(),
                Limits.of(settings, settled.count(), after.count()),
                "");
        Assignment assignment = ids.assignment();
        return Attempted.opens(
                Opening.open(state, change, Optional.of(version), assignment, occasion), assignment.id(), List.of());
    }
}
