package io.changeorder.domain.exploration;

import com.google.common.collect.ImmutableSet;
import io.changeorder.domain.decision.Assignment;
import io.changeorder.domain.exploration.Node.Thought;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything at one moment. Whatever changes in the store, the runtime or around them wakes the node that is asleep.
 *
 * @param active the node that answers commands
 * @param frozen one that was taken over from in the middle of something
 * @param confirmed the newest fence that an answer confirmed
 * @param answered the orders whose end was answered
 * @param left how often somebody or something may still interfere
 */
record Situation(
        Store store,
        SmallRuntime runtime,
        Node active,
        Optional<Node> frozen,
        Fence confirmed,
        ImmutableSet<ChangeOrderId> answered,
        Instant now,
        boolean maintenance,
        boolean reachable,
        int left) {

    /** Which of the nodes. */
    enum Seat {
        ACTIVE,
        FROZEN
    }

    Node node(Seat seat) {
        return switch (seat) {
            case ACTIVE -> active;
            case FROZEN -> frozen.orElseThrow();
        };
    }

    /** Who has nothing to drive sleeps; who was frozen and has nothing in hand any more does not matter. */
    Situation with(Seat seat, Node node) {
        boolean idles = node.thought() instanceof Thought.Idle && !node.drives(store.state());
        Node next = idles ? node.with(Thought.ASLEEP) : node;
        return switch (seat) {
            case ACTIVE -> active(next);
            case FROZEN -> frozen(Optional.of(next).filter(Node::isInTheMiddle));
        };
    }

    Situation with(Seat seat, Thought thought) {
        return with(seat, node(seat).with(thought));
    }

    private Situation active(Node node) {
        return new Situation(store, runtime, node, frozen, confirmed, answered, now, maintenance, reachable, left);
    }

    private Situation frozen(Optional<Node> node) {
        return new Situation(store, runtime, active, node, confirmed, answered, now, maintenance, reachable, left);
    }

    Situation with(Store changed) {
        return new Situation(changed, runtime, active, frozen, confirmed, answered, now, maintenance, reachable, left)
                .woken();
    }

    Situation with(SmallRuntime changed) {
        return new Situation(store, changed, active, frozen, confirmed, answered, now, maintenance, reachable, left)
                .woken();
    }

    Situation at(Instant moment) {
        return new Situation(store, runtime, active, frozen, confirmed, answered, moment, maintenance, reachable, left)
                .woken();
    }

    Situation maintenance(boolean on) {
        return new Situation(store, runtime, active, frozen, confirmed, answered, now, on, reachable, left).woken();
    }

    Situation reachable(boolean is) {
        return new Situation(store, runtime, active, frozen, confirmed, answered, now, maintenance, is, left).woken();
    }

    Situation confirming(Fence fence) {
        Fence newest = confirmed.isOlderThan(fence) ? fence : confirmed;
        return new Situation(store, runtime, active, frozen, newest, answered, now, maintenance, reachable, left);
    }

    Situation answering(ChangeOrderId ended) {
        ImmutableSet<ChangeOrderId> all = ImmutableSet.<ChangeOrderId>builder()
                .addAll(answered)
                .add(ended)
                .build();
        return new Situation(store, runtime, active, frozen, confirmed, all, now, maintenance, reachable, left);
    }

    Situation interfered() {
        return new Situation(
                store, runtime, active, frozen, confirmed, answered, now, maintenance, reachable, left - 1);
    }

    /** What the next order gets; there is never more than one order for an event. */
    Assignment assignment(Seat seat) {
        String id = "order-" + (store.application().events() + 1);
        return new Assignment(new ChangeOrderId(id), node(seat).id());
    }

    private Situation woken() {
        return active.thought() instanceof Thought.Asleep ? with(Seat.ACTIVE, Thought.IDLE) : this;
    }
}
