package io.changeorder.application.api.command;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.domain.id.ChangeOrderId;
import java.util.Optional;

/** Ends the running order and returns the application to what it was before; on a rollback that needs a person: retries it. */
public interface AbortAndRollBackChangeOrder {
    /** Answers once the command is durable, or says why it was refused. Safe from any thread. */
    Outcome<Receipt> handle(Request request, Command command);

    /**
     * The command.
     *
     * @param order the order to take back; empty is refused as a missing parameter
     */
    record Command(Optional<ChangeOrderId> order) {}
}
