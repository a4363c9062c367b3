package io.changeorder.bootstrap.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Names an application, by id or by name. Ids are UUIDs of version 7 and so begin with a digit, names never do. */
public final class AppOption {
    private static final int PAGE = 1000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--app", required = true, paramLabel = "APP", description = "The application's id or name.")
    private String app = "";

    /** What was said, for people. */
    public String words() {
        return app;
    }

    /** Its id; asks the server when a name was said. */
    public String id(WireClient client) {
        if (app.isEmpty() || !Character.isLetter(app.charAt(0))) {
            return app;
        }
        List<String> found = new ArrayList<>();
        for (int page = 1; ; page++) {
            JsonNode data = client.call(
                    WireOperation.LIST_APPLICATIONS,
                    Map.of("AppName", app, "CurrentPage", Integer.toString(page), "PageSize", Integer.toString(PAGE)));
            for (JsonNode row : data.path("Applications")) {
                if (row.path("AppName").asText().equals(app)) {
                    found.add(row.path("AppId").asText());
                }
            }
            if (page * PAGE >= data.path("TotalSize").asInt()) {
                return only(found);
            }
        }
    }

    private String only(List<String> found) {
        if (found.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "There is no application " + app + "; \"changeorder apps\" lists them.");
        }
        if (found.size() > 1) {
            throw new ParameterException(
                    command.commandLine(),
                    "Several namespaces have an application " + app + "; name it by its id: " + String.join(", ", found)
                            + ".");
        }
        return found.get(0);
    }
}
