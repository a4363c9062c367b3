package io.changeorder.adapter.persistence.postgres;

import static io.changeorder.application.fixture.OrderBuilder.ALICE;
import static io.changeorder.application.fixture.OrderBuilder.aPreparingOrder;
import static io.changeorder.application.fixture.OrderBuilder.aRunningOrder;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Origin;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fixture.CommitBuilder;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A client that gives its own application one command after the other: each changes the application and its live order,
 * and adds an event, the answer for its token, and the record of the audit.
 */
final class MeasuredCommands {
    private final int client;
    private final boolean audited;
    private Application application;

    private MeasuredCommands(int client, boolean audited, Application application) {
        this.client = client;
        this.audited = audited;
        this.application = application;
    }

    /** The application, and an order that was planned. */
    static MeasuredCommands prepare(PostgresChangeOrderStore store, int client, boolean audited) {
        Commit created = CommitBuilder.creating(fresh(client)).build();
        Commit opened = CommitBuilder.following(created.application())
                .opening(aPreparingOrder(order(client), created.application().id())
                        .build())
                .build();
        for (Commit commit : new Commit[] {created, opened}) {
            commit(store, commit);
        }
        return new MeasuredCommands(client, audited, opened.application());
    }

    /** One whose application has the client's number as its version, and twice the number of events; it is in no store. */
    static MeasuredCommands example(int client) {
        Application application = fresh(client).committed(2 * client);
        while (application.version() < client) {
            application = application.committed(0);
        }
        return new MeasuredCommands(client, true, application.withLiveOrder(new ChangeOrderId(order(client)), 1));
    }

    /** What the store would write, and is never sent. */
    static PostgresCommit unsent(Commit commit) {
        PostgresDatabase nowhere = new PostgresDatabase(new PGSimpleDataSource(), Duration.ZERO, sql -> {}, () -> {});
        return new PostgresCommit(new PostgresGroups(nowhere, "self"), commit, Optional.empty());
    }

    private static Application fresh(int client) {
        return Application.fresh(new ApplicationId("app-" + client), "app-" + client, "", Instant.EPOCH);
    }

    private static String order(int client) {
        return "order-" + client;
    }

    long version() {
        return application.version();
    }

    long events() {
        return application.events();
    }

    Commit next() {
        String number = client + "-" + application.version();
        CommitBuilder next = CommitBuilder.following(application)
                .changing(aRunningOrder(order(client), application.id()).build())
                .answering(new StoredAnswer(
                        new IdempotencyKey(ALICE, Operation.ABORT_CHANGE_ORDER, "token-" + number),
                        "fingerprint",
                        new Receipt(application.id(), Optional.empty(), Optional.empty(), Optional.empty(), true),
                        Instant.EPOCH));
        return audited ? next.onRecord(record(number)).build() : next.build();
    }

    private AuditEntry record(String number) {
        return new AuditEntry(
                0,
                Instant.EPOCH,
                ALICE,
                Operation.ABORT_CHANGE_ORDER,
                "application/" + application.id().value(),
                Optional.of(application.id()),
                Optional.empty(),
                new Origin("request-" + number, "trace-" + number, Optional.empty(), true),
                AuditEntry.Outcome.ACCEPTED,
                "");
    }

    void giveOne(PostgresChangeOrderStore store) {
        Commit next = next();
        commit(store, next);
        application = next.application();
    }

    private static void commit(PostgresChangeOrderStore store, Commit commit) {
        if (store.commit(commit) != CommitResult.COMMITTED) {
            throw new IllegalStateException("not committed: " + commit);
        }
    }
}
