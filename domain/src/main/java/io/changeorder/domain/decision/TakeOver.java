package io.changeorder.domain.decision;

import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;

/** A node takes an application over from one that is gone, so that the gone one can touch nothing when it wakes up. */
public final class TakeOver {
    private TakeOver() {}

    public static Decision.Accepted by(NodeId node, ApplicationState state, Occasion occasion) {
        Draft draft = new Draft(state.application(), occasion);
        draft.halt();
        state.live().ifPresent(order -> {
            ChangeOrder taken = order.takenOver(node, draft.application().fence());
            draft.put(taken);
            draft.record(new Happening.TakenOver(order.id(), node));
        });
        return draft.accepted();
    }
}
