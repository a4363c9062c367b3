package io.changeorder.application.usecase;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.Metrics;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.ApplicationId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What every query has in common: permitted, and counted. Safe from any thread. */
@Singleton
public final class QueryDesk {
    private final Authorizer authorizer;
    private final InstantSource clock;
    private final Metrics metrics;

    @Inject
    public QueryDesk(Authorizer authorizer, InstantSource clock, Metrics metrics) {
        this.authorizer = authorizer;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Answers a query, or refuses it before anything is looked up. */
    public <T> Outcome<T> answer(
            Request request, Operation operation, Optional<ApplicationId> application, Supplier<Outcome<T>> answer) {
        Instant started = clock.instant();
        Outcome<T> outcome = authorizer.permits(request.actor(), operation, application)
                ? answer.get()
                : Outcome.refused(Refusal.of(Refusal.Reason.NOT_PERMITTED));
        metrics.answered(operation, outcome instanceof Outcome.Accepted, Duration.between(started, clock.instant()));
        return outcome;
    }
}
