package io.changeorder.application.fake;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.ChangeOrderStore.Watcher;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.revision.RevisionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What goes on while {@link InMemoryChangeOrderStore}s come and go. One commit at a time is written; it is seen when it
 * is over. Its monitor guards all of it. Thread-safe. Made to be extended: whoever overrides a method that writes keeps
 * the same elsewhere first, and throws {@link StoreUnavailableException} when that can't be.
 */
public class InMemoryDatabase {
    /** Where a test can hold a write, or let it die. */
    public enum Step {
        /** It is its turn. */
        BEGUN,
        /** It may be written, and nothing of it is. */
        JUDGED,
        /** All of it can be seen, and its caller does not know yet. */
        WRITTEN
    }

    final Map<ApplicationId, Application> applications = new HashMap<>();
    final Map<ChangeOrderId, ChangeOrder> orders = new HashMap<>();
    final Map<ApplicationId, Map<RevisionId, Version>> versions = new HashMap<>();
    final Map<ApplicationId, List<Event>> histories = new HashMap<>();
    final Map<IdempotencyKey, StoredAnswer> answers = new HashMap<>();
    /** Who committed last, and so halted what is halted. */
    private final Map<ApplicationId, NodeId> committers = new HashMap<>();

    private final List<AuditEntry> records = new ArrayList<>();
    private final Map<NodeId, Instant> leases = new HashMap<>();
    private final Map<ChangeOrderStore, List<Watcher>> watchers = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private Maintenance maintenance = Maintenance.OFF;
    private long lastRecord;
    private volatile Consumer<Step> steps = step -> {};

    /** What happens at each step of a write, on its thread; it may wait there or throw. */
    public void atEachStep(Consumer<Step> newSteps) {
        steps = newSteps;
    }

    /** How many writes wait for another. */
    public int waiting() {
        return writing.getQueueLength();
    }

    /** Its orders are lost, so that it does not go together any more. */
    public synchronized void loseOrders() {
        orders.clear();
    }

    /** Something that does not go together with the rest. */
    protected synchronized Optional<String> damage() {
        return applications.values().stream()
                .filter(application -> application.liveOrder().stream().anyMatch(id -> !orders.containsKey(id))
                        || application.events()
                                != histories
                                        .getOrDefault(application.id(), List.of())
                                        .size())
                .map(application -> "application " + application.id() + " lacks its order or its history")
                .findFirst();
    }

    /** @param permission throws when it may not be written any more */
    final CommitResult commit(Commit commit, Runnable permission) {
        writing.lock();
        try {
            permission.run();
            at(Step.BEGUN);
            CommitResult result = judge(commit);
            if (result == CommitResult.COMMITTED) {
                at(Step.JUDGED);
                write(commit);
                at(Step.WRITTEN);
            }
            return result;
        } finally {
            writing.unlock();
        }
    }

    final void setMaintenance(Maintenance newMaintenance, Optional<AuditEntry> audit, Runnable permission) {
        writing.lock();
        try {
            permission.run();
            at(Step.BEGUN);
            write(newMaintenance, audit);
        } finally {
            writing.unlock();
        }
    }

    final void audit(AuditEntry entry, Runnable permission) {
        writing.lock();
        try {
            permission.run();
            at(Step.BEGUN);
            write(entry);
        } finally {
            writing.unlock();
        }
    }

    final void close(ChangeOrderStore store, Runnable closing) {
        writing.lock();
        try {
            watchers.remove(store);
            closing.run();
            storeClosed();
        } finally {
            writing.unlock();
        }
    }

    final synchronized void renewLease(NodeId node, Instant until) {
        leases.put(node, until);
    }

    /** Who has to do with this application: drives its live order, or halted its growth. */
    final synchronized Optional<NodeId> holder(Application application) {
        return application
                .liveOrder()
                .map(orders::get)
                .map(ChangeOrder::lease)
                .or(() -> Optional.of(application)
                        .filter(each -> each.growth().isHalted())
                        .map(each -> committers.get(each.id())));
    }

    final synchronized boolean isGone(NodeId node, Instant at) {
        return !at.isBefore(leases.getOrDefault(node, Instant.MIN));
    }

    final void watch(ChangeOrderStore store, Watcher watcher) {
        watchers.computeIfAbsent(store, any -> new CopyOnWriteArrayList<>()).add(watcher);
    }

    /** Those hear it that watch another store than this. */
    final void tell(ChangeOrderStore store, Consumer<Watcher> what) {
        watchers.forEach((other, theirs) -> {
            if (other != store) {
                theirs.forEach(what);
            }
        });
    }

    final int purge(Instant endedBefore, int limit, Runnable permission) {
        writing.lock();
        try {
            permission.run();
            return purge(endedBefore, limit);
        } finally {
            writing.unlock();
        }
    }

    private synchronized int purge(Instant endedBefore, int limit) {
        List<ChangeOrderId> purged = orders.values().stream()
                .filter(order -> order.ending()
                        .filter(ending -> ending.at().isBefore(endedBefore))
                        .isPresent())
                .filter(order -> !isNewest(order) && !isBeingTakenBack(order))
                .sorted(Comparator.comparing((ChangeOrder order) ->
                                order.ending().orElseThrow().at())
                        .thenComparing(ChangeOrder::id))
                .limit(limit)
                .map(ChangeOrder::id)
                .toList();
        purged.forEach(orders::remove);
        return purged.size();
    }

    final synchronized List<AuditEntry> records(Predicate<AuditEntry> wanted) {
        List<AuditEntry> found = new ArrayList<>(records.stream().filter(wanted).toList());
        Collections.reverse(found);
        return found;
    }

    final int purgeAudit(Instant before, int limit, Runnable permission) {
        writing.lock();
        try {
            permission.run();
            return purgeAudit(before, limit);
        } finally {
            writing.unlock();
        }
    }

    private synchronized int purgeAudit(Instant before, int limit) {
        List<AuditEntry> old = records.stream()
                .filter(entry -> entry.at().isBefore(before))
                .sorted(Comparator.comparing(AuditEntry::at).thenComparing(AuditEntry::sequence))
                .limit(limit)
                .toList();
        records.removeAll(old);
        return old.size();
    }

    private boolean isNewest(ChangeOrder order) {
        return orders.values().stream()
                .filter(other -> other.application().equals(order.application()))
                .max(Comparator.comparing(ChangeOrder::createdAt).thenComparing(ChangeOrder::id))
                .equals(Optional.of(order));
    }

    private boolean isBeingTakenBack(ChangeOrder order) {
        return order.undoneBy().map(orders::get).filter(ChangeOrder::isLive).isPresent();
    }

    final synchronized Maintenance maintenance() {
        return maintenance;
    }

    protected final void at(Step step) {
        steps.accept(step);
    }

    /** Whether it may be written. */
    protected synchronized CommitResult judge(Commit commit) {
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

    /** Writes everything in it. */
    protected synchronized void write(Commit commit) {
        ApplicationId id = commit.application().id();
        applications.put(id, commit.application());
        committers.put(id, commit.by());
        keep(commit.orders());
        commit.versions()
                .forEach(version -> versions.computeIfAbsent(version.application(), any -> new HashMap<>())
                        .put(version.id(), version));
        histories.computeIfAbsent(id, any -> new ArrayList<>()).addAll(commit.events());
        commit.answer().ifPresent(answer -> answers.put(answer.key(), answer));
        commit.audit().ifPresent(this::keep);
    }

    /** Switches it, with the record of that. */
    protected synchronized void write(Maintenance newMaintenance, Optional<AuditEntry> audit) {
        maintenance = newMaintenance;
        audit.ifPresent(this::keep);
    }

    /** Keeps a record. */
    protected synchronized void write(AuditEntry entry) {
        keep(entry);
    }

    private void keep(AuditEntry entry) {
        lastRecord++;
        records.add(entry.withSequence(lastRecord));
    }

    /** A store over it was closed; nothing is being written. */
    protected void storeClosed() {}

    protected final synchronized void keep(List<ChangeOrder> changed) {
        changed.forEach(order -> orders.put(order.id(), order));
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
}
