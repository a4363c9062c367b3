package io.changeorder.bootstrap.command.running;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.AppOption;
import io.changeorder.bootstrap.command.OrderOpeningCommand;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "stop", description = "Stop all instances; the application keeps its version and its count.")
public final class StopCommand extends OrderOpeningCommand {
    @Mixin
    private AppOption app = new AppOption();

    @Override
    protected int run(WireClient client) {
        JsonNode data = command(client, WireOperation.STOP_APPLICATION, Map.of("AppId", app.id(client)));
        return opened(client, data, "Application " + app.words() + " is being stopped");
    }
}
