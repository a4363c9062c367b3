package io.changeorder.domain.order;

import static io.changeorder.domain.order.Input.ABORT;
import static io.changeorder.domain.order.Input.BATCH_DONE_CONFIRM_NEXT;
import static io.changeorder.domain.order.Input.BATCH_DONE_WAIT_NEXT;
import static io.changeorder.domain.order.Input.BATCH_LOST;
import static io.changeorder.domain.order.Input.CLEAR;
import static io.changeorder.domain.order.Input.FAIL;
import static io.changeorder.domain.order.Input.HOLD;
import static io.changeorder.domain.order.Input.LAST_BATCH_DONE;
import static io.changeorder.domain.order.Input.NEXT_BATCH;
import static io.changeorder.domain.order.Input.NOTHING_TO_DO;
import static io.changeorder.domain.order.Input.PLANNED;
import static io.changeorder.domain.order.Input.RETRY;
import static io.changeorder.domain.order.Input.UNREADABLE;
import static io.changeorder.domain.order.Status.ABORTED;
import static io.changeorder.domain.order.Status.APPROVED;
import static io.changeorder.domain.order.Status.AWAITING_APPROVAL;
import static io.changeorder.domain.order.Status.AWAITING_CONFIRMATION;
import static io.changeorder.domain.order.Status.AWAITING_NEXT_BATCH;
import static io.changeorder.domain.order.Status.FAILED;
import static io.changeorder.domain.order.Status.PREPARING;
import static io.changeorder.domain.order.Status.RUNNING;
import static io.changeorder.domain.order.Status.SUCCEEDED;
import static io.changeorder.domain.order.Status.SYSTEM_FAILED;

import com.google.common.collect.ImmutableTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one table of transitions: what is not in it can't happen. */
public final class Transitions {
    private static final ImmutableTable<Status, Input, Status> TABLE = ImmutableTable.<Status, Input, Status>builder()
            .put(PREPARING, PLANNED, RUNNING)
            .put(PREPARING, NOTHING_TO_DO, SUCCEEDED)
            .put(PREPARING, ABORT, ABORTED)
            .put(PREPARING, HOLD, PREPARING)
            .put(PREPARING, RETRY, PREPARING)
            .put(PREPARING, UNREADABLE, SYSTEM_FAILED)
            .put(RUNNING, BATCH_DONE_CONFIRM_NEXT, AWAITING_CONFIRMATION)
            .put(RUNNING, BATCH_DONE_WAIT_NEXT, AWAITING_NEXT_BATCH)
            .put(RUNNING, LAST_BATCH_DONE, SUCCEEDED)
            .put(RUNNING, FAIL, FAILED)
            .put(RUNNING, ABORT, ABORTED)
            .put(RUNNING, HOLD, RUNNING)
            .put(RUNNING, CLEAR, RUNNING)
            .put(RUNNING, RETRY, RUNNING)
            .put(RUNNING, UNREADABLE, SYSTEM_FAILED)
            .put(AWAITING_CONFIRMATION, NEXT_BATCH, RUNNING)
            .put(AWAITING_CONFIRMATION, BATCH_LOST, RUNNING)
            .put(AWAITING_CONFIRMATION, ABORT, ABORTED)
            .put(AWAITING_CONFIRMATION, UNREADABLE, SYSTEM_FAILED)
            .put(AWAITING_NEXT_BATCH, NEXT_BATCH, RUNNING)
            .put(AWAITING_NEXT_BATCH, BATCH_LOST, RUNNING)
            .put(AWAITING_NEXT_BATCH, ABORT, ABORTED)
            .put(AWAITING_NEXT_BATCH, UNREADABLE, SYSTEM_FAILED)
            .put(AWAITING_APPROVAL, ABORT, ABORTED)
            .put(AWAITING_APPROVAL, UNREADABLE, SYSTEM_FAILED)
            .put(APPROVED, ABORT, ABORTED)
            .put(APPROVED, UNREADABLE, SYSTEM_FAILED)
            .buildOrThrow();

    private Transitions() {}

    /** Where this input leads from this status; empty when it is not allowed there. */
    public static Optional<Status> next(Status from, Input input) {
        return Optional.ofNullable(TABLE.get(from, input));
    }

    /** Every row, in the order of the statuses and inputs. */
    public static List<Transition> all() {
        List<Transition> rows = new ArrayList<>();
        for (Status from : Status.values()) {
            for (Input input : Input.values()) {
                next(from, input).ifPresent(to -> rows.add(new Transition(from, input, to)));
            }
        }
        return List.copyOf(rows);
    }

    /** One row of the table. */
    public record Transition(Status from, Input input, Status to) {}
}
