package io.changeorder.bootstrap.command.running;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.AppOption;
import io.changeorder.bootstrap.command.OrderOpeningCommand;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "rescale", description = "Change how many instances an application has.")
public final class RescaleCommand extends OrderOpeningCommand {
    @Mixin
    private AppOption app = new AppOption();

    @Option(names = "--replicas", required = true, paramLabel = "N", description = "How many instances.")
    private int replicas;

    @Override
    protected int run(WireClient client) {
        JsonNode data = command(
                client,
                WireOperation.RESCALE_APPLICATION,
                Map.of("AppId", app.id(client), "Replicas", Integer.toString(replicas)));
        return opened(client, data, "Application " + app.words() + " is being scaled to " + replicas);
    }
}
