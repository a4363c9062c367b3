package io.changeorder.bootstrap.race;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import io.changeorder.bootstrap.client.RefusedException;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import java.util.HashMap;
import java.util.Map;

/** What a caller can want of a live order. */
enum Verb {
    ABORT(true, WireOperation.ABORT_CHANGE_ORDER, ImmutableMap.of("Rollback", "false")),
    ABORT_AND_ROLL_BACK(true, WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, ImmutableMap.of()),
    ABORT_WITH_ROLLBACK(true, WireOperation.ABORT_CHANGE_ORDER, ImmutableMap.of("Rollback", "true")),
    CONFIRM(false, WireOperation.CONFIRM_PIPELINE_BATCH, ImmutableMap.of("Confirm", "true")),
    REJECT(true, WireOperation.CONFIRM_PIPELINE_BATCH, ImmutableMap.of("Confirm", "false")),
    RETRY(false, WireOperation.RETRY_CHANGE_ORDER, ImmutableMap.of());

    private final boolean ending;
    private final WireOperation operation;
    private final ImmutableMap<String, String> more;

    Verb(boolean ending, WireOperation operation, ImmutableMap<String, String> more) {
        this.ending = ending;
        this.operation = operation;
        this.more = more;
    }

    /** Whether it ends the order when it is accepted. */
    boolean isEnding() {
        return ending;
    }

    /**
     * What a caller was answered.
     *
     * @param code of a refusal; empty when it was accepted
     */
    record Answer(String caller, Verb verb, String code, JsonNode data) {
        boolean isAccepted() {
            return code.isEmpty();
        }
    }

    /** Calls it for an order, or for the batch that was the current one. */
    Answer call(String caller, WireClient client, String order, String batch) {
        Map<String, String> parameters = new HashMap<>(more);
        if (operation == WireOperation.CONFIRM_PIPELINE_BATCH) {
            parameters.put("PipelineId", batch);
        } else {
            parameters.put("ChangeOrderId", order);
        }
        try {
            return new Answer(caller, this, "", client.call(operation, parameters));
        } catch (RefusedException refused) {
            return new Answer(caller, this, refused.code(), refused.data());
        }
    }
}
