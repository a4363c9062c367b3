package io.changeorder.domain.decision;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrder;
import java.util.Optional;

/** Returns an application to its settled snapshot after an order failed or was plainly aborted. */
public final class Restoring {
    private Restoring() {}

    /**
     * Opens a rollback to what is settled.
     *
     * @param last the order that was opened last; the rollback takes it back, unless another one did already
     */
    public static Decision restore(
            ApplicationState state,
            Optional<ChangeOrder> last,
            String description,
            Assignment assignment,
            Occasion occasion) {
        Optional<Refusal> refusal = Opening.RULES.judge(state);
        if (refusal.isPresent()) {
            return Decision.refused(refusal.get());
        }
        Draft draft = new Draft(state.application(), occasion);
        draft.takeHaltedGrowth();
        Application application = draft.application();
        Optional<ChangeOrder> undone = last.filter(order -> application.touched())
                .filter(order -> !order.isRollback())
                .filter(order -> order.undoneBy().isEmpty());
        Change change = Change.rollback(
                undone.map(order -> order.change().after()).orElse(application.settled()),
                application.settled(),
                application.generation(),
                description);
        ChangeOrder opened = ChangeOrder.open(
                assignment.id(),
                application.id(),
                change,
                occasion.actor(),
                occasion.at(),
                application.fence(),
                assignment.node());
        ChangeOrder rollback = undone.map(order -> opened.undoing(order.id())).orElse(opened);
        draft.open(rollback);
        undone.ifPresent(order -> {
            draft.put(order.undoneBy(rollback.id()));
            Aborting.markRolledBack(draft, order, rollback.id());
        });
        return draft.accepted();
    }
}
