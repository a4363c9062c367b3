package io.changeorder.domain.order;

import com.google.common.collect.Sets;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.plan.Proof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One change of one application: a path of compositions, and how far it has been walked. Its methods move it along the
 * table of {@link Transitions} and are given only legal moves; whether a move is allowed is decided in
 * {@code io.changeorder.domain.decision}.
 *
 * @param id its identity
 * @param application what it changes
 * @param change what it changes it to
 * @param createdBy who ordered it
 * @param createdAt when
 * @param fence the number under which it may touch instances
 * @param lease the node that drives it
 * @param progress how far it is
 * @param undoes the order that this rollback takes back, if it is one of those
 * @param undoneBy the rollback that takes this order back, if one was opened
 * @param ending how it ended; absent while it lives
 * @param proof what the last proof of restoration found; only of rollbacks
 */
public record ChangeOrder(
        ChangeOrderId id,
        ApplicationId application,
        Change change,
        Actor createdBy,
        Instant createdAt,
        Fence fence,
        NodeId lease,
        Progress progress,
        Optional<ChangeOrderId> undoes,
        Optional<ChangeOrderId> undoneBy,
        Optional<Ending> ending,
        Optional<Proof> proof) {

    public ChangeOrder {
        if (progress.status().isLive() == ending.isPresent()) {
            throw new IllegalArgumentException("an order has an ending exactly when it is not live");
        }
    }

    public static ChangeOrder open(
            ChangeOrderId id,
            ApplicationId application,
            Change change,
            Actor createdBy,
            Instant createdAt,
            Fence fence,
            NodeId lease) {
        return new ChangeOrder(
                id,
                application,
                change,
                createdBy,
                createdAt,
                fence,
                lease,
                Progress.preparing(createdAt),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Status status() {
        return progress.status();
    }

    public boolean isLive() {
        return status().isLive();
    }

    public boolean isRollback() {
        return change.isRollback();
    }

    public Optional<Attention> attention() {
        return progress.attention();
    }

    public ChangeOrder planned(List<Batch> batches, Instant at) {
        Progress planned = progress.withBatches(batches);
        return moved(
                Input.PLANNED,
                planned.withBatch(0, batches.get(0).started(at))
                        .withStopwatch(Stopwatch.startedAt(at))
                        .withAttention(Optional.empty()));
    }

    /** The current batch is done and the next one waits: for a person, or until {@code nextBatchAt}. */
    public ChangeOrder batchDone(List<Instance> outcome, Instant at, Optional<Instant> nextBatchAt) {
        int next = progress.current() + 1;
        return moved(
                nextBatchAt.isPresent() ? Input.BATCH_DONE_WAIT_NEXT : Input.BATCH_DONE_CONFIRM_NEXT,
                progress.withBatch(progress.current(), currentBatch().ended(at, outcome))
                        .withBatch(next, progress.batches().get(next).updated(at))
                        .withCurrent(next)
                        .withStopwatch(progress.stopwatch().stopped(at))
                        .withNextBatchAt(nextBatchAt)
                        .withAttention(Optional.empty()));
    }

    public ChangeOrder nextBatch(Instant at) {
        return moved(
                Input.NEXT_BATCH,
                progress.withBatch(progress.current(), currentBatch().started(at))
                        .withStopwatch(Stopwatch.startedAt(at))
                        .withNextBatchAt(Optional.empty()));
    }

    public ChangeOrder batchLost(Instant at) {
        int lost = progress.current() - 1;
        return moved(
                Input.BATCH_LOST,
                progress.withBatch(lost, progress.batches().get(lost).started(at))
                        .withCurrent(lost)
                        .withStopwatch(Stopwatch.startedAt(at))
                        .withNextBatchAt(Optional.empty()));
    }

    public ChangeOrder succeeded(Input input, List<Instance> outcome, Ending newEnding) {
        return ended(input, outcome, newEnding);
    }

    public ChangeOrder failed(List<Instance> outcome, Ending newEnding) {
        return ended(Input.FAIL, outcome, newEnding);
    }

    public ChangeOrder aborted(Ending newEnding) {
        return ended(Input.ABORT, List.of(), newEnding);
    }

    /** It was stored and can't be read any more; this is what is left of it. */
    public ChangeOrder unreadable(Ending newEnding) {
        return ended(Input.UNREADABLE, List.of(), newEnding);
    }

    private ChangeOrder ended(Input input, List<Instance> outcome, Ending newEnding) {
        Progress last = progress.batches().isEmpty()
                ? progress
                : progress.withBatch(progress.current(), currentBatch().ended(newEnding.at(), outcome));
        Progress ended = last.withStatus(next(input))
                .withStopwatch(progress.stopwatch().stopped(newEnding.at()))
                .withNextBatchAt(Optional.empty())
                .withAttention(Optional.empty())
                .withFreshStart(Optional.empty());
        return new ChangeOrder(
                id,
                application,
                change,
                createdBy,
                createdAt,
                fence,
                lease,
                ended,
                undoes,
                undoneBy,
                Optional.of(newEnding),
                proof);
    }

    public ChangeOrder held(Attention attention) {
        return moved(Input.HOLD, progress.withAttention(Optional.of(attention)));
    }

    public ChangeOrder cleared() {
        return moved(Input.CLEAR, progress.withAttention(Optional.empty()));
    }

    /** Counts and deadline start anew, and the runtime is to be told; of an earlier retry too, if it was not yet. */
    public ChangeOrder retried(Limits limits, Set<InstanceId> replaced, Instant at) {
        Set<InstanceId> all = Sets.union(progress.freshStart().orElse(Set.of()), replaced);
        return moved(
                        Input.RETRY,
                        progress.withAttention(Optional.empty())
                                .withStopwatch(Stopwatch.startedAt(at))
                                .withFreshStart(Optional.of(all)))
                .with(change.withLimits(limits));
    }

    /** The runtime was told; the instances that it could not replace yet remain. */
    public ChangeOrder freshlyStarted(Set<InstanceId> replaced) {
        Set<InstanceId> rest = Sets.difference(progress.freshStart().orElse(Set.of()), replaced);
        return with(progress.withFreshStart(rest.isEmpty() ? Optional.empty() : Optional.of(rest)));
    }

    /** Its time stands still. */
    public ChangeOrder frozen(Instant at) {
        return with(progress.withStopwatch(progress.stopwatch().stopped(at)));
    }

    /** Its time goes on. */
    public ChangeOrder thawed(Instant at) {
        return with(progress.withStopwatch(progress.stopwatch().resumed(at)));
    }

    /** Whether it works but its time stands still. */
    public boolean isFrozen() {
        boolean works = switch (status()) {
            case PREPARING, RUNNING -> true;
            case AWAITING_CONFIRMATION,
                    AWAITING_NEXT_BATCH,
                    AWAITING_APPROVAL,
                    APPROVED,
                    SUCCEEDED,
                    FAILED,
                    ABORTED,
                    SYSTEM_FAILED -> false;
        };
        return works && progress.stopwatch().runningSince().isEmpty();
    }

    public ChangeOrder withProof(Proof newProof) {
        return new ChangeOrder(
                id,
                application,
                change,
                createdBy,
                createdAt,
                fence,
                lease,
                progress,
                undoes,
                undoneBy,
                ending,
                Optional.of(newProof));
    }

    /** Another node drives it now, under a fence of its own. */
    public ChangeOrder takenOver(NodeId by, Fence newFence) {
        return new ChangeOrder(
                id, application, change, createdBy, createdAt, newFence, by, progress, undoes, undoneBy, ending, proof);
    }

    public ChangeOrder undoing(ChangeOrderId order) {
        return new ChangeOrder(
                id,
                application,
                change,
                createdBy,
                createdAt,
                fence,
                lease,
                progress,
                Optional.of(order),
                undoneBy,
                ending,
                proof);
    }

    public ChangeOrder undoneBy(ChangeOrderId rollback) {
        return new ChangeOrder(
                id,
                application,
                change,
                createdBy,
                createdAt,
                fence,
                lease,
                progress,
                undoes,
                Optional.of(rollback),
                ending,
                proof);
    }

    private ChangeOrder moved(Input input, Progress moved) {
        return with(moved.withStatus(next(input)));
    }

    private Status next(Input input) {
        return Transitions.next(status(), input)
                .orElseThrow(() -> new IllegalStateException("no " + input + " from " + status() + ": " + id));
    }

    private Batch currentBatch() {
        return progress.currentBatch().orElseThrow();
    }

    private ChangeOrder with(Progress newProgress) {
        return new ChangeOrder(
                id,
                application,
                change,
                createdBy,
                createdAt,
                fence,
                lease,
                newProgress,
                undoes,
                undoneBy,
                ending,
                proof);
    }

    private ChangeOrder with(Change newChange) {
        return new ChangeOrder(
                id,
                application,
                newChange,
                createdBy,
                createdAt,
                fence,
                lease,
                progress,
                undoes,
                undoneBy,
                ending,
                proof);
    }
}
