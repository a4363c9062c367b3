package io.changeorder.bootstrap.command.order;

import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.command.ClientCommand;
import io.changeorder.bootstrap.command.ExitCode;
import io.changeorder.bootstrap.watch.OrderDisplay;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderFollower;
import io.changeorder.bootstrap.watch.OrderText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "order", description = "Show a change order as it is now.")
public final class OrderCommand extends ClientCommand {
    @Parameters(paramLabel = "ORDER", description = "Its id.")
    private String id = "";

    @Override
    protected int run(WireClient client) {
        OrderFacts order = new OrderFollower(client, OrderDisplay.NONE).look(id);
        printLines(order.json(), OrderText.of(order));
        return ExitCode.DONE;
    }
}
