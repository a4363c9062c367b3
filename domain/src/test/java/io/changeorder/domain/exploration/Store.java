package io.changeorder.domain.exploration;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is durable.
 *
 * @param orders in the order in which they were opened
 */
record Store(Application application, Map<ChangeOrderId, ChangeOrder> orders, History history) {
    /** The events of one commit after another; what came before is shared. */
    record History(Optional<History> before, List<Event> news) {
        List<Event> all() {
            List<List<Event>> commits = new ArrayList<>();
            for (Optional<History> each = Optional.of(this);
                    each.isPresent();
                    each = each.get().before()) {
                commits.add(each.get().news());
            }
            Collections.reverse(commits);
            return commits.stream().flatMap(List::stream).toList();
        }
    }

    static Store of(Application application, Collection<ChangeOrder> orders, List<Event> history) {
        Map<ChangeOrderId, ChangeOrder> byId = new LinkedHashMap<>();
        orders.forEach(order -> byId.put(order.id(), order));
        return new Store(application, byId, new History(Optional.empty(), history));
    }

    ApplicationState state() {
        return new ApplicationState(application, live());
    }

    Optional<ChangeOrder> live() {
        return application.liveOrder().map(orders::get);
    }

    /** The order that was opened last. */
    ChangeOrder last() {
        return order(application.lastOrder().orElseThrow());
    }

    ChangeOrder order(ChangeOrderId id) {
        return Optional.ofNullable(orders.get(id)).orElseThrow();
    }

    /** Whether this was decided about what is stored now. */
    boolean isAbout(Decision.Accepted change) {
        return change.application().version() == application.version() + 1;
    }

    Store with(Decision.Accepted change) {
        Map<ChangeOrderId, ChangeOrder> changed = new LinkedHashMap<>(orders);
        change.orders().forEach(order -> changed.put(order.id(), order));
        return new Store(change.application(), changed, new History(Optional.of(history), change.events()));
    }
}
