package io.changeorder.domain.decision;

import io.changeorder.domain.app.Growth;
import io.changeorder.domain.order.ChangeOrder;
import java.util.Optional;

/**
 * Lets an application go on whose live order is stored but can't be read any more. What is stored of it is left as it
 * is, for people to look into; what it did stays, and can be restored.
 */
final class Unreadable {
    private Unreadable() {}

    /** What to commit if the live order can't be read; usually it can. */
    static Optional<Decision.Accepted> live(ApplicationState state, Occasion occasion) {
        return state.live().filter(order -> !order.isLive()).map(order -> letGo(state, order, occasion));
    }

    private static Decision.Accepted letGo(ApplicationState state, ChangeOrder order, Occasion occasion) {
        Draft draft = new Draft(state.application(), occasion);
        draft.forget(order);
        draft.halt(Growth.HALTED_TO_CUT);
        return draft.accepted();
    }
}
