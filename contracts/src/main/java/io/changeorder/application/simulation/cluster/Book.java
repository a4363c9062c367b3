package io.changeorder.application.simulation.cluster;

import io.changeorder.application.simulation.stage.Trace;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.decision.Refusal.OrderFacts;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.order.Transitions;
import io.changeorder.domain.plan.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What was committed of one application, and the laws that every commit has to keep. */
public final class Book {
    private final Trace trace;
    private final Map<ChangeOrderId, ChangeOrder> orders = new TreeMap<>();
    private final Map<ChangeOrderId, List<Known>> facts = new HashMap<>();
    private final Map<Actor, List<List<Event>>> done = new HashMap<>();
    private final Map<Fence, Set<Intention>> intentions = new HashMap<>();
    private final Map<Fence, Composition> seen = new HashMap<>();
    private Application application = Application.fresh(new ApplicationId("none"), "", "", Instant.EPOCH);

    public Book(Trace trace) {
        this.trace = trace;
    }

    /** What was true of an order from a commit on. */
    private record Known(long since, OrderFacts facts) {}

    private record Intention(Entry entry, int count) {}

    public Application application() {
        return application;
    }

    /** Every order that there was, by id. */
    public Map<ChangeOrderId, ChangeOrder> orders() {
        return orders;
    }

    public Optional<ChangeOrder> live() {
        return application.liveOrder().map(orders::get);
    }

    /** Whether there is nothing to do: growth is free, and no order is live but one that waits for a person. */
    public boolean isAtRest() {
        return !application.growth().isHalted()
                && live().filter(order -> order.attention().isEmpty() && order.status() != Status.AWAITING_CONFIRMATION)
                        .isEmpty();
    }

    /** The node that holds the live order. */
    public Optional<NodeId> holder() {
        return live().map(ChangeOrder::lease);
    }

    /** What somebody has brought about, commit by commit. */
    public List<List<Event>> doneBy(Actor actor) {
        return done.getOrDefault(actor, List.of());
    }

    /** Whether these facts of an order were true at some time between two commits. */
    public boolean wereTrue(OrderFacts claimed, long from, long to) {
        List<Known> known = facts.getOrDefault(claimed.id(), List.of());
        for (int i = 0; i < known.size(); i++) {
            boolean overBefore = i + 1 < known.size() && known.get(i + 1).since() <= from;
            if (!overBefore
                    && known.get(i).since() <= to
                    && known.get(i).facts().equals(claimed)) {
                return true;
            }
        }
        return false;
    }

    /** This is there in truth, and was looked at. */
    public void see(Composition there) {
        seen.merge(application.fence(), there, Composition::max);
    }

    /** Whether so many were intended when this fence began, or were there in truth since then. */
    public boolean hasSeen(Entry entry, int count, Fence under) {
        return seen.getOrDefault(under, Composition.EMPTY).count(entry) >= count;
    }

    /** Whether this count was committed as intended under this fence, or was intended when the fence began. */
    public boolean wasIntended(Entry entry, int count, Fence under) {
        return intentions.getOrDefault(under, Set.of()).contains(new Intention(entry, count));
    }

    public void write(Commit commit, long number, Optional<NodeId> by) {
        Application before = application;
        Application after = commit.application();
        requireNext(before, after, commit.events());
        requireDriver(commit, by);
        commit.events().forEach(this::requireMove);
        commit.orders().forEach(order -> requireOrder(order, commit, before));
        commit.orders().forEach(order -> {
            orders.put(order.id(), order);
            facts.computeIfAbsent(order.id(), any -> new ArrayList<>()).add(new Known(number, OrderFacts.of(order)));
        });
        commit.events().stream()
                .map(Event::actor)
                .distinct()
                .forEach(actor ->
                        done.computeIfAbsent(actor, any -> new ArrayList<>()).add(commit.events()));
        application = after;
        if (before.fence().isOlderThan(after.fence())) {
            seen.put(after.fence(), after.intended());
        }
        requireOneLive();
        requireSettled(commit, before);
        Set<Intention> intended = intentions.computeIfAbsent(after.fence(), any -> new HashSet<>());
        intend(before, intended);
        intend(after, intended);
    }

    private static void intend(Application application, Set<Intention> intended) {
        application.intended().counts().forEach((entry, count) -> intended.add(new Intention(entry, count)));
    }

    private void law(boolean holds, Supplier<String> otherwise) {
        trace.require(holds, () -> Words.of(application.id()) + ": " + otherwise.get());
    }

    private void requireNext(Application before, Application after, List<Event> events) {
        law(
                after.version() == before.version() + 1,
                () -> "version " + after.version() + " follows " + before.version());
        law(!after.fence().isOlderThan(before.fence()), () -> "the fence shrank");
        boolean grew = events.stream().anyMatch(event -> event.what() instanceof Happening.FenceGrew);
        law(grew == before.fence().isOlderThan(after.fence()), () -> "the fence grew without an event");
        long due = before.events();
        for (Event event : events) {
            due++;
            long number = due;
            law(event.number() == number, () -> "event " + event.number() + " where " + number + " was due");
        }
        long last = due;
        law(after.events() == last, () -> "counts " + after.events() + " events and has " + last);
    }

    /** Of several nodes only the one that holds the order drives it, or one that takes it over. */
    private void requireDriver(Commit commit, Optional<NodeId> by) {
        boolean drives =
                commit.events().stream().anyMatch(event -> event.actor().equals(Actor.ENGINE));
        boolean takesOver = commit.events().stream().anyMatch(event -> event.what() instanceof Happening.TakenOver);
        law(
                !drives || takesOver || holder().isEmpty() || holder().equals(by),
                () -> by + " drove what " + holder() + " holds");
    }

    private void requireMove(Event event) {
        if (event.what() instanceof Happening.OrderMoved moved) {
            Status from = Optional.ofNullable(orders.get(moved.order()))
                    .map(ChangeOrder::status)
                    .orElse(Status.PREPARING);
            law(
                    moved.from() == from
                            && Transitions.next(from, moved.input()).equals(Optional.of(moved.to())),
                    () -> Words.of(moved.order()) + " made the move " + moved + " from " + from);
        }
    }

    private void requireOrder(ChangeOrder order, Commit commit, Application before) {
        Optional<ChangeOrder> known = Optional.ofNullable(orders.get(order.id()));
        boolean moves = commit.events().stream()
                .anyMatch(event -> event.what() instanceof Happening.OrderMoved moved
                        && moved.order().equals(order.id())
                        && moved.to() == order.status());
        boolean opens = commit.events().stream()
                .anyMatch(event -> event.what() instanceof Happening.OrderOpened opened
                        && opened.order().equals(order.id()));
        law(known.isPresent() != opens, () -> Words.of(order.id()) + " was opened twice or never");
        law(
                moves || known.map(ChangeOrder::status).orElse(Status.PREPARING) == order.status(),
                () -> Words.of(order.id()) + " is " + order.status() + " without an event");
        known.filter(old -> !old.isLive())
                .ifPresent(old -> law(
                        old.ending().equals(order.ending()) && old.status() == order.status(),
                        () -> Words.of(order.id()) + " ended twice"));
        if (moves && !order.isLive()) {
            requireEnd(order, commit, before);
        }
    }

    private void requireEnd(ChangeOrder order, Commit commit, Application before) {
        boolean aborts = commit.events().stream()
                .anyMatch(event -> event.what() instanceof Happening.OrderMoved moved && moved.input() == Input.ABORT);
        law(
                !aborts || before.fence().isOlderThan(commit.application().fence()),
                () -> Words.of(order.id()) + " was aborted under the same fence");
        law(
                !order.isRollback()
                        || order.status() != Status.SUCCEEDED
                        || order.proof().filter(Proof::holds).isPresent(),
                () -> Words.of(order.id()) + " restored without proof");
        order.undoneBy()
                .ifPresent(rollback -> law(
                        commit.orders().stream()
                                .anyMatch(other -> other.id().equals(rollback)
                                        && other.isLive()
                                        && other.undoes().equals(Optional.of(order.id()))
                                        && other.change().after().equals(before.settled())),
                        () -> Words.of(order.id()) + " ended in another commit than its rollback began"));
    }

    private void requireOneLive() {
        List<ChangeOrderId> live = orders.values().stream()
                .filter(ChangeOrder::isLive)
                .map(ChangeOrder::id)
                .toList();
        law(live.size() <= 1, () -> live.size() + " orders are live");
        law(
                live.equals(application.liveOrder().stream().toList()),
                () -> "live are " + live + " and not " + application.liveOrder());
    }

    private void requireSettled(Commit commit, Application before) {
        law(
                before.settled().equals(application.settled())
                        || commit.orders().stream()
                                .anyMatch(order -> order.status() == Status.SUCCEEDED
                                        && order.change().after().equals(application.settled())),
                () -> "settled without a success");
    }
}
