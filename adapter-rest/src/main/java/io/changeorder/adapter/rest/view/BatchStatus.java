package io.changeorder.adapter.rest.view;

import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;

/** A batch's status in the numbers of an order's. */
final class BatchStatus {
    static final int PREPARED = 0;
    static final int RUNNING = 1;
    static final int SUCCEEDED = 2;
    static final int FAILED = 3;
    static final int WAITING_FOR_RETRY = 5;
    static final int TERMINATED = 6;

    private BatchStatus() {}

    /** Batches before the current one are done, it has the order's own status, and those behind it are prepared. */
    static int of(ChangeOrder order, int index) {
        int current = order.progress().current();
        if (index < current) {
            return SUCCEEDED;
        }
        return index == current ? StatusNames.number(order.status()) : PREPARED;
    }

    /** Whether the batch waits for a person or a timer. */
    static boolean waits(ChangeOrder order, int index) {
        return index == order.progress().current()
                && switch (order.status()) {
                    case AWAITING_CONFIRMATION, AWAITING_NEXT_BATCH -> true;
                    case PREPARING, RUNNING, SUCCEEDED, FAILED, ABORTED, SYSTEM_FAILED, AWAITING_APPROVAL, APPROVED ->
                        false;
                };
    }

    /** Whether the batch ended before it was done. */
    static boolean isCutShort(ChangeOrder order, int index) {
        return index == order.progress().current() && !order.isLive() && order.status() != Status.SUCCEEDED;
    }

    static String name(int index) {
        return "Batch " + (index + 1);
    }
}
