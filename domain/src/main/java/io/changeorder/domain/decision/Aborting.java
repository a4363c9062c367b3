package io.changeorder.domain.decision;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Input;
import java.util.List;
import java.util.Optional;

/** Ends the live order of an application, with or without taking back what it did. */
public final class Aborting {
    /**
     * A call to abort, as far as it is known; what comes later is only looked up once what comes before allows it.
     *
     * @param named whether a change order was named at all
     * @param permitted whether the caller may do it
     * @param maintenance whether commands are refused for everybody
     * @param order the order that was named, if there is one
     * @param rollback the order that takes {@code order} back, if there is one
     */
    public record Case(
            boolean named,
            boolean permitted,
            boolean maintenance,
            Optional<ChangeOrder> order,
            Optional<ChangeOrder> rollback) {
        boolean isLive() {
            return order.filter(ChangeOrder::isLive).isPresent();
        }

        /** The live rollback that is meant: the named order itself, or the one that takes it back. */
        Optional<ChangeOrder> liveRollback() {
            return order.filter(ChangeOrder::isRollback)
                    .filter(ChangeOrder::isLive)
                    .or(() -> rollback.filter(ChangeOrder::isLive));
        }

        boolean disturbsRollback() {
            return liveRollback().filter(live -> live.attention().isEmpty()).isPresent();
        }

        boolean needsRetry() {
            return liveRollback().filter(live -> live.attention().isPresent()).isPresent();
        }

        private ChangeOrder found() {
            return order.orElseThrow();
        }
    }

    private static final RuleBook.Rule<Case> ID_MISSING = RuleBook.Rule.refuse(
            "the ChangeOrderId is missing or empty",
            call -> !call.named(),
            call -> Refusal.about(Refusal.Reason.PARAMETER_MISSING, "ChangeOrderId"));
    private static final RuleBook.Rule<Case> NOT_PERMITTED = RuleBook.Rule.refuse(
            "the caller is not permitted", call -> !call.permitted(), call -> Refusal.of(Refusal.Reason.NOT_PERMITTED));
    private static final RuleBook.Rule<Case> MAINTENANCE = RuleBook.Rule.refuse(
            "there is maintenance", Case::maintenance, call -> Refusal.of(Refusal.Reason.MAINTENANCE));
    private static final RuleBook.Rule<Case> NOT_FOUND = RuleBook.Rule.refuse(
            "there is no such order",
            call -> call.order().isEmpty(),
            call -> Refusal.of(Refusal.Reason.ORDER_NOT_FOUND));
    private static final RuleBook.Rule<Case> ROLLBACK_IS_HEALTHY = RuleBook.Rule.refuse(
            "it is a live rollback without attention, or it ended and its own rollback is",
            Case::disturbsRollback,
            call -> Refusal.of(Refusal.Reason.ORDER_IS_RUNNING, call.found()));
    private static final RuleBook.Rule<Case> ROLLBACK_IS_LIVE = RuleBook.Rule.refuse(
            "it is a live rollback, or it ended and its own rollback is live",
            call -> call.liveRollback().isPresent(),
            call -> Refusal.of(Refusal.Reason.ORDER_IS_RUNNING, call.found()));
    private static final RuleBook.Rule<Case> NOT_LIVE = RuleBook.Rule.refuse(
            "it is not live",
            call -> !call.isLive(),
            call -> Refusal.of(Refusal.Reason.ORDER_IS_NOT_LIVE, call.found()));
    private static final RuleBook.Rule<Case> NEITHER_LIVE_NOR_TO_RETRY = RuleBook.Rule.refuse(
            "it is not live, and it has no rollback that waits for a person",
            call -> !call.isLive() && !call.needsRetry(),
            call -> Refusal.of(Refusal.Reason.ORDER_IS_NOT_LIVE, call.found()));

    /** Abort and roll back: on a rollback that needs a person the verb means retry. */
    public static final RuleBook<Case> ABORT_AND_ROLL_BACK = new RuleBook<>(
            List.of(ID_MISSING, NOT_PERMITTED, MAINTENANCE, NOT_FOUND, ROLLBACK_IS_HEALTHY, NEITHER_LIVE_NOR_TO_RETRY));

    /** AbortChangeOrder with Rollback=true: as above, but it never touches a rollback. */
    public static final RuleBook<Case> ABORT_WITH_ROLLBACK =
            new RuleBook<>(List.of(ID_MISSING, NOT_PERMITTED, MAINTENANCE, NOT_FOUND, ROLLBACK_IS_LIVE, NOT_LIVE));

    /** A plain abort: it gives up on a rollback that needs a person, never on a healthy one. */
    public static final RuleBook<Case> ABORT =
            new RuleBook<>(List.of(ID_MISSING, NOT_PERMITTED, MAINTENANCE, NOT_FOUND, ROLLBACK_IS_HEALTHY, NOT_LIVE));

    private Aborting() {}

    /** Ends the order and, if the application was touched, opens the rollback in the same commit. */
    public static Decision abortAndRollBack(
            ApplicationState state, Case call, Assignment assignment, Occasion occasion) {
        return ABORT_AND_ROLL_BACK
                .judge(call)
                .map(Decision::refused)
                .orElseGet(() -> call.needsRetry()
                        ? Retrying.again(state, call.liveRollback().orElseThrow(), Retrying.SAME_LIMITS, occasion)
                        : takeBack(state, call.found(), assignment, occasion));
    }

    /** As {@link #abortAndRollBack}, for a caller who asked for an abort with a rollback. */
    public static Decision abortWithRollback(
            ApplicationState state, Case call, Assignment assignment, Occasion occasion) {
        return ABORT_WITH_ROLLBACK
                .judge(call)
                .map(Decision::refused)
                .orElseGet(() -> takeBack(state, call.found(), assignment, occasion));
    }

    /** Ends the order where it is: growth stops, the mixture stays. */
    public static Decision abort(ApplicationState state, Case call, Occasion occasion) {
        return ABORT.judge(call).map(Decision::refused).orElseGet(() -> {
            Draft draft = new Draft(state.application(), occasion);
            end(draft, call.found(), occasion);
            return draft.accepted();
        });
    }

    private static Decision takeBack(
            ApplicationState state, ChangeOrder order, Assignment assignment, Occasion occasion) {
        Draft draft = new Draft(state.application(), occasion);
        ChangeOrder aborted = end(draft, order, occasion);
        if (draft.application().touched()) {
            rollBack(draft, aborted, assignment, occasion);
            markRolledBack(draft, order, assignment.id());
        }
        return draft.accepted();
    }

    /** A person had the version rolled back that the order brought; an order of the same version brought none. */
    static void markRolledBack(Draft draft, ChangeOrder order, ChangeOrderId rollback) {
        order.change()
                .after()
                .revisionIfAny()
                .filter(revision -> !order.change().before().revisionIfAny().equals(Optional.of(revision)))
                .ifPresent(revision -> draft.markRolledBack(revision, rollback));
    }

    private static ChangeOrder end(Draft draft, ChangeOrder order, Occasion occasion) {
        ChangeOrder aborted = order.aborted(new Ending(occasion.actor(), occasion.at(), Optional.empty()));
        draft.move(Input.ABORT, order, aborted);
        draft.haltWith(aborted, order.change().without(draft.application().intended()));
        return aborted;
    }

    /** Opens the rollback of an order that was just ended, under the fence that has just grown. */
    static void rollBack(Draft draft, ChangeOrder ended, Assignment assignment, Occasion occasion) {
        Application application = draft.application();
        Fence fence = application.fence();
        Change change = Change.rollback(
                ended.change().after(),
                application.settled(),
                application.generation(),
                ended.change().description());
        ChangeOrder rollback = ChangeOrder.open(
                        assignment.id(),
                        application.id(),
                        change,
                        occasion.actor(),
                        occasion.at(),
                        fence,
                        assignment.node())
                .undoing(ended.id());
        draft.open(rollback);
        draft.put(ended.undoneBy(rollback.id()));
    }
}
