package io.changeorder.domain.decision;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Input;
import java.util.Optional;

/**
 * Ends a live order that is stored but can't be read any more, so that it does not block its application. What it did
 * stays, and can be restored.
 */
public final class Unreadable {
    private Unreadable() {}

    /**
     * Nobody can tell what the order wanted, so this is a plain abort by the engine: growth stops where it is, the
     * settled snapshot stays the one to return to.
     *
     * @param state the application, with what is still known of its live order
     */
    public static Decision.Accepted end(ApplicationState state, Occasion occasion) {
        ChangeOrder order = state.live().orElseThrow();
        Draft draft = new Draft(state.application(), occasion);
        ChangeOrder ended = order.unreadable(new Ending(occasion.actor(), occasion.at(), Optional.empty()));
        draft.move(Input.UNREADABLE, order, ended);
        draft.haltWith(ended, Composition.EMPTY);
        return draft.accepted();
    }
}
