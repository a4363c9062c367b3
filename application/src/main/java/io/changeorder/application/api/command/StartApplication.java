package io.changeorder.application.api.command;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.domain.id.ApplicationId;

/** Starts a stopped application with the replicas it had. */
public interface StartApplication {
    /** Answers once the command is durable, or says why it was refused. Safe from any thread. */
    Outcome<Receipt> handle(Request request, Command command);

    /**
     * The command.
     *
     * @param application the application
     */
    record Command(ApplicationId application) {}
}
