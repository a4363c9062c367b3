package io.changeorder.bootstrap.nodes;

import static org.awaitility.Awaitility.await;

import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.nodes.Nodes.Node;
import io.changeorder.bootstrap.watch.OrderStatus;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** How long after the SIGKILL of a node another one drives what it drove. */
final class Takeovers {
    private static final int NODES = 3;

    private final Random random = new Random(1);
    private final MeasuredNodes measured;

    private Takeovers(MeasuredNodes measured) {
        this.measured = measured;
    }

    static void print(Path folder, int kills) throws IOException, InterruptedException {
        try (MeasuredNodes measured = new MeasuredNodes(folder, NODES, Nodes.LEASE, new Random(1))) {
            Takeovers takeovers = new Takeovers(measured);
            double[] leases = new double[kills];
            for (int kill = 0; kill < kills; kill++) {
                leases[kill] = (double) takeovers.next().toMillis() / Nodes.LEASE.toMillis();
            }
            Arrays.sort(leases);
            System.out.printf(
                    Locale.ROOT,
                    "  takeover after SIGKILL, in leases of %d s: median %.2f, longest %.2f (%d)%n",
                    Nodes.LEASE.toSeconds(),
                    leases[kills / 2],
                    leases[kills - 1],
                    kills);
        }
    }

    private Duration next() throws InterruptedException {
        Node driving = measured.nodes().any();
        String order = measured.halfDeployed(driving);
        long before = measured.events();
        // At any moment between two heartbeats.
        TimeUnit.MILLISECONDS.sleep(random.nextInt((int) Nodes.LEASE.toMillis()));
        Instant killed = Instant.now();
        measured.nodes().lose(driving);
        Instant taken = await("it is taken over")
                .atMost(Nodes.LEASE.multipliedBy(20))
                .until(() -> takenOver(before), Optional::isPresent)
                .orElseThrow();
        String rollback = measured.nodes()
                .call(WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, Map.of("ChangeOrderId", order))
                .path("RollbackChangeOrderId")
                .asText();
        measured.nodes().expectEnd(rollback, OrderStatus.SUCCEEDED);
        measured.nodes().start();
        return Duration.between(killed, taken);
    }

    private Optional<Instant> takenOver(long before) {
        return measured.since(before + 1).stream()
                .filter(event -> event.what() instanceof Happening.TakenOver)
                .findFirst()
                .map(Event::at);
    }
}
