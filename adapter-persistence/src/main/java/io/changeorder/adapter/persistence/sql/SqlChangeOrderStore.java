package io.changeorder.adapter.persistence.sql;

import io.changeorder.adapter.persistence.document.Documents;
import io.changeorder.adapter.persistence.document.UnreadableDocumentException;
import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Unreadable;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.RevisionId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store of documents behind SQL.
 *
 * <p>A stored order that can't be read is answered as {@code SYSTEM_FAILED}; if it was live, it is ended in the history
 * first, as by an abort, so that it blocks nothing. Applications and versions that can't be read are left out of lists
 * and throw {@link StoreUnavailableException} where they are asked for by name. What a newer program wrote is not
 * damaged: it is left as it is, and whatever would need it throws.
 */
public abstract class SqlChangeOrderStore implements ChangeOrderStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqlChangeOrderStore.class);

    /** What the store itself halts is for the node that finds it, which does not know of it yet. */
    private static final NodeId NOBODY = new NodeId("unknown");

    private final StoredRows rows;
    private final InstantSource clock;

    protected SqlChangeOrderStore(SqlRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * As {@link #commit}.
     *
     * @param unreadable what is kept aside of what is written over
     */
    protected abstract CommitResult write(Commit commit, Optional<UnreadableOrder> unreadable);

    @Override
    public final CommitResult commit(Commit commit) {
        return write(commit, Optional.empty());
    }

    @Override
    public Optional<ApplicationState> findApplication(ApplicationId id) {
        while (true) {
            Optional<ApplicationRow> row = rows.application(id);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            Application application = readOne(row.get().document(), Documents::application);
            Optional<OrderRow> live = row.get().live();
            Optional<ChangeOrder> order = live.flatMap(OrderRow::read);
            if (order.isPresent() || live.isEmpty()) {
                return Optional.of(new ApplicationState(application, order));
            }
            // If somebody was faster, it is all the same: look again.
            end(application, live.get());
        }
    }

    private void end(Application application, OrderRow unreadable) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ApplicationState state = new ApplicationState(application, Optional.of(unreadable.remains()));
        Decision.Accepted ended = Unreadable.end(state, Occasion.engine(now));
        Commit commit = new Commit(
                application.version(),
                ended.application(),
                ended.orders(),
                List.of(),
                ended.events(),
                Optional.empty(),
                NOBODY,
                Optional.empty());
        write(commit, Optional.of(new UnreadableOrder(unreadable.id(), now)));
    }

    @Override
    public Optional<ChangeOrder> findOrder(ChangeOrderId id) {
        return rows.order(id).map(this::readable);
    }

    @Override
    public Optional<ChangeOrder> findOrderOfBatch(BatchId id) {
        return rows.orderOfBatch(id).map(this::readable);
    }

    private ChangeOrder readable(OrderRow row) {
        return row.read().orElseGet(() -> {
            if (row.live()) {
                // Ends it.
                findApplication(row.application());
            }
            return row.remains(Status.SYSTEM_FAILED);
        });
    }

    @Override
    public Optional<Version> findVersion(ApplicationId application, RevisionId id) {
        return rows.version(application, id).map(document -> readOne(document, Documents::version));
    }

    @Override
    public List<Version> listVersions(ApplicationId application) {
        return readEach(rows.versions(application), Documents::version);
    }

    @Override
    public Optional<StoredAnswer> findAnswer(IdempotencyKey key, Instant notBefore) {
        return rows.answer(key, notBefore).map(document -> readOne(document, Documents::answer));
    }

    @Override
    public Page<ChangeOrder> listOrders(OrderQuery query) {
        return rows.orders(query).map(this::readable);
    }

    @Override
    public Page<Application> listApplications(ApplicationQuery query) {
        Page<String> page = rows.applications(query);
        return new Page<>(readEach(page.items(), Documents::application), page.total());
    }

    @Override
    public List<Event> history(ApplicationId application, long from, int limit) {
        return rows.history(application, from, limit).stream()
                .map(document -> readOne(document, Documents::event))
                .toList();
    }

    @Override
    public Maintenance maintenance() {
        return rows.maintenance()
                .map(document -> readOne(document, Documents::maintenance))
                .orElse(Maintenance.OFF);
    }

    @Override
    public List<AuditEntry> findAudit(AuditQuery query) {
        return rows.audit(query);
    }

    private static <T> T readOne(String document, Function<String, T> reading) {
        try {
            return reading.apply(document);
        } catch (UnreadableDocumentException unreadable) {
            throw Illegible.unavailable(unreadable);
        }
    }

    /** What can't be read is left out and told of in the log. */
    private static <T> List<T> readEach(List<String> documents, Function<String, T> reading) {
        return documents.stream()
                .flatMap(document -> {
                    try {
                        return Optional.of(reading.apply(document)).stream();
                    } catch (UnreadableDocumentException unreadable) {
                        if (unreadable.isNewer()) {
                            throw Illegible.unavailable(unreadable);
                        }
                        LOG.error("Something stored can't be read and is left out of a list", unreadable);
                        return Optional.<T>empty().stream();
                    }
                })
                .toList();
    }
}
