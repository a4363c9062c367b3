package io.changeorder.application.api.query;

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
     */
    record Query(ApplicationId application) {}
}
