package io.changeorder.adapter.rest.operation;

import io.changeorder.adapter.rest.deployment.LimitParameters;
import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.parameter.IdParameters;
import io.changeorder.adapter.rest.view.CommandFields;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import io.changeorder.application.api.command.AbortChangeOrder;
import io.changeorder.application.api.command.Commands;
import io.changeorder.application.api.command.ConfirmBatch;
import io.changeorder.application.api.command.RetryChangeOrder;
import io.changeorder.domain.id.BatchId;

/** The verbs about an order. */
final class OrderCommands {
    private final Commands commands;
    private final CommandFields fields;

    OrderCommands(Commands commands, CommandFields fields) {
        this.commands = commands;
        this.fields = fields;
    }

    Answer abortAndRollBack(Call call) {
        return answer(commands.abortAndRollBack()
                .handle(
                        call.request(),
                        new AbortAndRollBackChangeOrder.Command(IdParameters.orderIfAny(call.parameters()))));
    }

    Answer abort(Call call) {
        boolean rollback = call.parameters().bool("Rollback").orElse(false);
        return answer(commands.abort()
                .handle(
                        call.request(),
                        new AbortChangeOrder.Command(IdParameters.orderIfAny(call.parameters()), rollback)));
    }

    Answer retry(Call call) {
        return answer(commands.retry()
                .handle(
                        call.request(),
                        new RetryChangeOrder.Command(
                                IdParameters.order(call.parameters()),
                                LimitParameters.floor(call.parameters()),
                                LimitParameters.surge(call.parameters()))));
    }

    Answer confirm(Call call) {
        BatchId batch = IdParameters.batch(call.parameters());
        boolean confirm = call.parameters().requiredBool("Confirm");
        return commands.confirm()
                .handle(call.request(), new ConfirmBatch.Command(batch, confirm))
                .match(
                        receipt -> Answer.of(CommandFields.ofBatch(receipt, batch)),
                        refusal -> fields.refused(refusal, true));
    }

    private Answer answer(Outcome<Receipt> outcome) {
        return outcome.match(
                receipt -> Answer.of(CommandFields.ofOrder(receipt)), refusal -> fields.refused(refusal, true));
    }
}
