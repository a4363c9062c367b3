package io.changeorder.bootstrap.command.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.ClientCommand;
import io.changeorder.bootstrap.command.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "abort",
        description = "End an order where it is: its growth stops, what exists stays. Gives up a rollback that needs a"
                + " person.")
public final class AbortCommand extends ClientCommand {
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
        JsonNode data = client.call(WireOperation.ABORT_CHANGE_ORDER, parameters);
        print(data, "Order " + id + " is aborted; what exists stays as it is.");
        return ExitCode.DONE;
    }
}
