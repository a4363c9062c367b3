package io.changeorder.domain.exploration;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.plan.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that drives the application, and answers commands.
 *
 * @param number 1 for the first, 2 for the one that took over from it
 * @param thought what its driver is about to do
 * @param halted the fence under which it halted growth itself, as long as it remembers
 * @param calls commands that it committed and has not answered yet
 */
record Node(int number, Thought thought, Optional<Fence> halted, List<Call> calls) {
    Node {
        calls = List.copyOf(calls);
    }

    /** Where the driver is in its loop. What it knows may be out of date. */
    sealed interface Thought {
        /** It looks into the store next. */
        record Idle() implements Thought {}

        /** Until it is told of a change. */
        record Asleep() implements Thought {}

        /** It was killed, and is to be started again. */
        record Dead() implements Thought {}

        /** It has read the store, and perhaps raised the fence. */
        record Loaded(ApplicationState state, boolean raised) implements Thought {}

        /** It has decided on a commit. */
        record Commits(Decision.Accepted change) implements Thought {}

        /**
         * It has effects to do.
         *
         * @param basis what was committed when they were decided, or with them
         */
        record Performs(ApplicationState basis, List<Effect> effects, Optional<Decision.Accepted> then)
                implements Thought {
            public Performs {
                effects = List.copyOf(effects);
            }
        }

        /** It has the runtime prove that the world is as it should be. */
        record Proves(ApplicationState state, Observation observed, Composition expected) implements Thought {}

        Thought IDLE = new Idle();
        Thought ASLEEP = new Asleep();
        Thought DEAD = new Dead();
    }

    /**
     * A command that raises a fence before it is answered.
     *
     * @param ended the order that it ended
     * @param late what a flawed node commits only now
     */
    record Call(Fence fence, ChangeOrderId ended, Optional<Decision.Accepted> late) {}

    static Node first() {
        return new Node(1, Thought.IDLE, Optional.empty(), List.of());
    }

    NodeId id() {
        return Names.node(number);
    }

    /** Another one, that takes over. */
    Node next() {
        return new Node(number + 1, Thought.IDLE, Optional.empty(), List.of());
    }

    Node with(Thought next) {
        return new Node(number, next, halted, calls);
    }

    /** It remembers the growth that it halts itself. */
    Node remembering(Decision.Accepted committed) {
        boolean halts = committed.application().growth().isHalted();
        return new Node(
                number, thought, halts ? Optional.of(committed.application().fence()) : Optional.empty(), calls);
    }

    Node calling(Call call) {
        List<Call> more = new ArrayList<>(calls);
        more.add(call);
        return new Node(number, thought, halted, more);
    }

    Node answered(Call call) {
        List<Call> left = new ArrayList<>(calls);
        left.remove(call);
        return new Node(number, thought, halted, left);
    }

    Node killed() {
        return new Node(number, Thought.DEAD, Optional.empty(), List.of());
    }

    /** Whether what it was at can still have an effect when it goes on. */
    boolean isInTheMiddle() {
        return !calls.isEmpty()
                || thought instanceof Thought.Loaded
                || thought instanceof Thought.Commits
                || thought instanceof Thought.Performs
                || thought instanceof Thought.Proves;
    }

    /** Whether the application is for it to drive. */
    boolean drives(ApplicationState state) {
        return state.live()
                .map(order -> order.lease().equals(id()))
                .orElseGet(() -> state.application().growth().isHalted()
                        && halted.equals(Optional.of(state.application().fence())));
    }
}
