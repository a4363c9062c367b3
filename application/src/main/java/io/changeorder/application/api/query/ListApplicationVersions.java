package io.changeorder.application.api.query;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.id.ApplicationId;
import java.util.List;

/** Lists the versions of an application, newest first. */
public interface ListApplicationVersions {
    /** Answers from what is committed, or says why it was refused. Safe from any thread. */
    Outcome<List<Version>> handle(Request request, Query query);

    /**
     * The query.
     *
     * @param application the application
     * @param operation as which operation of the wire it is asked; the one that must be permitted
     */
    record Query(ApplicationId application, Operation operation) {
        public Query(ApplicationId application) {
            this(application, Operation.LIST_APP_VERSIONS);
        }
    }
}
