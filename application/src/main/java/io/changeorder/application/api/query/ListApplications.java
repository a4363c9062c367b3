package io.changeorder.application.api.query;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;

/** Lists the applications that exist, page by page, by name. */
public interface ListApplications {
    /** Answers from what is committed, or says why it was refused. Safe from any thread. */
    Outcome<Page<Views.ApplicationView>> handle(Request request, Query query);

    /**
     * The query.
     *
     * @param name only applications whose name contains this; empty for all
     * @param namespace only applications of this namespace; empty for all
     * @param page from 1
     * @param pageSize 1 to 1000
     */
    record Query(String name, String namespace, int page, int pageSize) {}
}
