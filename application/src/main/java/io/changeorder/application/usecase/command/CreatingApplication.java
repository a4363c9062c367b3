package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.spi.Access;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.usecase.CommandDesk;
import io.changeorder.application.usecase.CommandDesk.Attempted;
import io.changeorder.application.usecase.CommandDesk.Call;
import io.changeorder.application.usecase.Deployables;
import io.changeorder.application.usecase.SettingsRules;
import io.changeorder.application.usecase.Subject;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Assignment;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Opening;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.plan.Target;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Creates an application, with its first order unless told not to deploy it. */
@Singleton
public final class CreatingApplication implements CreateApplication {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,35}");

    private final CommandDesk desk;
    private final Deployables deployables;
    private final EngineOptions options;
    private final Identities ids;

    @Inject
    public CreatingApplication(CommandDesk desk, Deployables deployables, EngineOptions options, Identities ids) {
        this.desk = desk;
        this.deployables = deployables;
        this.options = options;
        this.ids = ids;
    }

    @Override
    public Outcome<Receipt> handle(Request request, Command command) {
        Call<Access.Resource> call =
                Call.of(Operation.CREATE_APPLICATION, command.toString(), Subject.namespace(command.namespace()));
        ApplicationId id = ids.application();
        return desk.carryOut(request, call, (namespace, occasion) -> attempt(id, command, occasion));
    }

    private Attempted attempt(ApplicationId id, Command command, Occasion occasion) {
        if (!NAME.matcher(command.name()).matches()) {
            return Attempted.refused(Refusal.about(
                    Refusal.Reason.PARAMETER_UNUSABLE,
                    "AppName",
                    "1 to 36 characters: a letter, then letters, digits and hyphens"));
        }
        Optional<Refusal> refusal = SettingsRules.judge(command.settings(), options);
        if (refusal.isPresent()) {
            return Attempted.refused(refusal.get());
        }
        return deployables
                .resolve(id, command.revision(), command.settings(), occasion.at())
                .match(version -> create(id, command, version, occasion), Attempted::refused);
    }

    private Attempted create(ApplicationId id, Command command, Version version, Occasion occasion) {
        Application fresh = Application.fresh(id, command.name(), command.namespace(), occasion.at());
        Assignment assignment = ids.assignment();
        Optional<Change> change = command.deploy() ? Optional.of(firstDeployment(command, version)) : Optional.empty();
        return new Attempted(
                Opening.create(fresh, change, assignment, occasion),
                List.of(version),
                accepted -> new Receipt(
                        id, change.map(deployed -> assignment.id()), Optional.empty(), Optional.empty(), true));
    }

    private static Change firstDeployment(Command command, Version version) {
        Snapshot after = new Snapshot.Running(version.id(), command.settings());
        return new Change(
                ChangeOrderType.CREATE,
                new Snapshot.NotDeployed(),
                after,
                Target.of(after, 0),
                command.settings().strategy(),
                Limits.of(command.settings(), 0, after.count()),
                command.description());
    }
}
