package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.CommandDesk;
import io.changeorder.application.usecase.CommandDesk.Attempted;
import io.changeorder.application.usecase.CommandDesk.Call;
import io.changeorder.application.usecase.Deployables;
import io.changeorder.application.usecase.SettingsRules;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Version;
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

/** Opens a deployment; what is settled already succeeds at once and touches nothing. */
@Singleton
public final class DeployingApplication implements DeployApplication {
    private final CommandDesk desk;
    private final Applications applications;
    private final Deployables deployables;
    private final EngineOptions options;
    private final Identities ids;

    @Inject
    public DeployingApplication(
            CommandDesk desk,
            Applications applications,
            Deployables deployables,
            EngineOptions options,
            Identities ids) {
        this.desk = desk;
        this.applications = applications;
        this.deployables = deployables;
        this.options = options;
        this.ids = ids;
    }

    @Override
    public Outcome<Receipt> handle(Request request, Command command) {
        String fingerprint =
                command.start() + " " + command.force() + " " + command.description() + " " + command.fingerprint();
        Call<ApplicationState> call =
                applications.call(Operation.DEPLOY_APPLICATION, fingerprint, command.application());
        return desk.carryOut(
                request,
                call,
                (found, occasion) -> Applications.decide(found, state -> attempt(state, command, occasion)));
    }

    private Attempted attempt(ApplicationState state, Command command, Occasion occasion) {
        Version base = applications
                .base(state.application())
                .orElseThrow(() -> new IllegalStateException("no version of " + command.application()));
        Settings settings = command.settings().apply(base.settings());
        Optional<Refusal> refusal = SettingsRules.judge(settings, options);
        if (refusal.isPresent()) {
            return Attempted.refused(refusal.get());
        }
        if (!command.start() && state.application().settled().isRunning()) {
            return Attempted.refused(Refusal.about(
                    Refusal.Reason.PARAMETER_UNUSABLE,
                    "Deploy",
                    "false is for a stopped application; stop it first, or deploy it"));
        }
        return deployables
                .resolve(command.application(), command.revision().apply(base.revision()), settings, occasion.at())
                .match(version -> judgeAndOpen(state, command, version, settings, occasion), Attempted::refused);
    }

    private Attempted judgeAndOpen(
            ApplicationState state, Command command, Version version, Settings settings, Occasion occasion) {
        if (options.refuseRolledBackVersions()
                && !command.force()
                && version.rolledBackBy().isPresent()) {
            return Attempted.refused(Refusal.about(
                    Refusal.Reason.VERSION_WAS_ROLLED_BACK,
                    "PackageVersion",
                    version.rolledBackBy().get().value()));
        }
        Snapshot settled = state.application().settled();
        Snapshot after = command.start()
                ? new Snapshot.Running(version.id(), settings)
                : settled.match(
                        () -> settled,
                        stopped -> new Snapshot.Stopped(version.id(), settings),
                        running -> settled,
                        () -> settled);
        Change change = new Change(
                ChangeOrderType.DEPLOY,
                settled,
                after,
                Target.of(after, state.application().generation()),
                settings.strategy(),
                Limits.of(settings, settled.count(), after.count()),
                command.description());
        Assignment assignment = ids.assignment();
        return Attempted.opens(
                Opening.open(state, change, Optional.of(version), assignment, occasion),
                assignment.id(),
                List.of(version.withSettings(settings)));
    }
}
