package io.changeorder.bootstrap.command.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.ClientCommand;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.command.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "maintenance",
        description = "Switch maintenance on or off, or tell of it. Meanwhile commands are refused, orders freeze where"
                + " they are, and rollbacks and queries go on.")
public final class MaintenanceCommand extends ClientCommand {
    /** What to do. */
    enum Switch {
        ON,
        OFF,
        STATUS
    }

    @Parameters(paramLabel = "on|off|status", defaultValue = "status", description = "What to do; status by default.")
    private Switch action = Switch.STATUS;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long, such as 30m; it ends by itself. 1h by default.")
    private Optional<Duration> length = Optional.empty();

    @Override
    protected int run(WireClient client) {
        JsonNode data = switch (action) {
            case ON -> client.call(WireOperation.SET_MAINTENANCE, on());
            case OFF -> client.call(WireOperation.SET_MAINTENANCE, Map.of("Enabled", "false"));
            case STATUS -> client.call(WireOperation.DESCRIBE_MAINTENANCE, Map.of());
        };
        String words = data.path("Enabled").asBoolean()
                ? "Maintenance until " + Instant.ofEpochMilli(data.path("Until").asLong()) + "."
                : "No maintenance.";
        print(data, words);
        return ExitCode.DONE;
    }

    private Map<String, String> on() {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("Enabled", "true"));
        length.ifPresent(time -> parameters.put("DurationSeconds", Long.toString(time.toSeconds())));
        return parameters;
    }
}
