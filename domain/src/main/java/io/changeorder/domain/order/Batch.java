package io.changeorder.domain.order;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.plan.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step of an order.
 *
 * @param id its identity; PipelineId on the wire
 * @param target the composition at its end
 * @param startedAt when it was started first
 * @param updatedAt when its status changed last
 * @param outcome the instances of its target as they were when it ended; empty before that
 */
public record Batch(
        BatchId id,
        Composition target,
        Optional<Instant> startedAt,
        Optional<Instant> updatedAt,
        List<Instance> outcome) {
    public Batch {
        outcome = List.copyOf(outcome);
    }

    public static Batch planned(BatchId id, Composition target) {
        return new Batch(id, target, Optional.empty(), Optional.empty(), List.of());
    }

    public Batch started(Instant at) {
        return new Batch(id, target, startedAt.or(() -> Optional.of(at)), Optional.of(at), List.of());
    }

    public Batch ended(Instant at, List<Instance> newOutcome) {
        return new Batch(id, target, startedAt, Optional.of(at), newOutcome);
    }

    public Batch updated(Instant at) {
        return new Batch(id, target, startedAt, Optional.of(at), outcome);
    }
}
