package io.changeorder.application.api.command;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.id.ChangeOrderId;
import java.util.Optional;

/** Has an order that needs a person try again. */
public interface RetryChangeOrder {
    /** Answers once the command is durable, or says why it was refused. Safe from any thread. */
    Outcome<Receipt> handle(Request request, Command command);

    /**
     * The command.
     *
     * @param order the order
     * @param floor other ready instances to keep, if they should change
     * @param surge another surge, if it should change
     */
    record Command(ChangeOrderId order, Optional<ReadyFloor> floor, Optional<Surge> surge) {}
}
