package io.changeorder.application.api.query;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Status;
import java.util.Set;

/** Lists the orders of an application, page by page. */
public interface ListChangeOrders {
    /** Answers from what is committed, or says why it was refused. Safe from any thread. */
    Outcome<Page<ChangeOrder>> handle(Request request, Query query);

    /**
     * The query.
     *
     * @param application the application
     * @param type only orders of these types; empty for all
     * @param status only orders in these statuses; empty for all
     * @param key only orders whose description contains this; empty for all
     * @param ascending oldest first instead of newest first
     * @param page from 1
     * @param pageSize 1 to 1000
     */
    record Query(
            ApplicationId application,
            Set<ChangeOrderType> type,
            Set<Status> status,
            String key,
            boolean ascending,
            int page,
            int pageSize) {}
}
