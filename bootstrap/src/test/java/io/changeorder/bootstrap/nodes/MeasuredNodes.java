package io.changeorder.bootstrap.nodes;

import io.changeorder.adapter.persistence.postgres.PostgresChangeOrderStore;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.nodes.Nodes.Node;
import io.changeorder.bootstrap.watch.OrderStatus;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Nodes with one application, whose history is read as the nodes wrote it. */
final class MeasuredNodes implements AutoCloseable {
    private final Database database;
    private final Nodes nodes;
    private final PostgresChangeOrderStore reader;
    private final ApplicationId application;
    private int versions;

    MeasuredNodes(Path folder, int number, Duration lease, Random random) throws IOException {
        database = new Database(folder.resolve("database"));
        nodes = new Nodes(folder, database.port(), lease, random);
        try {
            for (int node = 0; node < number; node++) {
                nodes.start();
            }
            application = new ApplicationId(nodes.create(version()).application());
            reader = PostgresChangeOrderStore.open(database.address(), new NodeId("reader"));
        } catch (Throwable failed) {
            try (database;
                    nodes) {
                throw failed;
            }
        }
    }

    Nodes nodes() {
        return nodes;
    }

    /** A deployment that a node accepted and drives; it waits for a confirmation of its second batch. */
    String halfDeployed(Node by) {
        String order = by.client()
                .call(WireOperation.DEPLOY_APPLICATION, Nodes.deployment(application.value(), version(), "manual"))
                .path("ChangeOrderId")
                .asText();
        nodes.awaitOrder(order, "waits", each -> each.status() == OrderStatus.AWAITING_CONFIRMATION);
        return order;
    }

    /** The application's history from an event on. */
    List<Event> since(long number) {
        return reader.history(application, number, Integer.MAX_VALUE);
    }

    long events() {
        return reader.findApplication(application).orElseThrow().application().events();
    }

    private Map<String, String> version() {
        versions++;
        return Nodes.sleeping(versions);
    }

    @Override
    public void close() throws IOException {
        reader.close();
        nodes.close();
        database.close();
    }
}
