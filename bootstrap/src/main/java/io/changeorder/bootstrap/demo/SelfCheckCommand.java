package io.changeorder.bootstrap.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.Credentials;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.logging.LogConfiguration;
import io.changeorder.bootstrap.logging.LogLevel;
import io.changeorder.bootstrap.server.ChangeorderServer;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Goes through what a start and a first answer need, so that the launcher can archive the classes of it. */
@Command(
        name = "self-check",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Start a server in a temporary folder, ask it something, and end it again.",
        exitCodeList = {" 0: it works here", " 1: it does not"})
public final class SelfCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        LogConfiguration.setLevel(LogLevel.ERROR);
        try (DemoWorld world = DemoWorld.untilExit()) {
            ChangeorderServer server = world.start();
            WireClient client = new WireClient(server.address(), new Credentials("self-check", "unsigned"));
            client.call(
                    WireOperation.CREATE_APPLICATION,
                    Map.of(
                            "AppName",
                            "check",
                            "PackageType",
                            "FatJar",
                            "Command",
                            "true",
                            "Replicas",
                            "1",
                            "Deploy",
                            "false"));
            JsonNode found = client.call(WireOperation.LIST_APPLICATIONS, Map.of());
            spec.commandLine().getOut().println("A server works here: " + found.path("TotalSize") + " application.");
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
