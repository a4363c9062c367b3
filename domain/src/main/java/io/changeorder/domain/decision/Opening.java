package io.changeorder.domain.decision;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Input;
import java.util.List;
import java.util.Optional;

/** Opens an order of any type. */
public final class Opening {
    /** The rules of every order, in their order. */
    public static final RuleBook<ApplicationState> RULES = new RuleBook<>(List.of(
            RuleBook.Rule.refuse(
                    "the application was deleted",
                    state -> state.application().isDeleted(),
                    state -> Refusal.of(Refusal.Reason.APPLICATION_NOT_FOUND)),
            RuleBook.Rule.refuse(
                    "another order of the application is live",
                    state -> state.live().isPresent(),
                    state -> Refusal.of(
                            Refusal.Reason.ORDER_IS_RUNNING, state.live().orElseThrow()))));

    private Opening() {}

    /** Brings an application into being, with its first order if it is to be deployed at once. */
    public static Decision create(
            Application fresh, Optional<Change> change, Assignment assignment, Occasion occasion) {
        Draft draft = new Draft(fresh, occasion);
        draft.record(new Happening.ApplicationCreated(fresh.name(), fresh.namespace()));
        change.ifPresent(wanted -> open(draft, wanted, assignment, occasion));
        return draft.accepted();
    }

    /** Opens an order; it has already succeeded when there is nothing to do to any instance. */
    public static Decision open(
            ApplicationState state,
            Change change,
            Optional<Version> deployed,
            Assignment assignment,
            Occasion occasion) {
        Optional<Refusal> refusal = RULES.judge(state);
        if (refusal.isPresent()) {
            return Decision.refused(refusal.get());
        }
        Draft draft = new Draft(state.application(), occasion);
        deployed.filter(version -> version.rolledBackBy().isPresent())
                .ifPresent(version ->
                        draft.record(new Happening.RolledBackVersionDeployed(version.id(), assignment.id())));
        open(draft, change, assignment, occasion);
        return draft.accepted();
    }

    private static void open(Draft draft, Change change, Assignment assignment, Occasion occasion) {
        draft.takeHaltedGrowth();
        Application before = draft.application();
        ChangeOrder order = ChangeOrder.open(
                assignment.id(),
                before.id(),
                change,
                occasion.actor(),
                occasion.at(),
                before.fence(),
                assignment.node());
        draft.open(order);
        if (isNothingToDo(before, change)) {
            ChangeOrder succeeded = order.succeeded(
                    Input.NOTHING_TO_DO, List.of(), new Ending(occasion.actor(), occasion.at(), Optional.empty()));
            draft.move(Input.NOTHING_TO_DO, order, succeeded);
            draft.settle(order.id(), change.after());
        }
    }

    /** Instances that an earlier order left behind are always something to do. */
    private static boolean isNothingToDo(Application application, Change change) {
        Snapshot settled = application.settled();
        return !application.touched()
                && change.type() != ChangeOrderType.RESTART
                && (change.after().equals(settled) || (!change.after().isRunning() && !settled.isRunning()));
    }
}
