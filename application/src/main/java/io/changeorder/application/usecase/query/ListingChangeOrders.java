package io.changeorder.application.usecase.query;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.query.ListChangeOrders;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.QueryDesk;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.order.ChangeOrder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Lists the orders of an application. */
@Singleton
public final class ListingChangeOrders implements ListChangeOrders {
    private final QueryDesk desk;
    private final Applications applications;
    private final ChangeOrderStore store;

    @Inject
    public ListingChangeOrders(QueryDesk desk, Applications applications, ChangeOrderStore store) {
        this.desk = desk;
        this.applications = applications;
        this.store = store;
    }

    @Override
    public Outcome<Page<ChangeOrder>> handle(Request request, Query query) {
        return desk.answer(
                request,
                Operation.LIST_CHANGE_ORDERS,
                applications.application(query.application()),
                found -> found.filter(state -> !state.application().isDeleted())
                        .map(state -> Outcome.accepted(store.listOrders(stored(query))))
                        .orElseGet(() -> Outcome.refused(Refusal.of(Refusal.Reason.APPLICATION_NOT_FOUND))));
    }

    private static OrderQuery stored(Query query) {
        return new OrderQuery(
                query.application(),
                query.type().stream().map(Enum::name).sorted().toList(),
                query.status().stream().map(Enum::name).sorted().toList(),
                query.key(),
                query.ascending(),
                Page.offset(query.page(), query.pageSize()),
                query.pageSize());
    }
}
