package io.changeorder.domain.exploration;

import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Driving;
import io.changeorder.domain.decision.Move;
import io.changeorder.domain.exploration.Situation.Seat;
import io.changeorder.domain.exploration.SmallRuntime.One;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.order.ChangeOrder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the core decides. Nine of ten questions come again, in situations that differ only in what the core does not see;
 * since it is a function, it is asked each of them once. Not thread-safe.
 */
final class Moves {
    private final Map<Question, Move> known = new HashMap<>();

    /** All that {@link Driving#next} is told. */
    private record Question(
            ApplicationState state, List<One> ones, boolean maintenance, int node, long events, Instant at) {
        /** Not of the whole state, which is large: what is left out here seldom differs alone. */
        @Override
        public int hashCode() {
            return Objects.hash(
                    state.application().version(),
                    state.application().fence(),
                    state.application().intended(),
                    state.live().map(ChangeOrder::id),
                    state.live().map(ChangeOrder::progress),
                    ones,
                    maintenance,
                    node,
                    events);
        }
    }

    Move next(ApplicationState state, Situation now, Seat seat) {
        Question question = new Question(
                state,
                now.runtime().ones(),
                now.maintenance(),
                now.node(seat).number(),
                now.store().application().events(),
                now.now());
        return known.computeIfAbsent(question, unknown -> asked(state, now, seat));
    }

    private static Move asked(ApplicationState state, Situation now, Seat seat) {
        AtomicInteger batches = new AtomicInteger();
        String batch = "batch-" + state.application().version() + "-";
        Driving.Ids ids =
                new Driving.Ids(() -> new BatchId(batch + batches.incrementAndGet()), () -> now.assignment(seat));
        return Driving.next(state, now.runtime().observe(now.now()), now.maintenance(), ids, now.now());
    }
}
