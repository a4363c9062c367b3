package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.ConfirmBatch;
import io.changeorder.application.engine.Effects;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.Applications.Located;
import io.changeorder.application.usecase.CommandDesk;
import io.changeorder.application.usecase.CommandDesk.Attempted;
import io.changeorder.application.usecase.CommandDesk.Call;
import io.changeorder.domain.decision.Aborting;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Confirming;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.order.ChangeOrder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Confirms a waiting batch after having looked whether the one before still holds. */
@Singleton
public final class ConfirmingBatch implements ConfirmBatch {
    private final CommandDesk desk;
    private final Effects effects;
    private final Applications applications;

    @Inject
    public ConfirmingBatch(CommandDesk desk, Effects effects, Applications applications) {
        this.desk = desk;
        this.effects = effects;
        this.applications = applications;
    }

    @Override
    public Outcome<Receipt> handle(Request request, Command command) {
        Call<Located> call = Call.of(
                        Operation.CONFIRM_PIPELINE_BATCH, command.toString(), applications.batch(command.batch()))
                .amountingTo(Operation.ABORT_CHANGE_ORDER, !command.confirm());
        return desk.carryOut(request, call, (found, occasion) -> attempt(found, command, occasion));
    }

    private Attempted attempt(Optional<Located> located, Command command, Occasion occasion) {
        if (located.isEmpty()) {
            return Attempted.refused(Refusal.about(Refusal.Reason.BATCH_NOT_FOUND, "PipelineId"));
        }
        ChangeOrder order = located.get().order();
        Confirming.Case named = new Confirming.Case(order, command.batch());
        return Confirming.RULES
                .judge(named)
                .map(Attempted::refused)
                .orElseGet(() -> new Attempted(
                        decide(located.get().state(), named, command.confirm(), occasion),
                        List.of(),
                        accepted -> receipt(order, command.batch())));
    }

    private Decision decide(ApplicationState state, Confirming.Case named, boolean confirm, Occasion occasion) {
        if (confirm) {
            return Confirming.confirm(
                    state, named, effects.look(state.application().id()), occasion);
        }
        Aborting.Case call = new Aborting.Case(true, true, false, Optional.of(named.order()), Optional.empty());
        return Aborting.abort(state, call, occasion);
    }

    private static Receipt receipt(ChangeOrder order, BatchId batch) {
        return new Receipt(order.application(), Optional.of(order.id()), Optional.empty(), Optional.of(batch), true);
    }
}
