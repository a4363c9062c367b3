package io.changeorder.application.usecase.command;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.usecase.CommandDesk.Call;
import io.changeorder.domain.decision.Aborting;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Aborts and rolls back in one decision and one commit. */
@Singleton
public final class AbortingAndRollingBack implements AbortAndRollBackChangeOrder {
    private final AbortDesk desk;
    private final Identities ids;

    @Inject
    public AbortingAndRollingBack(AbortDesk desk, Identities ids) {
        this.desk = desk;
        this.ids = ids;
    }

    @Override
    public Outcome<Receipt> handle(Request request, Command command) {
        return desk.carryOut(
                request,
                Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER,
                order -> Call.of(Operation.ABORT_AND_ROLLBACK_CHANGE_ORDER, command.toString(), order),
                command.order(),
                Aborting.ABORT_AND_ROLL_BACK,
                (state, named, occasion) -> Aborting.abortAndRollBack(state, named, ids.assignment(), occasion));
    }
}
