package io.changeorder.bootstrap.command.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.OrderOpeningCommand;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "create", description = "Create an application, and deploy it unless told not to.")
public final class CreateCommand extends OrderOpeningCommand {
    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Its name: a letter, then letters, digits and hyphens; at most 36.")
    private String name = "";

    @Option(names = "--namespace", paramLabel = "ID", description = "Where it lives.")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many instances; 1 by default.")
    private int replicas;

    @Option(names = "--no-deploy", description = "Only create it; nothing runs before it is deployed.")
    private boolean noDeploy;

    @Mixin
    private RevisionOptions revision = new RevisionOptions();

    @Mixin
    private RolloutOptions rollout = new RolloutOptions();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Override
    protected int run(WireClient client) {
        Arguments arguments = new Arguments()
                .put("AppName", name)
                .put("NamespaceId", namespace)
                .put("Replicas", replicas)
                .put("PackageType", "FatJar")
                .put("Deploy", noDeploy ? Optional.of(false) : Optional.empty())
                .putAll(revision.arguments())
                .putAll(rollout.arguments())
                .putAll(settings.arguments());
        Map<String, String> parameters = arguments.toMap();
        JsonNode data = command(client, WireOperation.CREATE_APPLICATION, parameters);
        String created = "Application " + name + " (" + data.path("AppId").asText() + ") is created";
        return opened(client, data, noDeploy ? created : created + " and deployed");
    }
}
