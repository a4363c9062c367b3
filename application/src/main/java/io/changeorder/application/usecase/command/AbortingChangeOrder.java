package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.AbortChangeOrder;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.usecase.Applications.Located;
import io.changeorder.application.usecase.CommandDesk.Call;
import io.changeorder.application.usecase.Subject;
import io.changeorder.domain.decision.Aborting;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** Aborts, with or without taking back. */
@Singleton
public final class AbortingChangeOrder implements AbortChangeOrder {
    private final AbortDesk desk;
    private final Identities ids;

    @Inject
    public AbortingChangeOrder(AbortDesk desk, Identities ids) {
        this.desk = desk;
        this.ids = ids;
    }

    @Override
    public Outcome<Receipt> handle(Request request, Command command) {
        Function<Subject<Located>, Call<Located>> call =
                order -> Call.of(Operation.ABORT_CHANGE_ORDER, command.toString(), order)
                        .amountingTo(Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER, command.rollback());
        return command.rollback()
                ? desk.carryOut(
                        request,
                        Operation.ABORT_CHANGE_ORDER,
                        call,
                        command.order(),
                        Aborting.ABORT_WITH_ROLLBACK,
                        (state, named, occasion) ->
                                Aborting.abortWithRollback(state, named, ids.assignment(), occasion))
                : desk.carryOut(
                        request, Operation.ABORT_CHANGE_ORDER, call, command.order(), Aborting.ABORT, Aborting::abort);
    }
}
