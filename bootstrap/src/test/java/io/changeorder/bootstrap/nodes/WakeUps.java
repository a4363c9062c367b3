package io.changeorder.bootstrap.nodes;

import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.measure.Spread;
import io.changeorder.bootstrap.nodes.Nodes.Node;
import io.changeorder.bootstrap.watch.OrderStatus;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.order.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * How long it takes from a command that one node carries out until the node that drives the order has heard of it, looked
 * at the world and decided what to do. Both moments are those of the history, so that the first one's commit is within.
 */
final class WakeUps {
    private static final int WARM_UP = 20;

    private final MeasuredNodes measured;
    private final Node driving;
    private final Node asked;

    private WakeUps(MeasuredNodes measured) {
        this.measured = measured;
        this.driving = measured.nodes().all().get(0);
        this.asked = measured.nodes().all().get(1);
    }

    static void print(Path folder, int rounds) throws IOException {
        try (MeasuredNodes measured = new MeasuredNodes(folder, 2, Nodes.LEASE, new Random(1))) {
            WakeUps wakeUps = new WakeUps(measured);
            long[] nanos = new long[rounds];
            for (int round = -WARM_UP; round < rounds; round++) {
                Duration taken = wakeUps.next();
                if (round >= 0) {
                    nanos[round] = taken.toNanos();
                }
            }
            System.out.println("  from a command on one node to what another one does about it: " + new Spread(nanos));
        }
    }

    private Duration next() {
        String order = measured.halfDeployed(driving);
        long before = measured.events();
        String batch = measured.nodes().order(order).currentBatch().orElseThrow();
        asked.client().call(WireOperation.CONFIRM_PIPELINE_BATCH, Map.of("PipelineId", batch, "Confirm", "true"));
        measured.nodes().expectEnd(order, OrderStatus.SUCCEEDED);
        List<Event> events = measured.since(before + 1);
        Instant confirmed =
                first(events, what -> what instanceof Happening.OrderMoved moved && moved.input() == Input.NEXT_BATCH);
        return Duration.between(confirmed, first(events, what -> what instanceof Happening.Intended));
    }

    private static Instant first(List<Event> events, Predicate<Happening> wanted) {
        return events.stream()
                .filter(event -> wanted.test(event.what()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not among " + events))
                .at();
    }
}
