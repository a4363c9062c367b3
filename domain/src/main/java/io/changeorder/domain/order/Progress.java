package io.changeorder.domain.order;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.id.InstanceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far an order is.
 *
 * @param status where it is in its life
 * @param batches its batches in order; empty until they are planned
 * @param current index of the batch that runs or waits to run; the last one after the end
 * @param stopwatch what counts towards the batch's deadline
 * @param nextBatchAt when the next batch starts by itself
 * @param attention why it needs a person
 * @param freshStart a retry that a person ordered and the runtime has not been told of yet: the instances to replace
 */
public record Progress(
        Status status,
        List<Batch> batches,
        int current,
        Stopwatch stopwatch,
        Optional<Instant> nextBatchAt,
        Optional<Attention> attention,
        Optional<Set<InstanceId>> freshStart) {
    public Progress {
        batches = List.copyOf(batches);
        freshStart = freshStart.map(Set::copyOf);
        if (current < 0 || current > Math.max(0, batches.size() - 1)) {
            throw new IllegalArgumentException("no batch " + current + " of " + batches.size());
        }
    }

    public static Progress preparing(Instant at) {
        return new Progress(
                Status.PREPARING,
                List.of(),
                0,
                Stopwatch.startedAt(at),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Optional<Batch> currentBatch() {
        return batches.isEmpty() ? Optional.empty() : Optional.of(batches.get(current));
    }

    public boolean isLastBatch() {
        return current == batches.size() - 1;
    }

    /** The batch whose composition holds now: the current one while it runs, the one before while the next waits. */
    public Optional<Composition> holding() {
        return switch (status) {
            case RUNNING -> currentBatch().map(Batch::target);
            case AWAITING_CONFIRMATION, AWAITING_NEXT_BATCH ->
                Optional.of(batches.get(current - 1).target());
            case PREPARING, AWAITING_APPROVAL, APPROVED, SUCCEEDED, FAILED, ABORTED, SYSTEM_FAILED -> Optional.empty();
        };
    }

    Progress withStatus(Status newStatus) {
        return new Progress(newStatus, batches, current, stopwatch, nextBatchAt, attention, freshStart);
    }

    Progress withBatches(List<Batch> newBatches) {
        return new Progress(status, newBatches, 0, stopwatch, nextBatchAt, attention, freshStart);
    }

    Progress withBatch(int index, Batch batch) {
        List<Batch> changed = new ArrayList<>(batches);
        changed.set(index, batch);
        return new Progress(status, changed, current, stopwatch, nextBatchAt, attention, freshStart);
    }

    Progress withCurrent(int index) {
        return new Progress(status, batches, index, stopwatch, nextBatchAt, attention, freshStart);
    }

    Progress withStopwatch(Stopwatch newStopwatch) {
        return new Progress(status, batches, current, newStopwatch, nextBatchAt, attention, freshStart);
    }

    Progress withNextBatchAt(Optional<Instant> at) {
        return new Progress(status, batches, current, stopwatch, at, attention, freshStart);
    }

    Progress withAttention(Optional<Attention> newAttention) {
        return new Progress(status, batches, current, stopwatch, nextBatchAt, newAttention, freshStart);
    }

    Progress withFreshStart(Optional<Set<InstanceId>> instances) {
        return new Progress(status, batches, current, stopwatch, nextBatchAt, attention, instances);
    }
}
