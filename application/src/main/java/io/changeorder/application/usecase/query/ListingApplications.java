package io.changeorder.application.usecase.query;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.query.ListApplications;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.api.query.Views.ApplicationView;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.usecase.ApplicationViews;
import io.changeorder.application.usecase.QueryDesk;
import io.changeorder.application.usecase.Subject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Lists applications by name. */
@Singleton
public final class ListingApplications implements ListApplications {
    private final QueryDesk desk;
    private final ChangeOrderStore store;
    private final ApplicationViews views;

    @Inject
    public ListingApplications(QueryDesk desk, ChangeOrderStore store, ApplicationViews views) {
        this.desk = desk;
        this.store = store;
        this.views = views;
    }

    @Override
    public Outcome<Page<ApplicationView>> handle(Request request, Query query) {
        ApplicationQuery stored = new ApplicationQuery(
                query.name(), query.namespace(), Page.offset(query.page(), query.pageSize()), query.pageSize());
        return desk.answer(
                request,
                Operation.LIST_APPLICATIONS,
                query.namespace().isEmpty() ? Subject.everything() : Subject.namespace(query.namespace()),
                resource -> Outcome.accepted(store.listApplications(stored).map(views::view)));
    }
}
