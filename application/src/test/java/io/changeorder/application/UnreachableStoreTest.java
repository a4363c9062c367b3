package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.awaitNow;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.api.Operation;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.fixture.Interceptor;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that is away now and then, or answers with conflicts, or whose answers are lost. */
class UnreachableStoreTest {
    private final AtomicInteger troubles = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();
    private final Metrics metrics = new Metrics() {
        @Override
        public void threw(String what) {
            troubles.incrementAndGet();
        }

        @Override
        public void conflicted(Operation operation) {
            conflicts.incrementAndGet();
        }
    };
    private final EngineWorld world = new EngineWorld(
            builder -> builder.metrics(metrics).options(EngineOptions.DEFAULT.withLease(Duration.ofSeconds(1))));
    private final Revision v1 = world.pinned(aRevision("1"));
    private final Trouble trouble = new Trouble();

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    /** What becomes of calls. */
    private static final class Trouble implements Interceptor {
        private final Set<Call> away = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean loseAnAnswer = new AtomicBoolean();
        private final AtomicInteger conflictsToGive = new AtomicInteger();
        private final AtomicBoolean failAsNobodyExpects = new AtomicBoolean();

        @Override
        @SuppressWarnings("unchecked")
        public <T> T around(Call call, Supplier<T> proceed) {
            if (away.contains(call)) {
                throw new StoreUnavailableException("away");
            }
            if (call == Call.OBSERVE && failAsNobodyExpects.compareAndSet(true, false)) {
                throw new StackOverflowError("a bug of the runtime");
            }
            if (call == Call.COMMIT && conflictsToGive.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return (T) CommitResult.CONFLICT;
            }
            T answer = proceed.get();
            if (call == Call.COMMIT && loseAnAnswer.compareAndSet(true, false)) {
                throw new StoreUnavailableException("it is unknown whether this was done: " + answer);
            }
            return answer;
        }

        void away(Set<Call> calls) {
            away.addAll(calls);
        }

        void back() {
            away.clear();
        }
    }

    private ApplicationId running() {
        ApplicationId app = world.running("hello", v1, swift(2));
        world.abandon(trouble);
        return app;
    }

    @Test
    void aCommandThrowsAndNothingWasDone() {
        ApplicationId app = running();
        trouble.away(EnumSet.of(Interceptor.Call.COMMIT));
        assertThatThrownBy(() -> world.alice().rescale(app, 3)).isInstanceOf(StoreUnavailableException.class);
        trouble.away(EnumSet.of(Interceptor.Call.READ));
        assertThatThrownBy(() -> world.alice().rescale(app, 3)).isInstanceOf(StoreUnavailableException.class);
        trouble.back();
        assertThat(world.orders(app)).hasSize(1);
        world.awaitStatus(orderOf(world.alice().rescale(app, 3)), Status.SUCCEEDED);
    }

    @Test
    void theRunnerTriesAgainUntilTheStoreIsBack() {
        ApplicationId app = running();
        ChangeOrderId order = orderOf(world.alice().rescale(app, 3));
        trouble.away(EnumSet.of(Interceptor.Call.COMMIT, Interceptor.Call.READ));
        world.wakeAll();
        boolean done = world.order(order).status() == Status.SUCCEEDED;
        awaitNow(() -> done || troubles.get() > 0 || world.order(order).status() == Status.SUCCEEDED);
        trouble.back();
        world.awaitStatus(order, Status.SUCCEEDED);
        assertThat(world.instances(app, v1)).hasSize(3);
    }

    @Test
    void aCommandWhoseAnswerWasLostIsCarriedOutAllTheSame() {
        ApplicationId app = running();
        trouble.loseAnAnswer.set(true);
        assertThatThrownBy(() -> world.alice().rescale(app, 3)).isInstanceOf(StoreUnavailableException.class);
        awaitNow(() -> world.instances(app, v1).size() == 3);
        ChangeOrder order = world.order(world.application(app).lastOrder().orElseThrow());
        world.awaitStatus(order.id(), Status.SUCCEEDED);
    }

    @Test
    void anAbortWhoseAnswerWasLostIsCarriedOutAllTheSame() {
        ApplicationId app = world.running("hello", v1, swift(4));
        Revision v2 = world.pinned(aRevision("2"));
        ChangeOrderId order = world.halfDeployed(app, v2);
        world.abandon(trouble);
        world.awaitThat(() -> world.application(app).fence().value() > 0
                && !world.application(app).growth().isHalted());
        trouble.loseAnAnswer.set(true);
        assertThatThrownBy(() -> world.alice().abortAndRollBack(order)).isInstanceOf(StoreUnavailableException.class);
        world.awaitStatus(world.order(order).undoneBy().orElseThrow(), Status.SUCCEEDED);
        assertThat(world.runtime().fence(app)).isEqualTo(world.application(app).fence());
        assertThat(world.instances(app, v1)).hasSize(4);
    }

    @Test
    void aPlainAbortWhoseAnswerWasLostIsCarriedOutAllTheSame() {
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, world.pinned(aRevision("2")));
        world.abandon(trouble);
        world.awaitThat(() -> world.application(app).fence().value() > 0
                && !world.application(app).growth().isHalted());
        trouble.loseAnAnswer.set(true);
        assertThatThrownBy(() -> world.alice().abort(order)).isInstanceOf(StoreUnavailableException.class);
        awaitNow(() -> world.order(order).status() == Status.ABORTED
                && !world.application(app).growth().isHalted());
        world.runtime().kill(app, world.instances(app, v1).iterator().next());
        world.awaitThat(() -> world.runtime().observe(app).instances().stream()
                .allMatch(instance -> instance.readySince().isPresent()));
    }

    @Test
    void conflictsAreDecidedAnew() {
        ApplicationId app = running();
        trouble.conflictsToGive.set(5);
        ChangeOrderId order = orderOf(world.alice().rescale(app, 3));
        assertThat(conflicts).hasValue(5);
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void conflictsWithoutEndAreGivenUpAndNothingWasDone() {
        ApplicationId app = running();
        trouble.conflictsToGive.set(Integer.MAX_VALUE);
        assertThatThrownBy(() -> world.alice().rescale(app, 3))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("changed " + conflicts + " times")
                .hasMessageContaining("nothing was done");
        trouble.conflictsToGive.set(0);
        assertThat(world.orders(app)).hasSize(1);
        assertThat(accepted(world.alice().rescale(app, 3)).order()).isPresent();
    }

    @Test
    void aRunnerThatLosesRacesGoesOn() {
        ApplicationId app = running();
        ChangeOrderId order = orderOf(world.alice().rescale(app, 3));
        trouble.conflictsToGive.set(20);
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void anErrorInTheRunnerStrandsNoOrder() {
        ApplicationId app = running();
        trouble.failAsNobodyExpects.set(true);
        ChangeOrderId order = orderOf(world.alice().rescale(app, 3));
        awaitNow(() -> troubles.get() > 0);
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void anEngineThatCanNotReachItsStoreAtTheStartSaysSo() {
        trouble.away(EnumSet.of(Interceptor.Call.READ));
        ChangeOrderEngine engine = world.build(trouble);
        assertThatThrownBy(engine::start).isInstanceOf(StoreUnavailableException.class);
        engine.close();
    }

    @Test
    void aTakeOverThatMeetsAStoreThatIsAwayIsMadeWhenItIsBack() {
        Revision v2 = world.pinned(aRevision("2"));
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        trouble.away(EnumSet.of(Interceptor.Call.COMMIT));
        world.abandon(trouble);
        awaitNow(() -> troubles.get() > 0);
        trouble.back();
        world.awaitThat(() -> world.application(app).fence().value() > 0
                && !world.application(app).growth().isHalted());
        accepted(world.alice().confirm(world.batch(order), true));
        world.awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void aTakeOverThatLosesARaceIsLookedIntoAgain() {
        Revision v2 = world.pinned(aRevision("2"));
        ApplicationId app = world.running("hello", v1, swift(4));
        ChangeOrderId order = world.halfDeployed(app, v2);
        trouble.conflictsToGive.set(1);
        world.abandon(trouble);
        awaitNow(() -> world.application(app).fence().value() > 0);
        world.awaitThat(() -> !world.application(app).growth().isHalted());
        accepted(world.alice().confirm(world.batch(order), true));
        world.awaitStatus(order, Status.SUCCEEDED);
    }
}
