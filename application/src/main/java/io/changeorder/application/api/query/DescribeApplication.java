package io.changeorder.application.api.query;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.domain.id.ApplicationId;

/** Tells everything of one application, with its instances. */
public interface DescribeApplication {
    /** Answers from what is committed, or says why it was refused. Safe from any thread. */
    Outcome<Views.ApplicationView> handle(Request request, Query query);

    /**
     * The query.
     *
     * @param application the application
     * @param operation as which operation of the wire it is asked; the one that must be permitted
     */
    record Query(ApplicationId application, Operation operation) {}
}
