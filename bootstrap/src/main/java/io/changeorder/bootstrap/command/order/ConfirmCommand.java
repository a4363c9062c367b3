package io.changeorder.bootstrap.command.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.RefusedException;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.OrderOpeningCommand;
import io.changeorder.bootstrap.watch.OrderDisplay;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderFollower;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "confirm", description = "Let the batch begin that waits for a confirmation.")
public final class ConfirmCommand extends OrderOpeningCommand {
    @Parameters(paramLabel = "ID", description = "The order, or exactly the batch (pipeline) that waits.")
    private String id = "";

    @Override
    protected int run(WireClient client) {
        Optional<OrderFacts> order = order(client);
        String batch = order.flatMap(OrderFacts::currentBatch).orElse(id);
        JsonNode data =
                command(client, WireOperation.CONFIRM_PIPELINE_BATCH, Map.of("PipelineId", batch, "Confirm", "true"));
        return opened(client, data, order.map(OrderFacts::id), "Batch " + batch + " is confirmed.");
    }

    /** The order of this id, if it is one of an order. */
    private Optional<OrderFacts> order(WireClient client) {
        try {
            return Optional.of(new OrderFollower(client, OrderDisplay.NONE).look(id));
        } catch (RefusedException refused) {
            if (refused.code().equals("InvalidChangeOrder.NotFound")) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
