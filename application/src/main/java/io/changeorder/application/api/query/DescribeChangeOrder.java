package io.changeorder.application.api.query;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.domain.id.ChangeOrderId;

/** Tells everything of one order. */
public interface DescribeChangeOrder {
    /** Answers from what is committed, or says why it was refused. Safe from any thread. */
    Outcome<Views.OrderView> handle(Request request, Query query);

    /**
     * The query.
     *
     * @param order the order
     */
    record Query(ChangeOrderId order) {}
}
