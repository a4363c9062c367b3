package io.changeorder.bootstrap.readme;

import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The example of the README: what is between the marks is shown there, letter by letter. */
final class ReadmeExample {
    private ReadmeExample() {}

    static Proof run(Path folder) throws IOException {
        // example-begin
        try (var store = SqliteChangeOrderStore.open(folder, new NodeId("node-1"));
                var runtime = ProcessRuntime.in(folder).open();
                var engine = ChangeOrderEngine.builder()
                        .store(store)
                        .runtime(runtime)
                        .build()) {
            var commands = engine.start().commands();
            var alice = Request.by(new Actor("alice"));
            var one = Revision.command("/bin/sleep", "1001");
            var two = Revision.command("/bin/sleep", "1002");

            var first = new CreateApplication.Command("hello", "", one, Settings.of(4), true, "");
            var created = commands.create().handle(alice, first).orElseThrow();
            await(engine, created.order(), Status.SUCCEEDED);

            var inTwoBatches =
                    DeployApplication.Command.of(created.application(), two).withStrategy(UpdateStrategy.manual(2));
            var deployed = commands.deploy().handle(alice, inTwoBatches).orElseThrow();
            await(engine, deployed.order(), Status.AWAITING_CONFIRMATION); // two and two are running now

            var takeBack = new AbortAndRollBackChangeOrder.Command(deployed.order());
            var aborted = commands.abortAndRollBack().handle(alice, takeBack).orElseThrow();
            return await(engine, aborted.rollback(), Status.SUCCEEDED).proof().orElseThrow();
        }
        // example-end
    }

    private static ChangeOrder await(ChangeOrderEngine engine, Optional<ChangeOrderId> order, Status status) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> engine.queries()
                                .describeOrder()
                                .handle(
                                        Request.by(new Actor("alice")),
                                        new DescribeChangeOrder.Query(order.orElseThrow()))
                                .orElseThrow()
                                .order(),
                        found -> found.status() == status);
    }
}
