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
        name = "retry",
        description = "Let an order that needs a person try again: failure counts, back-off and the time of the batch"
                + " start anew.")
public final class RetryCommand extends OrderOpeningCommand {
    @Parameters(paramLabel = "ORDER", description = "Its id.")
    private String id = "";

    @Option(names = "--min-ready", paramLabel = "N", description = "Try with so many instances that stay ready.")
    private Optional<Integer> minReady = Optional.empty();

    @Option(names = "--min-ready-ratio", paramLabel = "PERCENT", description = "The same in percent; it wins.")
    private Optional<Integer> minReadyRatio = Optional.empty();

    @Option(names = "--max-surge", paramLabel = "N", description = "Try with so many instances beyond the wanted ones.")
    private Optional<Integer> maxSurge = Optional.empty();

    @Override
    protected int run(WireClient client) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("ChangeOrderId", id));
        minReady.ifPresent(number -> parameters.put("MinReadyInstances", number.toString()));
        minReadyRatio.ifPresent(number -> parameters.put("MinReadyInstanceRatio", number.toString()));
        maxSurge.ifPresent(number -> parameters.put("MaxSurgeInstances", number.toString()));
        JsonNode data = command(client, WireOperation.RETRY_CHANGE_ORDER, parameters);
        return opened(client, data, Optional.of(id), "Order " + id + " tries again.");
    }
}
