package io.changeorder.application.api.command;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.revision.Revision;

/** Brings an application into being, and deploys it unless told not to. */
public interface CreateApplication {
    /** Answers once the command is durable, or says why it was refused. Safe from any thread. */
    Outcome<Receipt> handle(Request request, Command command);

    /**
     * The command.
     *
     * @param name 1 to 36 characters: a letter, then letters, digits and hyphens
     * @param namespace where it lives, may be empty
     * @param revision what each instance runs
     * @param settings all the rest
     * @param deploy whether to open its first order at once
     * @param description what is said of that order
     */
    record Command(
            String name, String namespace, Revision revision, Settings settings, boolean deploy, String description) {}
}
