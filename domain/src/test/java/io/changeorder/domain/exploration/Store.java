package io.changeorder.domain.exploration;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is durable.
 *
 * @param orders in the order in which they were opened
 */
record Store(ApplicationState state, Map<ChangeOrderId, ChangeOrder> orders, History history) {
    /**
     * The events of one commit after another; what came before is shared.
     *
     * @param size how many there are in all
     */
    record History(Optional<History> before, List<Event> news, int size) {
        List<Event> all() {
            Event[] all = new Event[size];
            for (Optional<History> each = Optional.of(this);
                    each.isPresent();
                    each = each.get().before()) {
                List<Event> news = each.get().news();
                for (int i = 0; i < news.size(); i++) {
                    all[each.get().size() - news.size() + i] = news.get(i);
                }
            }
            return Arrays.asList(all);
        }

        private History and(List<Event> more) {
            return new History(Optional.of(this), more, size + more.size());
        }
    }

    static Store of(Application application, Collection<ChangeOrder> orders, List<Event> history) {
        Map<ChangeOrderId, ChangeOrder> byId = new LinkedHashMap<>();
        orders.forEach(order -> byId.put(order.id(), order));
        return of(application, byId, new History(Optional.empty(), history, history.size()));
    }

    private static Store of(Application application, Map<ChangeOrderId, ChangeOrder> orders, History history) {
        Optional<ChangeOrder> live = application.liveOrder().map(orders::get);
        return new Store(new ApplicationState(application, live), orders, history);
    }

    Application application() {
        return state.application();
    }

    Optional<ChangeOrder> live() {
        return state.live();
    }

    /** The order that was opened last. */
    ChangeOrder last() {
        return order(application().lastOrder().orElseThrow());
    }

    ChangeOrder order(ChangeOrderId id) {
        return Optional.ofNullable(orders.get(id)).orElseThrow();
    }

    /** Whether this was decided about what is stored now. */
    boolean isAbout(Decision.Accepted change) {
        return change.application().version() == application().version() + 1;
    }

    Store with(Decision.Accepted change) {
        Map<ChangeOrderId, ChangeOrder> changed = new LinkedHashMap<>(orders);
        change.orders().forEach(order -> changed.put(order.id(), order));
        return of(change.application(), changed, history.and(change.events()));
    }
}
