package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.ALICE;
import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.awaitNow;
import static io.changeorder.application.fixture.EngineWorld.reasonOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.spi.Metrics;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a host hears of the engine's work. */
class MetricsTest {
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private final List<String> threw = new CopyOnWriteArrayList<>();
    private final EngineWorld world = new EngineWorld(builder -> builder.metrics(new Metrics() {
        @Override
        public void answered(Operation operation, boolean accepted, Duration took) {
            answered.add(operation + (accepted ? " accepted" : " refused"));
        }

        @Override
        public void threw(String what) {
            threw.add(what);
        }
    }));
    private final Revision v1 = world.pinned(aRevision("1"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    @Test
    void everyCommandIsCountedOnceWithWhatBecameOfIt() {
        ApplicationId app =
                accepted(world.alice().create("hello", v1, swift(2))).application();
        assertThat(reasonOf(world.alice().restart(new ApplicationId("nowhere"))))
                .isEqualTo(Reason.APPLICATION_NOT_FOUND);
        assertThat(answered)
                .containsExactly(
                        Operation.CREATE_APPLICATION + " accepted", Operation.RESTART_APPLICATION + " refused");
        world.awaitRest(app);
    }

    @Test
    void everyQueryIsCountedOnceWithWhatBecameOfIt() {
        accepted(world.queries().describeMaintenance().handle(ALICE));
        DescribeChangeOrder.Query unknown = new DescribeChangeOrder.Query(new ChangeOrderId("unknown"));
        assertThat(reasonOf(world.queries().describeOrder().handle(ALICE, unknown)))
                .isEqualTo(Reason.ORDER_NOT_FOUND);
        assertThat(answered)
                .containsExactly(
                        Operation.DESCRIBE_MAINTENANCE + " accepted", Operation.DESCRIBE_CHANGE_ORDER + " refused");
    }

    @Test
    void aRuntimeThatIsAwayIsCountedAsTrouble() {
        ApplicationId app = world.running("hello", v1, swift(2));
        world.runtime().setUnreachable(true);
        accepted(world.alice().restart(app));
        awaitNow(() -> threw.contains("runtime"));
        world.runtime().setUnreachable(false);
        world.awaitRest(app);
    }
}
