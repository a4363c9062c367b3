package io.changeorder.example.foreignruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The engine over the runtime of one's own: another task for half of the threads, and all of it taken back. */
class RolloutOverThreadsTest {
    private static final Request ALICE = Request.by(new Actor("alice"));
    private static final Settings TWO = Settings.of(2)
            .withTiming(new Timing(Duration.ZERO, Timing.DEFAULT.instanceReady(), Timing.DEFAULT.batch()));

    @Test
    void anotherTaskForHalfOfTheThreadsIsTakenBack() {
        Map<String, WorkerPool.Task> tasks =
                Map.of("mail", RolloutOverThreadsTest::serve, "better mail", RolloutOverThreadsTest::serve);
        try (WorkerPool<Entry> pool = new WorkerPool<>(tasks, Clock.systemUTC(), Thread::new);
                ThreadPoolRuntime runtime = new ThreadPoolRuntime(pool, Clock.systemUTC());
                InMemoryChangeOrderStore store = new InMemoryChangeOrderStore();
                ChangeOrderEngine engine = ChangeOrderEngine.builder()
                        .store(store)
                        .runtime(runtime)
                        .build()
                        .start()) {
            var create = new CreateApplication.Command("mailers", "", Revision.command("mail"), TWO, true, "");
            var created = engine.commands().create().handle(ALICE, create).orElseThrow();
            await(engine, created.order(), Status.SUCCEEDED);
            ApplicationId mailers = created.application();
            List<String> before = names(pool, mailers);
            assertThat(tasks(pool, mailers)).containsExactly("mail", "mail");

            var deploy = DeployApplication.Command.of(mailers, Revision.command("better mail"))
                    .withStrategy(UpdateStrategy.manual(2));
            var deployed = engine.commands().deploy().handle(ALICE, deploy).orElseThrow();
            await(engine, deployed.order(), Status.AWAITING_CONFIRMATION);
            assertThat(tasks(pool, mailers)).containsExactly("better mail", "mail");

            var takeBack = new AbortAndRollBackChangeOrder.Command(deployed.order());
            var aborted =
                    engine.commands().abortAndRollBack().handle(ALICE, takeBack).orElseThrow();
            ChangeOrder rollback = await(engine, aborted.rollback(), Status.SUCCEEDED);
            assertThat(rollback.proof().map(Proof::holds)).contains(true);
            assertThat(tasks(pool, mailers)).containsExactly("mail", "mail");
            assertThat(names(pool, mailers))
                    .as("the one that was left alone is still there")
                    .containsAnyElementsOf(before);
        }
    }

    private static void serve(Worker<?> self) throws InterruptedException {
        self.setReady(true);
        new CountDownLatch(1).await();
    }

    private static List<String> tasks(WorkerPool<Entry> pool, ApplicationId crew) {
        return workers(pool, crew).stream().map(Worker::task).sorted().toList();
    }

    private static List<String> names(WorkerPool<Entry> pool, ApplicationId crew) {
        return workers(pool, crew).stream().map(Worker::name).toList();
    }

    private static List<Worker<Entry>> workers(WorkerPool<Entry> pool, ApplicationId crew) {
        return pool.crew(crew.value()).hold(Crew::staying);
    }

    private static ChangeOrder await(ChangeOrderEngine engine, Optional<ChangeOrderId> order, Status status) {
        DescribeChangeOrder.Query query = new DescribeChangeOrder.Query(order.orElseThrow());
        return Awaitility.await("it is " + status)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> engine.queries()
                                .describeOrder()
                                .handle(ALICE, query)
                                .orElseThrow()
                                .order(),
                        found -> found.status() == status);
    }
}
