package io.changeorder.application.simulation.cluster;

import io.changeorder.application.fixture.ForwardingStore;
import io.changeorder.application.simulation.stage.Figures;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Stands before the store, writes down every commit that it answers for, and holds each against the laws. */
public final class Ledger extends ForwardingStore {
    private static final Duration SLOW_NEWS = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final Map<ApplicationId, Book> books = new TreeMap<>();
    private final Map<String, ApplicationId> named = new HashMap<>();
    private final Set<ApplicationId> restless = new HashSet<>();
    private long commits;

    public Ledger(Cluster cluster, ChangeOrderStore store) {
        super(store);
        this.cluster = cluster;
    }

    /** What is known of each application that was ever committed. */
    public Map<ApplicationId, Book> books() {
        return books;
    }

    public Optional<Book> book(ApplicationId application) {
        return Optional.ofNullable(books.get(application));
    }

    /** Of the application that has this name now. */
    public Optional<Book> book(String name) {
        return Optional.ofNullable(named.get(name))
                .map(books::get)
                .filter(book -> !book.application().isDeleted());
    }

    /** How many commits there were; grows with each. */
    public long commits() {
        return commits;
    }

    /** Whether no application is halted, and no order is live but those that wait for a person. */
    public boolean isQuiet() {
        return restless.isEmpty();
    }

    public ChangeOrderStore store() {
        return inner;
    }

    @Override
    public CommitResult commit(Commit commit) {
        CommitResult result = inner.commit(commit);
        if (result == CommitResult.COMMITTED) {
            write(commit);
        }
        return result;
    }

    private void write(Commit commit) {
        Application after = commit.application();
        commits++;
        cluster.figures().count(Figures.Kind.COMMITS);
        Optional<Node> by = cluster.stage().current().map(Task::node);
        cluster.trace()
                .note(by.map(node -> node.id().value()).orElse("?") + " commits " + Words.of(after.id()) + " v"
                        + after.version() + " " + Words.happened(commit.events()));
        cluster.trace()
                .require(
                        inner.findApplication(after.id())
                                .map(ApplicationState::application)
                                .equals(Optional.of(after)),
                        () -> Words.of(after.id()) + ": the store lost version " + after.version());
        Book book = books.computeIfAbsent(after.id(), any -> new Book(cluster.trace()));
        book.write(commit, commits, by.map(Node::id));
        if (book.isAtRest()) {
            restless.remove(after.id());
        } else {
            restless.add(after.id());
        }
        cluster.stage().current().ifPresent(task -> requireReached(commit, task));
        count(commit);
        tell(commit, by);
    }

    /** An order succeeds only where its end was seen, by one that was not shown another world than there is. */
    private void requireReached(Commit commit, Task task) {
        commit.events().stream()
                .filter(event ->
                        event.what() instanceof Happening.OrderMoved moved && moved.input() == Input.LAST_BATCH_DONE)
                .flatMap(event -> commit.orders().stream().filter(order -> order.status() == Status.SUCCEEDED))
                .forEach(order -> {
                    Composition seen = Optional.ofNullable(task.looked().get(order.application()))
                            .map(Observation::composition)
                            .orElse(Composition.EMPTY);
                    Target target = order.change().target();
                    cluster.trace()
                            .require(
                                    seen.total() == target.count()
                                            && seen.only(target::wants).equals(seen),
                                    () -> Words.of(order.application()) + ": " + Words.of(order.id())
                                            + " succeeded with " + seen + " for " + target);
                });
    }

    private void count(Commit commit) {
        commit.events().forEach(event -> {
            if (event.what() instanceof Happening.OrderOpened opened) {
                cluster.figures().count(Figures.Kind.ORDERS);
                if (opened.undoes().isPresent()) {
                    cluster.figures().count(Figures.Kind.ROLLBACKS);
                }
            } else if (event.what() instanceof Happening.TakenOver) {
                cluster.figures().count(Figures.Kind.TAKEOVERS);
            } else if (event.what() instanceof Happening.ApplicationCreated created) {
                named.put(created.name(), commit.application().id());
                cluster.figures().count(Figures.Kind.APPLICATIONS);
            }
        });
    }

    /** As the database of several nodes does: the one that drives the order hears of what another one did to it. */
    private void tell(Commit commit, Optional<Node> by) {
        Optional<NodeId> driver = commit.application()
                .liveOrder()
                .flatMap(live -> commit.orders().stream()
                        .filter(order -> order.id().equals(live))
                        .map(order -> order.lease())
                        .findFirst());
        cluster.nodes().stream()
                .filter(node -> driver.equals(Optional.of(node.id())) && !by.equals(Optional.of(node)))
                .forEach(node ->
                        node.hear(commit.application().id(), cluster.dice().within(SLOW_NEWS)));
    }

    @Override
    public Optional<ApplicationState> findApplication(ApplicationId id) {
        Optional<ApplicationState> found = inner.findApplication(id);
        cluster.stage()
                .current()
                .ifPresent(task -> found.ifPresent(state -> task.read().put(id, state)));
        return found;
    }

    /** Nothing grows old here. */
    @Override
    public int purgeOrders(Duration age, int limit) {
        return 0;
    }

    @Override
    public int purgeAudit(Duration age, int limit) {
        return 0;
    }

    /** No lease is kept here. */
    @Override
    public void renewLease(NodeId node, Duration length) {}

    /** Which nodes are gone is only guessed; a node that is alive may be taken for one that is not. */
    @Override
    public List<ApplicationId> findUnattended(NodeId node, int limit) {
        List<ApplicationId> guessed = new ArrayList<>();
        inner.findUnattended(node, limit).stream().sorted().forEach(id -> {
            boolean isHeld =
                    book(id).flatMap(Book::custodian).filter(cluster::isAlive).isPresent();
            if (!isHeld || cluster.dice().chance(cluster.weather().wrongClaims())) {
                guessed.add(id);
            }
        });
        return guessed;
    }
}
