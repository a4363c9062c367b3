package io.changeorder.application.api.query;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;

/** Tells whether there is maintenance, and until when. */
public interface DescribeMaintenance {
    /** Answers from what is committed, or says why it was refused. Safe from any thread. */
    Outcome<Maintenance> handle(Request request);
}
