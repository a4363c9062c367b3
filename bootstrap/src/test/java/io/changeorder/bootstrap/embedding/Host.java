package io.changeorder.bootstrap.embedding;

import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A host with an engine over a SQLite file and real processes; what its listener heard is kept. */
record Host(SqliteChangeOrderStore store, ProcessRuntime runtime, ChangeOrderEngine engine, List<Event> heard)
        implements AutoCloseable {
    private static final Request ALICE = Request.by(new Actor("alice"));
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Settings SWIFT = Settings.of(2)
            .withTiming(new Timing(Duration.ZERO, Timing.DEFAULT.instanceReady(), Timing.DEFAULT.batch()));

    static Host in(Path folder, String node) throws IOException {
        List<Event> heard = new CopyOnWriteArrayList<>();
        SqliteChangeOrderStore store = SqliteChangeOrderStore.open(folder, new NodeId(node));
        ProcessRuntime runtime = ProcessRuntime.in(folder).open();
        ChangeOrderEngine engine = ChangeOrderEngine.builder()
                .store(store)
                .runtime(runtime)
                .listener(heard::addAll)
                .build()
                .start();
        return new Host(store, runtime, engine, heard);
    }

    /** Has two processes sleep for so many seconds. */
    ApplicationId settle(int seconds) {
        Receipt created = engine.commands()
                .create()
                .handle(ALICE, new CreateApplication.Command("sleeper", "", sleep(seconds), SWIFT, true, ""))
                .orElseThrow();
        await(created.order().orElseThrow(), Status.SUCCEEDED);
        return created.application();
    }

    /** Begins to have them sleep for so many instead, one after the other. */
    ChangeOrderId deploy(ApplicationId application, int seconds) {
        return engine.commands()
                .deploy()
                .handle(
                        ALICE,
                        DeployApplication.Command.of(application, sleep(seconds))
                                .withStrategy(UpdateStrategy.manual(2)))
                .orElseThrow()
                .order()
                .orElseThrow();
    }

    /** Takes it back, until that is proved. */
    ChangeOrder takeBack(ChangeOrderId order) {
        return await(abort(order), Status.SUCCEEDED);
    }

    /** Gives the rollback. */
    ChangeOrderId abort(ChangeOrderId order) {
        return engine.commands()
                .abortAndRollBack()
                .handle(ALICE, new AbortAndRollBackChangeOrder.Command(Optional.of(order)))
                .orElseThrow()
                .rollback()
                .orElseThrow();
    }

    ChangeOrder await(ChangeOrderId order, Status status) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> engine.queries()
                                .describeOrder()
                                .handle(ALICE, new DescribeChangeOrder.Query(order))
                                .orElseThrow()
                                .order(),
                        found -> found.status() == status);
    }

    private static Revision sleep(int seconds) {
        return Revision.command("/bin/sleep", Integer.toString(seconds)).withTerminationGraceSeconds(1);
    }

    /** Leaves the processes to whoever comes next. */
    @Override
    public void close() {
        engine.close();
        runtime.close();
        store.close();
    }

    /** Leaves nothing behind in the folder. */
    static void endAll(Path folder) throws IOException {
        try (ProcessRuntime runtime = ProcessRuntime.in(folder).open()) {
            if (!runtime.endAll(PATIENCE)) {
                throw new IllegalStateException("processes are left in " + folder);
            }
        }
    }
}
