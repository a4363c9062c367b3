package io.changeorder.application.usecase;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.reasonOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Operation;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.spi.Metrics;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ApplicationId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandDeskTest {
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private final EngineWorld world = new EngineWorld(builder -> builder.metrics(new Metrics() {
        @Override
        public void answered(Operation operation, boolean accepted, Duration took) {
            answered.add(operation + (accepted ? " accepted" : " refused"));
        }
    }));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    @Test
    void everyCommandIsCountedOnceWithWhatBecameOfIt() {
        ApplicationId app = accepted(world.alice().create("hello", world.pinned(aRevision("1")), swift(2)))
                .application();
        assertThat(reasonOf(world.alice().restart(new ApplicationId("nowhere"))))
                .isEqualTo(Reason.APPLICATION_NOT_FOUND);
        assertThat(answered)
                .containsExactly(
                        Operation.CREATE_APPLICATION + " accepted", Operation.RESTART_APPLICATION + " refused");
        world.awaitRest(app);
    }
}
