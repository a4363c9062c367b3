package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.awaitNow;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.Interceptor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a close waits for, and what it leaves. */
class ClosingTest {
    private final EngineWorld world = new EngineWorld();
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Revision v2 = world.pinned(aRevision("2"));

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    @Test
    void aMoveThatIsBeingMadeIsFinishedFirst() throws InterruptedException {
        ApplicationId app = world.running("hello", v1, swift(2));
        ParkedCall parked = new ParkedCall();
        world.succeed(parkingScales(parked));
        ChangeOrderId order = orderOf(world.alice().rescale(app, 3));
        parked.awaitArrival();

        Thread closer = new Thread(world.engine()::close);
        closer.start();
        awaitNow(() -> closer.getState() == Thread.State.TIMED_WAITING);
        assertThat(world.instances(app, v1)).hasSize(2);
        parked.release();
        closer.join();

        assertThat(world.instances(app, v1)).as("the move was made").hasSize(3);
        assertThat(world.order(order).isLive())
                .as("the rest is for the next engine")
                .isTrue();
        world.restart();
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void whatIsLeftIsAnybodysAtOnce() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        ChangeOrder left = world.order(order);
        world.restart();
        ChangeOrderId rollback =
                accepted(world.alice().abortAndRollBack(order)).rollback().orElseThrow();

        world.awaitStatus(rollback, Status.SUCCEEDED);
        assertThat(world.order(rollback).lease()).isNotEqualTo(left.lease());
        assertThat(world.instances(app, v1)).hasSize(4);
    }

    private static Interceptor parkingScales(ParkedCall parked) {
        return new Interceptor() {
            @Override
            public <T> T around(Call call, Supplier<T> proceed) {
                if (call == Call.SCALE) {
                    parked.pass();
                }
                return proceed.get();
            }
        };
    }
}
