package io.changeorder.domain.decision;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.order.ChangeOrder;
import java.util.Optional;

/**
 * What a decision about an application is made from: itself and its live order, as they were committed together.
 *
 * @param application the application
 * @param live its live order; present exactly when the application names one
 */
public record ApplicationState(Application application, Optional<ChangeOrder> live) {
    public ApplicationState {
        if (!application.liveOrder().equals(live.map(ChangeOrder::id))) {
            throw new IllegalArgumentException("the live order of " + application.id() + " is "
                    + application.liveOrder() + ", not " + live.map(ChangeOrder::id));
        }
    }
}
