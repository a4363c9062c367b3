package io.changeorder.application.usecase.query;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.api.query.Views.ApplicationView;
import io.changeorder.application.usecase.ApplicationViews;
import io.changeorder.application.usecase.QueryDesk;
import io.changeorder.domain.decision.Refusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tells an application with its instances. */
@Singleton
public final class DescribingApplication implements DescribeApplication {
    private final QueryDesk desk;
    private final ApplicationViews views;

    @Inject
    public DescribingApplication(QueryDesk desk, ApplicationViews views) {
        this.desk = desk;
        this.views = views;
    }

    @Override
    public Outcome<ApplicationView> handle(Request request, Query query) {
        return desk.answer(
                request,
                query.operation(),
                Optional.of(query.application()),
                () -> views.find(query.application())
                        .map(Outcome::accepted)
                        .orElseGet(() -> Outcome.refused(Refusal.of(Refusal.Reason.APPLICATION_NOT_FOUND))));
    }
}
