package io.changeorder.application.usecase;

import io.changeorder.application.api.Receipt;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import java.util.Optional;

/** Makes receipts of what was decided. */
public final class Receipts {
    private Receipts() {}

    public static Receipt opened(Decision.Accepted accepted, ChangeOrderId order) {
        return new Receipt(accepted.application().id(), Optional.of(order), Optional.empty(), Optional.empty(), true);
    }

    /** The named order, and the rollback that was opened for it. */
    public static Receipt ended(Decision.Accepted accepted, ChangeOrder named) {
        Optional<ChangeOrderId> rollback =
                accepted.order(named.id()).flatMap(ChangeOrder::undoneBy).or(named::undoneBy);
        return new Receipt(accepted.application().id(), Optional.of(named.id()), rollback, Optional.empty(), true);
    }
}
