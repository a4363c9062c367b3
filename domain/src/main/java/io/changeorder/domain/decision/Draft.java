package io.changeorder.domain.decision;

import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.revision.RevisionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what a decision changes, so that no change goes without its event. Not thread-safe, used once. */
final class Draft {
    private final Occasion occasion;
    private final Map<ChangeOrderId, ChangeOrder> orders = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final long eventsBefore;
    private Application application;
    private Optional<Decision.Mark> rolledBack = Optional.empty();

    Draft(Application application, Occasion occasion) {
        this.application = application;
        this.occasion = occasion;
        this.eventsBefore = application.events();
    }

    Application application() {
        return application;
    }

    void record(Happening what) {
        events.add(new Event(
                application.id(),
                eventsBefore + events.size() + 1,
                occasion.at(),
                occasion.actor(),
                application.fence(),
                what));
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void put(ChangeOrder order) {
        orders.put(order.id(), order);
    }

    void open(ChangeOrder order) {
        application = application.withLiveOrder(
                order.id(),
                Math.max(application.generation(), order.change().target().generation()));
        put(order);
        record(new Happening.OrderOpened(
                order.id(),
                order.change().type(),
                order.change().before(),
                order.change().after(),
                order.change().target().generation(),
                order.undoes()));
    }

    void move(Input input, ChangeOrder before, ChangeOrder after) {
        put(after);
        record(new Happening.OrderMoved(
                after.id(),
                input,
                before.status(),
                after.status(),
                after.progress().current(),
                after.attention(),
                after.ending().flatMap(ending -> ending.failure())));
        if (!after.isLive()) {
            application = application.withoutLiveOrder();
        }
    }

    /** The fence grows, and the runtime is told right after the commit. */
    private void growFence() {
        application = application.withNextFence();
        record(new Happening.FenceGrew(application.fence()));
        effect(new Effect.Raise(application.fence()));
    }

    /** Whoever halted growth, perhaps another node, has it go on no more: that is for the driver of what opens now. */
    void takeHaltedGrowth() {
        if (application.growth().isHalted()) {
            growFence();
        }
    }

    /** Whoever drove the application may touch nothing any more, and it grows again only once that is sorted out. */
    void halt() {
        growFence();
        changeGrowth(Growth.HALTED);
    }

    /** As {@link #halt}, and this is all that is still intended; what exists beyond it is not gone for that. */
    void haltWith(ChangeOrder ended, Composition left) {
        if (application.touched()) {
            leave(ended, left);
        }
        halt();
    }

    /** This is all that is still intended: what the order did not get to is not done by anybody later. */
    void leave(ChangeOrder ended, Composition left) {
        if (!left.equals(application.intended())) {
            intend(Optional.of(ended.id()), left);
        }
    }

    void intend(Optional<ChangeOrderId> order, Composition intended) {
        application = application.withIntended(intended);
        record(new Happening.Intended(order, intended));
    }

    void changeGrowth(Growth growth) {
        application = application.withGrowth(growth);
        record(new Happening.GrowthChanged(growth));
    }

    /** What is deleted is let go of by the runtime as well; until it is, growth stays halted. */
    void settle(ChangeOrderId order, Snapshot snapshot) {
        application = application.withSettled(snapshot);
        record(new Happening.Settled(order, snapshot));
        if (application.isDeleted()) {
            halt();
        }
    }

    void markRolledBack(RevisionId version, ChangeOrderId rollback) {
        rolledBack = Optional.of(new Decision.Mark(version, rollback));
        record(new Happening.VersionRolledBack(version, rollback));
    }

    Decision.Accepted accepted() {
        return new Decision.Accepted(
                application.committed(events.size()), List.copyOf(orders.values()), events, effects, rolledBack);
    }
}
