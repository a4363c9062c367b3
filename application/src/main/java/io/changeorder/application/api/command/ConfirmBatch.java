package io.changeorder.application.api.command;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.domain.id.BatchId;

/** Starts the batch that waits for a person, or ends the order in its place. */
public interface ConfirmBatch {
    /** Answers once the command is durable, or says why it was refused. Safe from any thread. */
    Outcome<Receipt> handle(Request request, Command command);

    /**
     * The command.
     *
     * @param batch the batch that waits
     * @param confirm true starts it; false aborts the order where it is
     */
    record Command(BatchId batch, boolean confirm) {}
}
