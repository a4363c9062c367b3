package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.awaitNow;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.application.spi.Metrics;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever listens hears everything in order, and harms nobody. */
class ListenerTest {
    private static final Revision V1 = aRevision("1");
    private static final Revision V2 = aRevision("2");

    private final Map<String, AtomicInteger> thrown = new ConcurrentHashMap<>();
    private final Metrics metrics = new Metrics() {
        @Override
        public void threw(String what) {
            thrown.computeIfAbsent(what, any -> new AtomicInteger()).incrementAndGet();
        }
    };

    private EngineWorld heardBy(ChangeOrderListener listener) {
        return new EngineWorld(builder -> builder.listener(listener).metrics(metrics));
    }

    private int thrown(String what) {
        return thrown.getOrDefault(what, new AtomicInteger()).get();
    }

    @Test
    void hearsEveryEventOfAnApplicationInOrder() {
        Map<ApplicationId, List<Event>> heard = new ConcurrentHashMap<>();
        try (EngineWorld world = heardBy(events ->
                events.forEach(event -> heard.computeIfAbsent(event.application(), any -> new CopyOnWriteArrayList<>())
                        .add(event)))) {
            List<ApplicationId> apps = IntStream.range(0, 5)
                    .mapToObj(number -> world.running("hello-" + number, V1, swift(2)))
                    .toList();
            apps.forEach(app -> world.halfDeployed(app, world.pinned(V2)));
            apps.forEach(app -> accepted(
                    world.alice().abortAndRollBack(world.application(app).lastOrder())));
            apps.forEach(world::awaitRest);
            for (ApplicationId app : apps) {
                List<Event> history = world.store().history(app, 1, Integer.MAX_VALUE);
                awaitNow(() -> heard.get(app).size() == history.size());
                assertThat(heard.get(app)).isEqualTo(history);
            }
        }
    }

    @Test
    void thatThrowsIsCountedAndHearsTheNextEvents() {
        AtomicInteger heard = new AtomicInteger();
        try (EngineWorld world = heardBy(events -> {
            heard.incrementAndGet();
            throw new IllegalStateException("a listener that always throws");
        })) {
            ApplicationId app = world.running("hello", V1, swift(2));
            world.awaitStatus(orderOf(world.alice().rescale(app, 3)), Status.SUCCEEDED);
            awaitNow(() -> heard.get() > 1 && thrown("listener") == heard.get());
        }
    }

    @Test
    void thatThrowsAnErrorHearsTheNextEventsAsWell() {
        AtomicInteger heard = new AtomicInteger();
        try (EngineWorld world = heardBy(events -> {
            heard.incrementAndGet();
            throw new AssertionError("a listener that always fails");
        })) {
            world.running("hello", V1, swift(2));
            awaitNow(() -> heard.get() > 1 && thrown("listener") == heard.get());
        }
    }

    @Test
    void thatBlocksHoldsUpNobodyAndTheEngineCloses() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (EngineWorld world = heardBy(events -> {
            try {
                never.await();
            } catch (InterruptedException end) {
                interrupted.countDown();
            }
        })) {
            ApplicationId app = world.running("hello", V1, swift(2));
            world.awaitStatus(orderOf(world.alice().rescale(app, 3)), Status.SUCCEEDED);
        }
        assertThat(interrupted.getCount()).isZero();
        assertThat(never.getCount()).isEqualTo(1);
    }
}
