package io.changeorder.application.fake;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.query.Page;
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
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A store in memory that keeps the contract of a store. What it keeps is in an {@link InMemoryDatabase}, over which there
 * can be several, one after the other or at once. It belongs to one node: every other one is gone. Safe from any thread.
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
        this.database = database;
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
        return database.commit(commit, this::requireOpen);
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
    public List<ApplicationId> findUnattended(NodeId node, int limit) {
        return idsWhere(application ->
                        application.growth().isHalted() || isHeld(application, lease -> !lease.equals(node)))
                .stream()
                .limit(limit)
                .toList();
    }

    @Override
    public List<ApplicationId> findAttended(NodeId node) {
        return idsWhere(application -> application.growth().isHalted() || isHeld(application, node::equals));
    }

    private boolean isHeld(Application application, Predicate<NodeId> by) {
        return application
                .liveOrder()
                .map(database.orders::get)
                .filter(order -> by.test(order.lease()))
                .isPresent();
    }

    private List<ApplicationId> idsWhere(Predicate<Application> wanted) {
        return read(() -> database.applications.values().stream()
                .filter(wanted)
                .map(Application::id)
                .toList());
    }

    @Override
    public Maintenance maintenance() {
        return read(database::maintenance);
    }

    @Override
    public void setMaintenance(Maintenance maintenance) {
        database.setMaintenance(maintenance, this::requireOpen);
    }

    @Override
    public void close() {
        database.close(() -> closed = true);
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
