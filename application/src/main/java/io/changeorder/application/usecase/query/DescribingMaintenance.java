package io.changeorder.application.usecase.query;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.query.DescribeMaintenance;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.usecase.QueryDesk;
import io.changeorder.application.usecase.Subject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tells whether there is maintenance. */
@Singleton
public final class DescribingMaintenance implements DescribeMaintenance {
    private final QueryDesk desk;
    private final ChangeOrderStore store;

    @Inject
    public DescribingMaintenance(QueryDesk desk, ChangeOrderStore store) {
        this.desk = desk;
        this.store = store;
    }

    @Override
    public Outcome<Maintenance> handle(Request request) {
        return desk.answer(
                request,
                Operation.DESCRIBE_MAINTENANCE,
                Subject.everything(),
                everything -> Outcome.accepted(store.maintenance()));
    }
}
