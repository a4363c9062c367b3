package io.changeorder.bootstrap.command.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.OrderOpeningCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "abort-and-rollback",
        description = "End an order and return its application to what it was before. With --wait the exit code tells"
                + " whether it has been restored.")
public final class AbortAndRollbackCommand extends OrderOpeningCommand {
    @Parameters(paramLabel = "ORDER", description = "Its id.")
    private String id = "";

    @Option(names = "--during-maintenance", description = "Also during maintenance; on the server's machine only.")
    private boolean duringMaintenance;

    @Override
    protected int run(WireClient client) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("ChangeOrderId", id));
        if (duringMaintenance) {
            parameters.put("DuringMaintenance", "true");
        }
        JsonNode data = command(client, WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, parameters);
        Optional<String> rollback =
                Optional.of(data.path("RollbackChangeOrderId").asText()).filter(order -> !order.isEmpty());
        String words = rollback.map(order -> "Order " + id + " is aborted and taken back by order " + order + ".")
                .orElse("Order " + id + " is aborted; there was nothing to take back.");
        return opened(client, data, rollback, words);
    }
}
