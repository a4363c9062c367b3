package io.changeorder.application.api.command;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.revision.RevisionId;
import java.util.Optional;

/** Returns an application to a version: the settled one restores everything, another is deployed with the present replicas. */
public interface RollBackApplication {
    /** Answers once the command is durable, or says why it was refused. Safe from any thread. */
    Outcome<Receipt> handle(Request request, Command command);

    /**
     * The command.
     *
     * @param application the application
     * @param version the version to return to
     * @param strategy how to cut it into batches, if not as the version says; the settled version has one batch
     * @param floor ready instances to keep, if not as the version says
     */
    record Command(
            ApplicationId application,
            RevisionId version,
            Optional<UpdateStrategy> strategy,
            Optional<ReadyFloor> floor) {}
}
