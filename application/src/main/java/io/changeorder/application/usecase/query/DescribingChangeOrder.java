package io.changeorder.application.usecase.query;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.api.query.Views.OrderView;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.QueryDesk;
import io.changeorder.domain.decision.Refusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tells an order with its application. */
@Singleton
public final class DescribingChangeOrder implements DescribeChangeOrder {
    private final QueryDesk desk;
    private final Applications applications;

    @Inject
    public DescribingChangeOrder(QueryDesk desk, Applications applications) {
        this.desk = desk;
        this.applications = applications;
    }

    @Override
    public Outcome<OrderView> handle(Request request, Query query) {
        return desk.answer(
                request,
                Operation.DESCRIBE_CHANGE_ORDER,
                applications.order(query.order()),
                found -> found.map(located -> Outcome.accepted(
                                new OrderView(located.order(), located.state().application())))
                        .orElseGet(() -> Outcome.refused(Refusal.of(Refusal.Reason.ORDER_NOT_FOUND))));
    }
}
