package io.changeorder.application.api.command;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.domain.id.ChangeOrderId;
import java.util.Optional;

/** Ends the running order where it is. */
public interface AbortChangeOrder {
    /** Answers once the command is durable, or says why it was refused. Safe from any thread. */
    Outcome<Receipt> handle(Request request, Command command);

    /**
     * The command.
     *
     * @param order the order to end; empty is refused as a missing parameter
     * @param rollback whether to take it back as well
     */
    record Command(Optional<ChangeOrderId> order, boolean rollback) {}
}
