package io.changeorder.bootstrap.command.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.AppOption;
import io.changeorder.bootstrap.command.ClientCommand;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.terminal.Table;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "versions", description = "List the versions of an application, the newest first.")
public final class VersionsCommand extends ClientCommand {
    @Mixin
    private AppOption app = new AppOption();

    @Override
    protected int run(WireClient client) {
        JsonNode data = client.call(WireOperation.LIST_APP_VERSIONS, Map.of("AppId", app.id(client)));
        Table table = new Table("VERSION", "LABEL", "CREATED", "ROLLED BACK BY");
        data.forEach(version -> table.add(
                version.path("Id").asText(),
                version.path("PackageVersion").asText(),
                Instant.ofEpochMilli(version.path("CreateTime").asLong()).toString(),
                version.path("RolledBackBy").asText()));
        printLines(data, table.toString());
        return ExitCode.DONE;
    }
}
