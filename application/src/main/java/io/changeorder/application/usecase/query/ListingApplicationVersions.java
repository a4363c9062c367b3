package io.changeorder.application.usecase.query;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.query.ListApplicationVersions;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.QueryDesk;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Refusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Lists the versions of an application. */
@Singleton
public final class ListingApplicationVersions implements ListApplicationVersions {
    private final QueryDesk desk;
    private final Applications applications;
    private final ChangeOrderStore store;

    @Inject
    public ListingApplicationVersions(QueryDesk desk, Applications applications, ChangeOrderStore store) {
        this.desk = desk;
        this.applications = applications;
        this.store = store;
    }

    @Override
    public Outcome<List<Version>> handle(Request request, Query query) {
        return desk.answer(
                request,
                query.operation(),
                applications.application(query.application()),
                found -> found.filter(state -> !state.application().isDeleted())
                        .map(state -> Outcome.accepted(store.listVersions(query.application())))
                        .orElseGet(() -> Outcome.refused(Refusal.of(Refusal.Reason.APPLICATION_NOT_FOUND))));
    }
}
