package io.changeorder.application.usecase;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Request;
import io.changeorder.application.spi.Access;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.Metrics;
import io.changeorder.domain.decision.Refusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

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

    /**
     * Answers a query, or refuses it before anything is told.
     *
     * @param answer makes it of what the query is about, if that exists
     */
    public <T, R> Outcome<R> answer(
            Request request, Operation operation, Subject<T> subject, Function<Optional<T>, Outcome<R>> answer) {
        Instant started = clock.instant();
        Optional<T> found = subject.lookup().get();
        Access access = Access.of(request, operation, found.map(subject.resource()), started);
        Outcome<R> outcome = authorizer.permits(access)
                ? answer.apply(found)
                : Outcome.refused(Refusal.of(Refusal.Reason.NOT_PERMITTED));
        metrics.answered(operation, outcome instanceof Outcome.Accepted, Duration.between(started, clock.instant()));
        return outcome;
    }
}
