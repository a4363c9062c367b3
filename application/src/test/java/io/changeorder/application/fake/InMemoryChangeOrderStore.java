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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A store that forgets everything at its end and keeps the contract of a store until then. It belongs to one node: every
 * other one is gone. Safe from any thread.
 */
public final class InMemoryChangeOrderStore implements ChangeOrderStore {
    private static final Comparator<ChangeOrder> BY_CREATION =
            Comparator.comparing(ChangeOrder::createdAt).thenComparing(ChangeOrder::id);
    private static final Comparator<Version> BY_AGE =
            Comparator.comparing(Version::createdAt).thenComparing(Version::id);
    private static final Comparator<Application> BY_NAME = Comparator.comparing(Application::name)
            .thenComparing(Application::namespace)
            .thenComparing(Application::id);

    private final Map<ApplicationId, Application> applications = new HashMap<>();
    private final Map<ChangeOrderId, ChangeOrder> orders = new HashMap<>();
    private final Map<ApplicationId, Map<RevisionId, Version>> versions = new HashMap<>();
    private final Map<ApplicationId, List<Event>> histories = new HashMap<>();
    private final Map<IdempotencyKey, StoredAnswer> answers = new HashMap<>();
    private final boolean careless;
    private Maintenance maintenance = Maintenance.OFF;
    private boolean closed;

    public InMemoryChangeOrderStore() {
        this(false);
    }

    private InMemoryChangeOrderStore(boolean careless) {
        this.careless = careless;
    }

    /** One that breaks its contract: it commits whatever comes. A harness must notice what becomes of that. */
    public static InMemoryChangeOrderStore careless() {
        return new InMemoryChangeOrderStore(true);
    }

    @Override
    public synchronized Optional<ApplicationState> findApplication(ApplicationId id) {
        requireOpen();
        return Optional.ofNullable(applications.get(id))
                .map(application -> new ApplicationState(
                        application, application.liveOrder().map(orders::get)));
    }

    @Override
    public synchronized Optional<ChangeOrder> findOrder(ChangeOrderId id) {
        requireOpen();
        return Optional.ofNullable(orders.get(id));
    }

    @Override
    public synchronized Optional<ChangeOrder> findOrderOfBatch(BatchId id) {
        requireOpen();
        return orders.values().stream()
                .filter(order -> order.progress().batches().stream()
                        .anyMatch(batch -> batch.id().equals(id)))
                .findFirst();
    }

    @Override
    public synchronized Optional<Version> findVersion(ApplicationId application, RevisionId id) {
        requireOpen();
        return Optional.ofNullable(versionsOf(application).get(id));
    }

    @Override
    public synchronized List<Version> listVersions(ApplicationId application) {
        requireOpen();
        return versionsOf(application).values().stream()
                .sorted(BY_AGE.reversed())
                .toList();
    }

    @Override
    public synchronized Optional<StoredAnswer> findAnswer(IdempotencyKey key, Instant notBefore) {
        requireOpen();
        return Optional.ofNullable(answers.get(key))
                .filter(answer -> !answer.at().isBefore(notBefore));
    }

    @Override
    public synchronized CommitResult commit(Commit commit) {
        requireOpen();
        CommitResult result = careless ? CommitResult.COMMITTED : judge(commit);
        if (result == CommitResult.COMMITTED) {
            write(commit);
        }
        return result;
    }

    private CommitResult judge(Commit commit) {
        if (commit.answer().filter(this::isTaken).isPresent()) {
            return CommitResult.TOKEN_TAKEN;
        }
        Application after = commit.application();
        Optional<Application> before = Optional.ofNullable(applications.get(after.id()));
        if (before.map(Application::version).orElse(0L) != commit.expectedVersion()) {
            return CommitResult.CONFLICT;
        }
        requireNumbered(commit, before.map(Application::events).orElse(0L));
        if (!after.isDeleted() && applications.values().stream().anyMatch(other -> hasNameOf(after, other))) {
            return CommitResult.NAME_TAKEN;
        }
        return liveOrders(commit).size() > 1 ? CommitResult.ANOTHER_ORDER_IS_LIVE : CommitResult.COMMITTED;
    }

    private boolean isTaken(StoredAnswer answer) {
        return Optional.ofNullable(answers.get(answer.key()))
                .filter(known -> !known.at().isBefore(answer.at().minus(StoredAnswer.LIFETIME)))
                .isPresent();
    }

    private static boolean hasNameOf(Application application, Application other) {
        return !other.id().equals(application.id())
                && !other.isDeleted()
                && other.name().equals(application.name())
                && other.namespace().equals(application.namespace());
    }

    private static void requireNumbered(Commit commit, long before) {
        long due = before;
        for (Event event : commit.events()) {
            due++;
            if (event.number() != due
                    || !event.application().equals(commit.application().id())) {
                throw new IllegalArgumentException("event " + event.number() + " where " + due + " was due");
            }
        }
        if (commit.application().events() != due) {
            throw new IllegalArgumentException(
                    "the application counts " + commit.application().events() + " events, not " + due);
        }
    }

    private Set<ChangeOrderId> liveOrders(Commit commit) {
        Set<ChangeOrderId> live = new HashSet<>();
        orders.values().stream()
                .filter(order -> order.application().equals(commit.application().id()) && order.isLive())
                .forEach(order -> live.add(order.id()));
        for (ChangeOrder order : commit.orders()) {
            if (order.isLive()) {
                live.add(order.id());
            } else {
                live.remove(order.id());
            }
        }
        return live;
    }

    private void write(Commit commit) {
        ApplicationId id = commit.application().id();
        applications.put(id, commit.application());
        commit.orders().forEach(order -> orders.put(order.id(), order));
        commit.versions()
                .forEach(version -> versions.computeIfAbsent(version.application(), any -> new HashMap<>())
                        .put(version.id(), version));
        histories.computeIfAbsent(id, any -> new ArrayList<>()).addAll(commit.events());
        commit.answer().ifPresent(answer -> answers.put(answer.key(), answer));
    }

    @Override
    public synchronized Page<ChangeOrder> listOrders(OrderQuery query) {
        requireOpen();
        List<ChangeOrder> found = orders.values().stream()
                .filter(order -> order.application().equals(query.application()))
                .filter(order -> query.types().isEmpty()
                        || query.types().contains(order.change().type().name()))
                .filter(order -> query.statuses().isEmpty()
                        || query.statuses().contains(order.status().name()))
                .filter(order -> order.change().description().contains(query.descriptionPart()))
                .sorted(query.ascending() ? BY_CREATION : BY_CREATION.reversed())
                .toList();
        return page(found, query.offset(), query.limit());
    }

    @Override
    public synchronized Page<Application> listApplications(ApplicationQuery query) {
        requireOpen();
        List<Application> found = applications.values().stream()
                .filter(application -> !application.isDeleted())
                .filter(application -> application.name().contains(query.namePart()))
                .filter(application ->
                        query.namespace().isEmpty() || application.namespace().equals(query.namespace()))
                .sorted(BY_NAME)
                .toList();
        return page(found, query.offset(), query.limit());
    }

    @Override
    public synchronized List<Event> history(ApplicationId application, long from, int limit) {
        requireOpen();
        return histories.getOrDefault(application, List.of()).stream()
                .filter(event -> event.number() >= from)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<ApplicationId> findUnattended(NodeId node, int limit) {
        return idsWhere(application ->
                        application.growth().isHalted() || isHeld(application, lease -> !lease.equals(node)))
                .stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<ApplicationId> findAttended(NodeId node) {
        return idsWhere(application -> application.growth().isHalted() || isHeld(application, node::equals));
    }

    private boolean isHeld(Application application, Predicate<NodeId> by) {
        return application
                .liveOrder()
                .map(orders::get)
                .filter(order -> by.test(order.lease()))
                .isPresent();
    }

    private List<ApplicationId> idsWhere(Predicate<Application> wanted) {
        requireOpen();
        return applications.values().stream()
                .filter(wanted)
                .map(Application::id)
                .toList();
    }

    @Override
    public synchronized Maintenance maintenance() {
        requireOpen();
        return maintenance;
    }

    @Override
    public synchronized void setMaintenance(Maintenance newMaintenance) {
        requireOpen();
        maintenance = newMaintenance;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreUnavailableException("the store is closed");
        }
    }

    private Map<RevisionId, Version> versionsOf(ApplicationId application) {
        return versions.getOrDefault(application, Map.of());
    }

    private static <T> Page<T> page(List<T> all, int offset, int limit) {
        return new Page<>(all.stream().skip(offset).limit(limit).toList(), all.size());
    }
}
