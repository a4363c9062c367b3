package io.changeorder.bootstrap.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.RefusedException;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.watch.OrderFacts.BatchFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * How much of each batch is done, in instances.
 *
 * @param batch which
 * @param done 0 up to the number of instances that the batch changes
 */
public record BatchProgress(BatchFacts batch, int done) {
    /** Their instances go; how many of them are left to go is not told. */
    private static final Set<String> SHRINKING = Set.of("CoScaleIn", "CoStopApplication", "CoDeleteApp");

    private static final String GROWING = "CoScaleOut";

    /** Asks the server how far an order's batches are. */
    static List<BatchProgress> of(WireClient client, OrderFacts order) {
        boolean counts = order.isLive() && !order.batches().isEmpty() && !SHRINKING.contains(order.typeCode());
        return counts ? counted(order, instances(client, order)) : byStatus(order);
    }

    private static List<BatchProgress> byStatus(OrderFacts order) {
        return order.batches().stream()
                .map(batch -> new BatchProgress(batch, isDone(batch) ? batch.count() : 0))
                .toList();
    }

    /** Instances of the target fill one batch after the other. */
    private static List<BatchProgress> counted(OrderFacts order, List<JsonNode> instances) {
        int changed = order.batches().stream().mapToInt(BatchFacts::count).sum();
        int untouched = order.typeCode().equals(GROWING) ? Math.max(0, instances.size() - changed) : 0;
        int ready = (int) instances.stream()
                        .filter(instance ->
                                instance.path("InstanceHealthStatus").asText().equals("Healthy"))
                        .count()
                - untouched;
        List<BatchProgress> progress = new ArrayList<>();
        for (BatchFacts batch : order.batches()) {
            int done = isDone(batch) ? batch.count() : Math.max(0, Math.min(batch.count(), ready));
            progress.add(new BatchProgress(batch, done));
            ready -= batch.count();
        }
        return progress;
    }

    /** The instances of what the last batch, and so the order, leads to. */
    private static List<JsonNode> instances(WireClient client, OrderFacts order) {
        String last = order.batches().get(order.batches().size() - 1).id();
        try {
            JsonNode data = client.call(
                    WireOperation.DESCRIBE_APPLICATION_INSTANCES,
                    Map.of(
                            "AppId",
                            order.application(),
                            "GroupId",
                            "_DEFAULT_GROUP",
                            "PipelineId",
                            last,
                            "PageSize",
                            "1000"));
            return StreamSupport.stream(data.path("Instances").spliterator(), false)
                    .toList();
        } catch (RefusedException notPermittedOrGone) {
            // The bars are a courtesy: who may see the order but not its instances still sees the order.
            return List.of();
        }
    }

    private static boolean isDone(BatchFacts batch) {
        return batch.status() == OrderStatus.SUCCEEDED;
    }
}
