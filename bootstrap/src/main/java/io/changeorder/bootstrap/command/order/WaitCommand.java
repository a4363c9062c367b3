package io.changeorder.bootstrap.command.order;

import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.command.ClientCommand;
import io.changeorder.bootstrap.command.Outcome;
import io.changeorder.bootstrap.command.TimeSpan;
import io.changeorder.bootstrap.watch.OrderDisplay;
import io.changeorder.bootstrap.watch.OrderFacts;
import io.changeorder.bootstrap.watch.OrderFollower;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "wait",
        description = "Wait silently until a change order, and the rollback that it may end with, has ended or needs a"
                + " person. The exit code tells how it ended. Ctrl-C ends only the waiting.")
public final class WaitCommand extends ClientCommand {
    @Parameters(paramLabel = "ORDER", description = "Its id.")
    private String id = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long at most, such as 90s or 15m.")
    private Optional<Duration> timeout = Optional.empty();

    @Override
    protected int run(WireClient client) {
        Optional<OrderFacts> end = new OrderFollower(client, OrderDisplay.NONE).followToTheEnd(id, timeout);
        end.ifPresent(order -> print(order.json(), order.title() + ": " + order.standing()));
        return Outcome.report(end, this::remark);
    }
}
