package io.changeorder.bootstrap.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.terminal.Terminal;
import io.changeorder.bootstrap.watch.OrderDisplay;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderFollower;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that changes something and can wait for what becomes of it. */
public abstract class OrderOpeningCommand extends ClientCommand {
    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Option(
            names = "--client-token",
            paramLabel = "TOKEN",
            description = "Makes repeating the command harmless: the same token gets the first answer again for 24 h.")
    private Optional<String> clientToken = Optional.empty();

    /** Calls the server with what all commands have in common. */
    protected final JsonNode command(WireClient client, WireOperation operation, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        clientToken.ifPresent(token -> all.put("ClientToken", token));
        return client.call(operation, all);
    }

    /**
     * Says what was opened and waits for its end if that is wanted.
     *
     * @param order the order to wait for; nothing is waited for when there is none
     */
    protected final int opened(WireClient client, JsonNode data, Optional<String> order, String words) {
        if (!waiting.waits() || order.isEmpty()) {
            print(data, words);
            return ExitCode.DONE;
        }
        if (!isJson()) {
            terminal().line(words);
        }
        return follow(client, order.get(), waiting.timeout());
    }

    /** As {@link #opened(WireClient, JsonNode, Optional, String)} for Data with a ChangeOrderId. */
    protected final int opened(WireClient client, JsonNode data, String what) {
        Optional<String> order =
                Optional.of(data.path("ChangeOrderId").asText()).filter(id -> !id.isEmpty());
        return opened(
                client,
                data,
                order,
                order.map(id -> what + " by order " + id + ".").orElse(what + "."));
    }

    private int follow(WireClient client, String order, Optional<Duration> limit) {
        Terminal terminal = terminal();
        OrderDisplay display = isJson() ? OrderDisplay.NONE : OrderDisplay.on(terminal);
        Optional<OrderFacts> end = new OrderFollower(client, display).followToTheEnd(order, limit);
        if (isJson()) {
            end.ifPresent(facts -> terminal.lines(facts.json().toPrettyString()));
        }
        return Outcome.report(end, this::remark);
    }
}
