package io.changeorder.domain.decision;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.plan.BatchPlan;
import io.changeorder.domain.plan.Convergence;
import io.changeorder.domain.plan.InstanceFailure;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Drives an application from what is committed and what is observed. It is asked again after each of its moves; asked
 * twice with the same arguments it makes the same move, so a crash anywhere is answered by asking again.
 */
public final class Driving {
    /**
     * How often an order that needs a person looks again without being told of a change: what held it may have gone, and
     * the world need not tell of everything, such as exits that it forgets.
     */
    public static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private final ApplicationState state;
    private final Application application;
    private final Observation observed;
    private final Occasion occasion;

    /** New ids from outside the domain; each call gives another. */
    public record Ids(Supplier<BatchId> batch, Supplier<Assignment> rollback) {}

    private Driving(ApplicationState state, Observation observed, Occasion occasion) {
        this.state = state;
        this.application = state.application();
        this.observed = observed;
        this.occasion = occasion;
    }

    /**
     * The next move.
     *
     * @param maintenance whether forward orders freeze where they are
     */
    public static Move next(ApplicationState state, Observation observed, boolean maintenance, Ids ids, Instant at) {
        Driving driving = new Driving(state, observed, Occasion.engine(at));
        if (driving.application.growth().isHalted()) {
            return Resuming.next(state, observed, driving.occasion);
        }
        return state.live()
                .map(order -> driving.drive(order, maintenance, ids))
                .orElseGet(() -> new Move.Sleep(Optional.empty()));
    }

    /**
     * The next move while the runtime can't be reached: only a deadline can pass.
     *
     * @param maintenance whether forward orders freeze where they are
     */
    public static Move unreachable(ApplicationState state, boolean maintenance, Instant at) {
        Driving driving = unseen(state, at);
        return state.live()
                .map(order -> driving.frozenOr(
                        order,
                        maintenance,
                        () -> driving.overdueOr(order, () -> driving.waiting(order, Optional.empty()))))
                .orElseGet(() -> new Move.Sleep(Optional.empty()));
    }

    /**
     * The next move when the runtime did what no runtime may: a person is told of it, once.
     *
     * @param maintenance whether forward orders freeze where they are
     * @param how what it did, for people
     */
    public static Move broken(ApplicationState state, boolean maintenance, String how, Instant at) {
        Driving driving = unseen(state, at);
        return state.live()
                .map(order -> driving.frozenOr(
                        order, maintenance, () -> driving.heldOr(order, new Attention.RuntimeBroken(how))))
                .orElseGet(() -> new Move.Sleep(Optional.empty()));
    }

    /** What waits for a person or a moment waits on. */
    private Move heldOr(ChangeOrder order, Attention attention) {
        return switch (order.status()) {
            case PREPARING, RUNNING -> hold(order, attention);
            case AWAITING_CONFIRMATION, AWAITING_NEXT_BATCH, AWAITING_APPROVAL, APPROVED ->
                new Move.Sleep(Optional.empty());
            case SUCCEEDED, FAILED, ABORTED, SYSTEM_FAILED ->
                throw new IllegalStateException("not live: " + order.id());
        };
    }

    private static Driving unseen(ApplicationState state, Instant at) {
        return new Driving(state, new Observation(at, List.of()), Occasion.engine(at));
    }

    /** The move after a proof of restoration. */
    public static Move proved(ApplicationState state, Observation observed, Proof proof, Instant at) {
        ChangeOrder order = state.live().orElseThrow().withProof(proof);
        Occasion occasion = Occasion.engine(at);
        Draft draft = new Draft(state.application(), occasion);
        if (proof.holds()) {
            succeed(draft, order, observed, occasion);
            return new Move.Commit(draft.accepted());
        }
        Attention attention = new Attention.RestoreIncomplete(proof.differences());
        if (order.attention().filter(attention::isAsGoodAs).isPresent()) {
            return lookAgain(at);
        }
        draft.move(Input.HOLD, order, order.held(attention));
        return new Move.Commit(draft.accepted());
    }

    /** In maintenance a forward order freezes where it is, and the time of it does not count. */
    private Move frozenOr(ChangeOrder order, boolean maintenance, Supplier<Move> otherwise) {
        if (maintenance && !order.isRollback()) {
            return order.progress().stopwatch().runningSince().isPresent()
                    ? commit(order.frozen(occasion.at()), new Happening.OrderFrozen(order.id(), true))
                    : new Move.Sleep(Optional.empty());
        }
        return order.isFrozen()
                ? commit(order.thawed(occasion.at()), new Happening.OrderFrozen(order.id(), false))
                : otherwise.get();
    }

    private Move drive(ChangeOrder order, boolean maintenance, Ids ids) {
        return frozenOr(order, maintenance, () -> startAfreshOr(order, () -> walk(order, ids)));
    }

    /** Tells the runtime of a retry. Instances that serve go in turns, so that the floor holds. */
    private Move startAfreshOr(ChangeOrder order, Supplier<Move> otherwise) {
        Optional<Set<InstanceId>> fresh = order.progress().freshStart();
        if (fresh.isEmpty()) {
            return otherwise.get();
        }
        Set<InstanceId> replaced =
                Convergence.replaceable(observed, fresh.get(), order.change().limits());
        if (replaced.isEmpty() && !fresh.get().isEmpty()) {
            return otherwise.get();
        }
        Draft draft = new Draft(application, occasion);
        draft.put(order.freshlyStarted(replaced));
        draft.record(new Happening.StartedAfresh(order.id(), replaced));
        return new Move.Perform(
                List.of(new Effect.StartAfresh(replaced, order.fence())), Optional.of(draft.accepted()));
    }

    private Move walk(ChangeOrder order, Ids ids) {
        return switch (order.status()) {
            case PREPARING -> plan(order, ids);
            case RUNNING -> converge(order, ids);
            case AWAITING_NEXT_BATCH -> awaitNextBatch(order);
            case AWAITING_CONFIRMATION, AWAITING_APPROVAL, APPROVED -> new Move.Sleep(Optional.empty());
            case SUCCEEDED, FAILED, ABORTED, SYSTEM_FAILED ->
                throw new IllegalStateException("not live: " + order.id());
        };
    }

    private Move plan(ChangeOrder order, Ids ids) {
        List<Batch> batches = BatchPlan.of(
                        order.change().strategy(),
                        observed.composition(),
                        order.change().before(),
                        order.change().target(),
                        order.change().limits().floor())
                .stream()
                .map(target -> Batch.planned(ids.batch().get(), target))
                .toList();
        Draft draft = new Draft(application, occasion);
        draft.record(new Happening.BatchesPlanned(
                order.id(), batches.stream().map(Batch::target).toList()));
        draft.move(Input.PLANNED, order, order.planned(batches, occasion.at()));
        return new Move.Commit(draft.accepted());
    }

    private Move converge(ChangeOrder order, Ids ids) {
        Composition target = order.progress().holding().orElseThrow();
        Step step = Convergence.next(
                observed, target, order.change().target(), order.change().limits());
        return step.match(
                () -> converged(order, target),
                waiting -> clearedOr(order, true, () -> overdueOr(order, () -> waiting(order, waiting.until()))),
                scale -> clearedOr(order, false, () -> overdueOr(order, () -> scale(order, scale.counts()))),
                () -> hold(order, new Attention.LimitsBlock()),
                failed -> fail(order, failed.failure(), ids));
    }

    private Move converged(ChangeOrder order, Composition target) {
        if (!order.progress().isLastBatch()) {
            Optional<Instant> nextBatchAt = switch (order.change().strategy().release()) {
                case AUTO ->
                    Optional.of(occasion.at().plus(order.change().strategy().pause()));
                case MANUAL -> Optional.empty();
            };
            ChangeOrder done = order.batchDone(observed.instances(), occasion.at(), nextBatchAt);
            return move(
                    nextBatchAt.isPresent() ? Input.BATCH_DONE_WAIT_NEXT : Input.BATCH_DONE_CONFIRM_NEXT, order, done);
        }
        if (order.isRollback()) {
            return new Move.Prove(target);
        }
        Draft draft = new Draft(application, occasion);
        succeed(draft, order, observed, occasion);
        return new Move.Commit(draft.accepted());
    }

    private static void succeed(Draft draft, ChangeOrder order, Observation observed, Occasion occasion) {
        ChangeOrder succeeded = order.succeeded(
                Input.LAST_BATCH_DONE,
                observed.instances(),
                new Ending(occasion.actor(), occasion.at(), Optional.empty()));
        draft.move(Input.LAST_BATCH_DONE, order, succeeded);
        draft.settle(order.id(), order.change().after());
    }

    /** The intention is committed before the effect; once it is, the effect is done until the world shows it. */
    private Move scale(ChangeOrder order, Map<Entry, Integer> counts) {
        Composition intended = application.intended();
        for (Map.Entry<Entry, Integer> count : counts.entrySet()) {
            intended = intended.with(count.getKey(), count.getValue());
        }
        List<Effect> effects = counts.entrySet().stream()
                .<Effect>map(count -> new Effect.Scale(count.getKey(), count.getValue(), order.fence()))
                .toList();
        if (intended.equals(application.intended()) && application.touched()) {
            return new Move.Perform(effects, Optional.empty());
        }
        Draft draft = new Draft(application, occasion);
        draft.intend(Optional.of(order.id()), intended);
        effects.forEach(draft::effect);
        return new Move.Commit(draft.accepted());
    }

    private Move waiting(ChangeOrder order, Optional<Instant> until) {
        Optional<Instant> patience =
                order.attention().isPresent() ? Optional.of(occasion.at().plus(LOOK_AGAIN)) : deadline(order);
        return new Move.Sleep(Stream.concat(until.stream(), patience.stream()).min(Instant::compareTo));
    }

    private static Move lookAgain(Instant at) {
        return new Move.Sleep(Optional.of(at.plus(LOOK_AGAIN)));
    }

    /** Whether it waits for the world or the world does not do what it is told: too long is too long. */
    private Move overdueOr(ChangeOrder order, Supplier<Move> otherwise) {
        return deadline(order)
                .filter(deadline -> !occasion.at().isBefore(deadline))
                .map(passed -> hold(order, new Attention.DeadlinePassed()))
                .orElseGet(otherwise);
    }

    /** When the order needs a person if it does not get on; absent when it needs one already, or its time stands. */
    private Optional<Instant> deadline(ChangeOrder order) {
        return order.attention().isPresent()
                ? Optional.empty()
                : order.progress()
                        .stopwatch()
                        .reaches(order.change().limits().timing().batch());
    }

    private Move fail(ChangeOrder order, InstanceFailure failure, Ids ids) {
        if (order.isRollback()) {
            return hold(order, new Attention.InstanceFailed(failure));
        }
        Ending ending = new Ending(occasion.actor(), occasion.at(), Optional.of(failure));
        ChangeOrder failed = order.failed(observed.instances(), ending);
        Draft draft = new Draft(application, occasion);
        draft.move(Input.FAIL, order, failed);
        if (application.touched()) {
            Composition left = order.change().without(application.intended());
            if (order.change().rollsBackOnFailure()) {
                draft.haltWith(failed, left);
                Aborting.rollBack(draft, failed, ids.rollback().get(), occasion);
            } else {
                draft.leave(failed, left.max(observed.composition()));
            }
        }
        return new Move.Commit(draft.accepted());
    }

    private Move awaitNextBatch(ChangeOrder order) {
        Instant due = order.progress().nextBatchAt().orElseThrow();
        if (occasion.at().isBefore(due)) {
            return new Move.Sleep(Optional.of(due));
        }
        return Confirming.holds(order, observed)
                ? new Move.Commit(Confirming.next(state, order, occasion))
                : move(Input.BATCH_LOST, order, order.batchLost(occasion.at()));
    }

    private Move hold(ChangeOrder order, Attention attention) {
        return order.attention().filter(attention::isAsGoodAs).isPresent()
                ? lookAgain(occasion.at())
                : move(Input.HOLD, order, order.held(attention));
    }

    /**
     * What blocked an order, or failed an instance of a rollback, is over as soon as there is something to do; that the
     * runtime is broken, only once it has done what it was told.
     */
    private Move clearedOr(ChangeOrder order, boolean isDoneAsTold, Supplier<Move> otherwise) {
        boolean over = order.attention()
                .map(attention -> attention.match(
                        () -> true, () -> false, failed -> true, incomplete -> true, broken -> isDoneAsTold))
                .orElse(false);
        return over ? move(Input.CLEAR, order, order.cleared()) : otherwise.get();
    }

    private Move move(Input input, ChangeOrder before, ChangeOrder after) {
        Draft draft = new Draft(application, occasion);
        draft.move(input, before, after);
        return new Move.Commit(draft.accepted());
    }

    private Move commit(ChangeOrder changed, Happening what) {
        Draft draft = new Draft(application, occasion);
        draft.put(changed);
        draft.record(what);
        return new Move.Commit(draft.accepted());
    }
}
