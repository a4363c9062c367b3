package io.changeorder.bootstrap.command.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.AppOption;
import io.changeorder.bootstrap.command.OrderOpeningCommand;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "deploy",
        description = "Deploy another version or other settings, batch by batch. What is not given stays as it is.")
public final class DeployCommand extends OrderOpeningCommand {
    @Mixin
    private AppOption app = new AppOption();

    @Option(names = "--replicas", paramLabel = "N", description = "How many instances.")
    private Optional<Integer> replicas = Optional.empty();

    @Option(names = "--description", paramLabel = "TEXT", description = "What is said of the order.")
    private Optional<String> description = Optional.empty();

    @Option(names = "--settings-only", description = "Leave a stopped application stopped.")
    private boolean settingsOnly;

    @Option(
            names = "--force",
            description = "Deploy a version that was rolled back, although the server refuses those.")
    private boolean force;

    @Mixin
    private RevisionOptions revision = new RevisionOptions();

    @Mixin
    private RolloutOptions rollout = new RolloutOptions();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Override
    protected int run(WireClient client) {
        Arguments arguments = new Arguments()
                .put("AppId", app.id(client))
                .put("Replicas", replicas)
                .put("ChangeOrderDesc", description)
                .put("Deploy", settingsOnly ? Optional.of(false) : Optional.empty())
                .put("Force", force ? Optional.of(true) : Optional.empty())
                .putAll(revision.arguments())
                .putAll(rollout.arguments())
                .putAll(settings.arguments());
        JsonNode data = command(client, WireOperation.DEPLOY_APPLICATION, arguments.toMap());
        return opened(client, data, "Application " + app.words() + " is being deployed");
    }
}
