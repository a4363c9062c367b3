package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.deployment.LimitParameters;
import io.changeorder.adapter.rest.deployment.RevisionParameters;
import io.changeorder.adapter.rest.deployment.SettingsParameters;
import io.changeorder.adapter.rest.deployment.StrategyParameter;
import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.adapter.rest.parameter.IdParameters;
import io.changeorder.adapter.rest.parameter.NameParameters;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.adapter.rest.view.CommandFields;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.command.Commands;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.api.command.DeleteApplication;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.api.command.RescaleApplication;
import io.changeorder.application.api.command.RestartApplication;
import io.changeorder.application.api.command.RollBackApplication;
import io.changeorder.application.api.command.StartApplication;
import io.changeorder.application.api.command.StopApplication;
import java.util.function.Function;

/** The verbs about an application. */
final class ApplicationCommands {
    private final Commands commands;
    private final CommandFields fields;

    ApplicationCommands(Commands commands, CommandFields fields) {
        this.commands = commands;
        this.fields = fields;
    }

    Answer create(Call call) {
        Parameters parameters = call.parameters();
        CreateApplication.Command command = new CreateApplication.Command(
                NameParameters.application(parameters),
                NameParameters.namespace(parameters),
                RevisionParameters.create(parameters),
                SettingsParameters.create(parameters),
                parameters.bool("Deploy").orElse(true),
                description(parameters));
        return answer(commands.create().handle(call.request(), command), CommandFields::ofApplication);
    }

    Answer deploy(Call call) {
        Parameters parameters = call.parameters();
        DeployApplication.Command command = new DeployApplication.Command(
                IdParameters.application(parameters),
                RevisionParameters.change(parameters),
                SettingsParameters.change(parameters),
                parameters.bool("Deploy").orElse(true),
                parameters.bool("Force").orElse(false),
                description(parameters),
                parameters.fingerprint());
        return answer(
                commands.deploy().handle(call.request(), command),
                receipt -> CommandFields.ofApplication(receipt).put("IsNeedApproval", false));
    }

    Answer rollBack(Call call) {
        Parameters parameters = call.parameters();
        RollBackApplication.Command command = new RollBackApplication.Command(
                IdParameters.application(parameters),
                IdParameters.version(parameters),
                StrategyParameter.once(parameters),
                LimitParameters.floor(parameters));
        return answer(
                commands.rollBack().handle(call.request(), command),
                receipt -> CommandFields.ofOrder(receipt).put("IsNeedApproval", false));
    }

    Answer rescale(Call call) {
        Parameters parameters = call.parameters();
        RescaleApplication.Command command = new RescaleApplication.Command(
                IdParameters.application(parameters),
                SettingsParameters.replicas(parameters),
                LimitParameters.floor(parameters));
        return answer(commands.rescale().handle(call.request(), command), CommandFields::ofOrder);
    }

    Answer restart(Call call) {
        RestartApplication.Command command = new RestartApplication.Command(
                IdParameters.application(call.parameters()), LimitParameters.floor(call.parameters()));
        return answer(commands.restart().handle(call.request(), command), CommandFields::ofOrder);
    }

    Answer start(Call call) {
        StartApplication.Command command = new StartApplication.Command(IdParameters.application(call.parameters()));
        return answer(commands.start().handle(call.request(), command), CommandFields::ofOrder);
    }

    Answer stop(Call call) {
        StopApplication.Command command = new StopApplication.Command(IdParameters.application(call.parameters()));
        return answer(commands.stop().handle(call.request(), command), CommandFields::ofOrder);
    }

    Answer delete(Call call) {
        DeleteApplication.Command command = new DeleteApplication.Command(IdParameters.application(call.parameters()));
        return answer(commands.delete().handle(call.request(), command), CommandFields::ofOrder);
    }

    /** Kept as it is: clients find their own orders by it. */
    private static String description(Parameters parameters) {
        return parameters.sent("ChangeOrderDesc").orElse("");
    }

    private Answer answer(Outcome<Receipt> outcome, Function<Receipt, Fields> data) {
        return outcome.match(receipt -> Answer.of(data.apply(receipt)), refusal -> fields.refused(refusal, true));
    }
}
