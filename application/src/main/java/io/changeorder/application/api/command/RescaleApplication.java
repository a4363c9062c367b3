package io.changeorder.application.api.command;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.id.ApplicationId;
import java.util.Optional;

/** Changes how many instances run, or will run after the next start. */
public interface RescaleApplication {
    /** Answers once the command is durable, or says why it was refused. Safe from any thread. */
    Outcome<Receipt> handle(Request request, Command command);

    /**
     * The command.
     *
     * @param application the application
     * @param replicas how many
     * @param floor ready instances to keep during this order, if not as the settings say
     */
    record Command(ApplicationId application, int replicas, Optional<ReadyFloor> floor) {}
}
