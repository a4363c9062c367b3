package io.changeorder.application.fake;

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
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.revision.RevisionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A store in memory that keeps the contract of a store. What it keeps is in an {@link InMemoryDatabase}, over which there
 * can be several, one after the other or at once, each for a node of its own. Safe from any thread.
 */
public final class InMemoryChangeOrderStore implements ChangeOrderStore {
    private static final Comparator<ChangeOrder> BY_CREATION =
            Comparator.comparing(ChangeOrder::createdAt).thenComparing(ChangeOrder::id);
    private static final Comparator<Version> BY_AGE =
            Comparator.comparing(Version::createdAt).thenComparing(Version::id);
    private static final Comparator<Application> BY_NAME = Comparator.comparing(Application::name)
            .thenComparing(Application::namespace)
            .thenComparing(Application::id);

    private final InMemoryDatabase database;
    private final InstantSource clock;
    private volatile boolean closed;

    public InMemoryChangeOrderStore() {
        this(new InMemoryDatabase());
    }

    /**
     * Over what another store has written, or still writes.
     *
     * @throws StoreUnavailableException when it does not go together
     */
    public InMemoryChangeOrderStore(InMemoryDatabase database) {
        this(database, InstantSource.system());
    }

    /** @param clock by which leases lapse */
    public InMemoryChangeOrderStore(InMemoryDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        database.damage().ifPresent(found -> {
            throw new StoreUnavailableException(
                    "What was kept in memory is damaged (" + found + "). Begin with an empty store.");
        });
    }

    @Override
    public Optional<ApplicationState> findApplication(ApplicationId id) {
        return read(() -> Optional.ofNullable(database.applications.get(id))
                .map(application -> new ApplicationState(
                        application, application.liveOrder().map(database.orders::get))));
    }

    @Override
    public Optional<ChangeOrder> findOrder(ChangeOrderId id) {
        return read(() -> Optional.ofNullable(database.orders.get(id)));
    }

    @Override
    public Optional<ChangeOrder> findOrderOfBatch(BatchId id) {
        return read(() -> database.orders.values().stream()
                .filter(order -> order.progress().batches().stream()
                        .anyMatch(batch -> batch.id().equals(id)))
                .findFirst());
    }

    @Override
    public Optional<Version> findVersion(ApplicationId application, RevisionId id) {
        return read(() -> Optional.ofNullable(versionsOf(application).get(id)));
    }

    @Override
    public List<Version> listVersions(ApplicationId application) {
        return read(() -> versionsOf(application).values().stream()
                .sorted(BY_AGE.reversed())
                .toList());
    }

    @Override
    public Optional<StoredAnswer> findAnswer(IdempotencyKey key, Instant notBefore) {
        return read(() -> Optional.ofNullable(database.answers.get(key))
                .filter(answer -> !answer.at().isBefore(notBefore)));
    }

    @Override
    public CommitResult commit(Commit commit) {
        CommitResult result = database.commit(commit, this::requireOpen);
        if (result == CommitResult.COMMITTED) {
            database.tell(
                    this, watcher -> watcher.committed(commit.application().id()));
        }
        return result;
    }

    @Override
    public Page<ChangeOrder> listOrders(OrderQuery query) {
        List<ChangeOrder> found = read(() -> database.orders.values().stream()
                .filter(order -> order.application().equals(query.application()))
                .filter(order -> query.types().isEmpty()
                        || query.types().contains(order.change().type().name()))
                .filter(order -> query.statuses().isEmpty()
                        || query.statuses().contains(order.status().name()))
                .filter(order -> order.change().description().contains(query.descriptionPart()))
                .sorted(query.ascending() ? BY_CREATION : BY_CREATION.reversed())
                .toList());
        return page(found, query.offset(), query.limit());
    }

    @Override
    public Page<Application> listApplications(ApplicationQuery query) {
        List<Application> found = read(() -> database.applications.values().stream()
                .filter(application -> !application.isDeleted())
                .filter(application -> application.name().contains(query.namePart()))
                .filter(application ->
                        query.namespace().isEmpty() || application.namespace().equals(query.namespace()))
                .sorted(BY_NAME)
                .toList());
        return page(found, query.offset(), query.limit());
    }

    @Override
    public List<Event> history(ApplicationId application, long from, int limit) {
        return read(() -> database.histories.getOrDefault(application, List.of()).stream()
                .filter(event -> event.number() >= from)
                .limit(limit)
                .toList());
    }

    @Override
    public void renewLease(NodeId node, Duration length) {
        read(() -> {
            database.renewLease(node, clock.instant().plus(length));
            return node;
        });
    }

    @Override
    public List<ApplicationId> findUnattended(NodeId node, int limit) {
        Instant now = clock.instant();
        return idsWhere(holder -> !holder.equals(node) && database.isGone(holder, now)).stream()
                .limit(limit)
                .toList();
    }

    @Override
    public List<ApplicationId> findAttended(NodeId node) {
        return idsWhere(node::equals);
    }

    @Override
    public void watch(Watcher watcher) {
        database.watch(this, watcher);
    }

    private List<ApplicationId> idsWhere(Predicate<NodeId> isHolder) {
        return read(() -> database.applications.values().stream()
                .filter(application ->
                        database.holder(application).filter(isHolder).isPresent())
                .map(Application::id)
                .toList());
    }

    @Override
    public int purgeOrders(Duration age, int limit) {
        return database.purge(clock.instant().minus(age), limit, this::requireOpen);
    }

    @Override
    public Maintenance maintenance() {
        return read(database::maintenance);
    }

    @Override
    public void setMaintenance(Maintenance maintenance, Optional<AuditEntry> audit) {
        database.setMaintenance(maintenance, audit, this::requireOpen);
        database.tell(this, Watcher::changed);
    }

    @Override
    public void audit(AuditEntry entry) {
        database.audit(entry, this::requireOpen);
    }

    @Override
    public List<AuditEntry> findAudit(AuditQuery query) {
        Predicate<AuditEntry> wanted = entry -> idIn(entry, query.by()).equals(query.id());
        return read(() -> database.records(wanted)).stream()
                .skip(query.offset())
                .limit(query.limit())
                .toList();
    }

    private static String idIn(AuditEntry entry, AuditQuery.By by) {
        return switch (by) {
            case TRACE -> entry.origin().traceId();
            case REQUEST -> entry.origin().requestId();
            case APPLICATION -> entry.application().map(ApplicationId::value).orElse("");
        };
    }

    @Override
    public int purgeAudit(Duration age, int limit) {
        return database.purgeAudit(clock.instant().minus(age), limit, this::requireOpen);
    }

    @Override
    public void close() {
        database.close(this, () -> closed = true);
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreUnavailableException("the store is closed");
        }
    }

    private <T> T read(Supplier<T> query) {
        requireOpen();
        synchronized (database) {
            return query.get();
        }
    }

    private Map<RevisionId, Version> versionsOf(ApplicationId application) {
        return database.versions.getOrDefault(application, Map.of());
    }

    private static <T> Page<T> page(List<T> all, int offset, int limit) {
        return new Page<>(all.stream().skip(offset).limit(limit).toList(), all.size());
    }
}
