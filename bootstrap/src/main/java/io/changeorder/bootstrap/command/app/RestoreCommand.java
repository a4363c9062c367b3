package io.changeorder.bootstrap.command.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.AppOption;
import io.changeorder.bootstrap.command.OrderOpeningCommand;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "restore",
        description = "Bring an application back to what was settled, after an order that failed or was aborted; or to"
                + " an earlier version.")
public final class RestoreCommand extends OrderOpeningCommand {
    @Mixin
    private AppOption app = new AppOption();

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "The id of a version (see \"changeorder versions\"); the settled one by default.")
    private Optional<String> version = Optional.empty();

    @Override
    protected int run(WireClient client) {
        String id = app.id(client);
        JsonNode data = command(
                client,
                WireOperation.ROLLBACK_APPLICATION,
                Map.of("AppId", id, "VersionId", version.orElseGet(() -> settled(client, id))));
        return opened(client, data, "Application " + app.words() + " is being restored");
    }

    private static String settled(WireClient client, String app) {
        return client.call(WireOperation.DESCRIBE_APPLICATION_CONFIG, Map.of("AppId", app))
                .path("VersionId")
                .asText();
    }
}
