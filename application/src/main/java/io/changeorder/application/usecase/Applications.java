package io.changeorder.application.usecase;

import io.changeorder.application.api.Operation;
import io.changeorder.application.spi.Access;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Opening;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks applications up for commands and queries. Safe from any thread. */
@Singleton
public final class Applications {
    private final ChangeOrderStore store;

    @Inject
    public Applications(ChangeOrderStore store) {
        this.store = store;
    }

    /** An application, deleted ones included. */
    public Subject<ApplicationState> application(ApplicationId id) {
        return new Subject<>(
                "application/" + id,
                () -> store.findApplication(id),
                Applications::resource,
                state -> Optional.empty());
    }

    /** A command about an application that it names. */
    public CommandDesk.Call<ApplicationState> call(Operation operation, String fingerprint, ApplicationId id) {
        return CommandDesk.Call.of(operation, fingerprint, id, application(id));
    }

    /** An order by its id, with its application. */
    public Subject<Located> order(ChangeOrderId id) {
        return located("changeorder/" + id, () -> store.findOrder(id));
    }

    /** An order by the id of one of its batches, with its application. */
    public Subject<Located> batch(BatchId id) {
        return located("pipeline/" + id, () -> store.findOrderOfBatch(id));
    }

    private Subject<Located> located(String name, Supplier<Optional<ChangeOrder>> lookup) {
        return new Subject<>(
                name,
                () -> locate(lookup),
                located -> resource(located.state()),
                located -> Optional.of(located.order().id()));
    }

    private static Access.Resource resource(ApplicationState state) {
        Application application = state.application();
        return new Access.Resource(application.namespace(), application.id().value());
    }

    /** Decides about an application for which an order can be opened, or refuses. */
    public static CommandDesk.Attempted decide(
            Optional<ApplicationState> found, Function<ApplicationState, CommandDesk.Attempted> decision) {
        if (found.isEmpty()) {
            return CommandDesk.Attempted.refused(Refusal.of(Refusal.Reason.APPLICATION_NOT_FOUND));
        }
        return Opening.RULES
                .judge(found.get())
                .map(CommandDesk.Attempted::refused)
                .orElseGet(() -> decision.apply(found.get()));
    }

    /**
     * An order with the state of its application. The order is at least as new as the state, so that a commit in between
     * makes a decision lose, not lie.
     */
    public record Located(ApplicationState state, ChangeOrder order) {}

    private Optional<Located> locate(Supplier<Optional<ChangeOrder>> lookup) {
        return lookup.get().map(first -> {
            ApplicationState state = store.findApplication(first.application())
                    .orElseThrow(() -> new IllegalStateException("order " + first.id() + " without its application"));
            ChangeOrder order = state.live()
                    .filter(live -> live.id().equals(first.id()))
                    .or(() -> first.isLive() ? lookup.get() : Optional.of(first))
                    .orElseThrow();
            return new Located(state, order);
        });
    }

    /** The version that is settled with the settings that it settled with, or the newest one when none is. */
    public Optional<Version> base(Application application) {
        return application
                .settled()
                .revisionIfAny()
                .flatMap(revision -> store.findVersion(application.id(), revision))
                .map(version -> {
                    Optional<Settings> settings = application.settled().settingsIfAny();
                    return settings.map(version::withSettings).orElse(version);
                })
                .or(() -> store.listVersions(application.id()).stream().findFirst());
    }
}
