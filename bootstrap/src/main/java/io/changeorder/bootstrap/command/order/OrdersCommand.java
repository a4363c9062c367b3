package io.changeorder.bootstrap.command.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.bootstrap.command.AppOption;
import io.changeorder.bootstrap.command.ClientCommand;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.terminal.Table;
import io.changeorder.bootstrap.watch.OrderFacts;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "orders", description = "List the change orders of an application, the newest first.")
public final class OrdersCommand extends ClientCommand {
    @Mixin
    private AppOption app = new AppOption();

    @Option(names = "--page", paramLabel = "N", defaultValue = "1", description = "Which page of 20; 1 by default.")
    private int page;

    @Override
    protected int run(WireClient client) {
        JsonNode data = client.call(
                WireOperation.LIST_CHANGE_ORDERS,
                Map.of("AppId", app.id(client), "CurrentPage", Integer.toString(page)));
        Table table = new Table("ORDER", "TYPE", "STATUS", "CREATED", "BY", "DESCRIPTION");
        data.path("ChangeOrderList").forEach(row -> {
            OrderFacts order = OrderFacts.of(row);
            table.add(
                    order.id(),
                    order.type(),
                    order.standing(),
                    row.path("CreateTime").asText(),
                    row.path("CreateUserId").asText(),
                    row.path("Description").asText());
        });
        printLines(data, table.toString());
        return ExitCode.DONE;
    }
}
