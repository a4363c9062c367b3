package io.changeorder.bootstrap.command.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.ClientCommand;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.terminal.Table;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "apps", description = "List the applications.")
public final class AppsCommand extends ClientCommand {
    @Option(names = "--page", paramLabel = "N", defaultValue = "1", description = "Which page of 100; 1 by default.")
    private int page;

    @Override
    protected int run(WireClient client) {
        JsonNode data = client.call(
                WireOperation.LIST_APPLICATIONS, Map.of("CurrentPage", Integer.toString(page), "PageSize", "100"));
        Table table = new Table("NAME", "APP ID", "READY", "WANTED", "NAMESPACE");
        data.path("Applications")
                .forEach(app -> table.add(
                        app.path("AppName").asText(),
                        app.path("AppId").asText(),
                        app.path("RunningInstances").asText(),
                        app.path("Instances").asText(),
                        app.path("NamespaceId").asText()));
        printLines(data, table.toString());
        return ExitCode.DONE;
    }
}
