package io.changeorder.bootstrap.command.order;

import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.command.ClientCommand;
import io.changeorder.bootstrap.command.Outcome;
import io.changeorder.bootstrap.terminal.Terminal;
import io.changeorder.bootstrap.watch.OrderDisplay;
import io.changeorder.bootstrap.watch.OrderFollower;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description = "Follow a change order, and the rollback that it may end with, to the end. Ctrl-C ends only the"
                + " watching.")
public final class WatchCommand extends ClientCommand {
    @Parameters(paramLabel = "ORDER", description = "Its id.")
    private String id = "";

    @Override
    protected int run(WireClient client) {
        Terminal terminal = terminal();
        OrderDisplay display = isJson() ? OrderDisplay.json(terminal) : OrderDisplay.on(terminal);
        return Outcome.report(new OrderFollower(client, display).followToTheEnd(id, Optional.empty()), this::remark);
    }
}
