package io.changeorder.application.usecase.query;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.api.query.Views.ApplicationView;
import io.changeorder.application.usecase.ApplicationViews;
import io.changeorder.application.usecase.Applications;
import io.changeorder.application.usecase.QueryDesk;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Refusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tells an application with its instances. */
@Singleton
public final class DescribingApplication implements DescribeApplication {
    private final QueryDesk desk;
    private final Applications applications;
    private final ApplicationViews views;

    @Inject
    public DescribingApplication(QueryDesk desk, Applications applications, ApplicationViews views) {
        this.desk = desk;
        this.applications = applications;
        this.views = views;
    }

    @Override
    public Outcome<ApplicationView> handle(Request request, Query query) {
        return desk.answer(
                request,
                query.operation(),
                applications.application(query.application()),
                found -> found.map(ApplicationState::application)
                        .filter(application -> !application.isDeleted())
                        .map(views::view)
                        .map(Outcome::accepted)
                        .orElseGet(() -> Outcome.refused(Refusal.of(Refusal.Reason.APPLICATION_NOT_FOUND))));
    }
}
