package io.changeorder.application.api.query;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.domain.id.BatchId;

/** Tells everything of one batch, with its instances. */
public interface DescribeBatch {
    /** Answers from what is committed, or says why it was refused. Safe from any thread. */
    Outcome<Views.BatchView> handle(Request request, Query query);

    /**
     * The query.
     *
     * @param batch the batch
     */
    record Query(BatchId batch) {}
}
