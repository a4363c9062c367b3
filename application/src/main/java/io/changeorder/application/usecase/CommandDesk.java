package io.changeorder.application.usecase;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.engine.ChangeOrderRunner;
import io.changeorder.application.engine.Committer;
import io.changeorder.application.engine.Effects;
import io.changeorder.application.spi.Access;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What every command has in common: permitted? maintenance? asked before? then load, decide, commit, and raise the fence
 * before the answer. Safe from any thread.
 */
@Singleton
public final class CommandDesk {
    private static final int MOST_TRIES = 16;

    private final ChangeOrderStore store;
    private final Committer committer;
    private final Effects effects;
    private final ChangeOrderRunner runner;
    private final Authorizer authorizer;
    private final InstantSource clock;
    private final Metrics metrics;

    @Inject
    public CommandDesk(
            ChangeOrderStore store,
            Committer committer,
            Effects effects,
            ChangeOrderRunner runner,
            Authorizer authorizer,
            InstantSource clock,
            Metrics metrics) {
        this.store = store;
        this.committer = committer;
        this.effects = effects;
        this.runner = runner;
        this.authorizer = authorizer;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * A command as it is carried out.
     *
     * @param <T> what it is about
     * @param operation what is asked
     * @param fingerprint all its parameters in one text
     * @param application the application that it names, if it names one
     * @param effect what it amounts to with these parameters, where that is another operation: both must be permitted
     * @param subject finds what it is about
     */
    public record Call<T>(
            Operation operation,
            String fingerprint,
            Optional<ApplicationId> application,
            Optional<Operation> effect,
            Subject<T> subject) {
        /** A command that does not name an application. */
        public static <T> Call<T> of(Operation operation, String fingerprint, Subject<T> subject) {
            return new Call<>(operation, fingerprint, Optional.empty(), Optional.empty(), subject);
        }

        /** A command that names an application. */
        public static <T> Call<T> of(
                Operation operation, String fingerprint, ApplicationId application, Subject<T> subject) {
            return new Call<>(operation, fingerprint, Optional.of(application), Optional.empty(), subject);
        }

        /** It amounts to this operation if so. */
        public Call<T> amountingTo(Operation other, boolean ifSo) {
            return new Call<>(
                    operation, fingerprint, application, ifSo ? Optional.of(other) : Optional.empty(), subject);
        }
    }

    /**
     * What was decided, and what goes into the same commit.
     *
     * @param decision the decision
     * @param versions new and changed versions
     * @param receipt the answer, if it is accepted
     */
    public record Attempted(Decision decision, List<Version> versions, Function<Decision.Accepted, Receipt> receipt) {
        public Attempted {
            versions = List.copyOf(versions);
        }

        public static Attempted refused(Refusal refusal) {
            return new Attempted(Decision.refused(refusal), List.of(), accepted -> {
                throw new IllegalStateException("refused: " + refusal);
            });
        }

        /** Opens an order, whose id the caller gets. */
        public static Attempted opens(Decision decision, ChangeOrderId order, List<Version> versions) {
            return new Attempted(decision, versions, accepted -> Receipts.opened(accepted, order));
        }
    }

    /** Decides about what was found, if it exists; asked again with what is found then when somebody else was faster. */
    public interface Attempt<T> {
        Attempted decide(Optional<T> found, Occasion occasion);
    }

    /** Refuses with permission or maintenance first, then carries it out. Whatever becomes of it is on record. */
    public <T> Outcome<Receipt> carryOut(Request request, Call<T> call, Attempt<T> attempt) {
        runner.requireOpen();
        Instant started = clock.instant();
        Optional<T> found = call.subject().lookup().get();
        Recording recording = Recording.of(request, call.operation(), call.subject(), found);
        Outcome<Receipt> outcome = gate(request, call, found.map(call.subject().resource()))
                .<Outcome<Receipt>>map(refusal -> refused(recording, refusal))
                .or(() -> firstAnswer(request, call).map(first -> repeated(recording, first)))
                .orElseGet(() -> decide(request, call, found, recording, attempt));
        metrics.answered(
                call.operation(), outcome instanceof Outcome.Accepted, Duration.between(started, clock.instant()));
        return outcome;
    }

    /** Refuses what does not even name what it is about. */
    public Outcome<Receipt> refuse(Request request, Operation operation, Refusal refusal) {
        runner.requireOpen();
        return refused(Recording.of(request, operation), refusal);
    }

    private Outcome<Receipt> refused(Recording recording, Refusal refusal) {
        store.audit(recording.refused(refusal, now()));
        return Outcome.refused(refusal);
    }

    private Outcome<Receipt> repeated(Recording recording, Outcome<Receipt> first) {
        store.audit(first.match(
                receipt -> recording.repeated(receipt, now()), refusal -> recording.refused(refusal, now())));
        return first;
    }

    private Optional<Refusal> gate(Request request, Call<?> call, Optional<Access.Resource> resource) {
        Instant at = now();
        boolean permitted = Stream.concat(Stream.of(call.operation()), call.effect().stream())
                .allMatch(operation -> authorizer.permits(Access.of(request, operation, resource, at)));
        if (!permitted) {
            return Optional.of(Refusal.of(Refusal.Reason.NOT_PERMITTED));
        }
        boolean maintenance =
                !request.duringMaintenance() && store.maintenance().isOn(at);
        return maintenance ? Optional.of(Refusal.of(Refusal.Reason.MAINTENANCE)) : Optional.empty();
    }

    private Optional<Outcome<Receipt>> firstAnswer(Request request, Call<?> call) {
        return key(request, call)
                .flatMap(key -> store.findAnswer(key, now().minus(StoredAnswer.LIFETIME)))
                .map(answer -> answer.parameters().equals(digest(call))
                        ? Outcome.accepted(again(answer.receipt()))
                        : Outcome.refused(Refusal.about(Refusal.Reason.TOKEN_REUSED, "ClientToken")));
    }

    /** The winner of two equal calls may have been answered or not: both answers say that the fence is confirmed. */
    private Receipt again(Receipt receipt) {
        return receipt.withFenceConfirmed(store.findApplication(receipt.application())
                .map(state -> effects.confirmFence(state.application()))
                .orElse(true));
    }

    /** A refusal may only be due to an equal call that won meanwhile; then it gets the winner's answer. */
    private <T> Outcome<Receipt> decide(
            Request request, Call<T> call, Optional<T> first, Recording recording, Attempt<T> attempt) {
        Optional<T> found = first;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Occasion occasion = new Occasion(request.actor(), now());
            Attempted attempted = attempt.decide(found, occasion);
            Optional<Outcome<Receipt>> outcome = attempted
                    .decision()
                    .match(
                            accepted -> commit(request, call, recording, attempted, accepted, occasion),
                            // What stands in the way may be what an equal call has just done.
                            refused -> firstAnswer(request, call)
                                    .map(winner -> repeated(recording, winner))
                                    .or(() -> refuse(recording, refused)));
            if (outcome.isPresent()) {
                return outcome.get();
            }
            metrics.conflicted(call.operation());
            found = call.subject().lookup().get();
        }
        throw new StoreUnavailableException("The application changed " + MOST_TRIES + " times while " + call.operation()
                + " was decided; nothing was done, ask again");
    }

    /** Empty when somebody else was faster. */
    private Optional<Outcome<Receipt>> commit(
            Request request,
            Call<?> call,
            Recording recording,
            Attempted attempted,
            Decision.Accepted accepted,
            Occasion occasion) {
        Receipt receipt = attempted.receipt().apply(accepted);
        Optional<StoredAnswer> answer =
                key(request, call).map(key -> new StoredAnswer(key, digest(call), receipt, occasion.at()));
        CommitResult result =
                commit(accepted, attempted.versions(), answer, recording.accepted(receipt, occasion.at()));
        return switch (result) {
            case COMMITTED -> Optional.of(Outcome.accepted(committed(receipt, accepted)));
            case CONFLICT, ANOTHER_ORDER_IS_LIVE -> Optional.empty();
            case NAME_TAKEN ->
                firstAnswer(request, call)
                        .map(winner -> repeated(recording, winner))
                        .or(() -> Optional.of(
                                refused(recording, Refusal.about(Refusal.Reason.APPLICATION_NAME_TAKEN, "AppName"))));
            case TOKEN_TAKEN -> firstAnswer(request, call).map(winner -> repeated(recording, winner));
        };
    }

    /** A commit of which nobody knows whether it was done is looked into by the runner. */
    private CommitResult commit(
            Decision.Accepted accepted, List<Version> versions, Optional<StoredAnswer> answer, AuditEntry audit) {
        try {
            return committer.commit(accepted, versions, answer, Optional.of(audit));
        } catch (StoreUnavailableException unknown) {
            runner.wake(accepted.application().id());
            throw unknown;
        }
    }

    private Receipt committed(Receipt receipt, Decision.Accepted accepted) {
        boolean confirmed = effects.confirmFence(accepted.application());
        runner.wake(accepted.application().id());
        return receipt.withFenceConfirmed(confirmed);
    }

    private Optional<Outcome<Receipt>> refuse(Recording recording, Decision.Refused refused) {
        if (refused.meanwhile().isEmpty()) {
            return Optional.of(refused(recording, refused.refusal()));
        }
        Decision.Accepted meanwhile = refused.meanwhile().get();
        AuditEntry audit = recording.refused(refused.refusal(), now());
        if (commit(meanwhile, List.of(), Optional.empty(), audit) != CommitResult.COMMITTED) {
            return Optional.empty();
        }
        runner.wake(meanwhile.application().id());
        return Optional.of(Outcome.refused(refused.refusal()));
    }

    private static Optional<IdempotencyKey> key(Request request, Call<?> call) {
        return request.clientToken().map(token -> new IdempotencyKey(request.actor(), call.operation(), token));
    }

    private static String digest(Call<?> call) {
        return Fingerprint.digest(call.application() + " " + call.fingerprint());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
