package io.changeorder.application;

import static io.changeorder.application.fixture.EngineWorld.ALICE;
import static io.changeorder.application.fixture.EngineWorld.accepted;
import static io.changeorder.application.fixture.EngineWorld.awaitNow;
import static io.changeorder.application.fixture.EngineWorld.orderOf;
import static io.changeorder.application.fixture.EngineWorld.swift;
import static io.changeorder.application.fixture.Revisions.aRevision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.query.DescribeApplication;
import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.fixture.Caller;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.revision.Revision;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A runtime of somebody's own that breaks its contract: told once, the order held for a person, the engine alive. */
class BrokenRuntimeTest {
    /** What a runtime may not do. */
    private enum Breach {
        GIVES_NULL,
        THROWS,
        FAILS,
        SEES_DOUBLE;

        Object answer(Supplier<Object> right) {
            return switch (this) {
                case GIVES_NULL -> null;
                case THROWS -> throw new IllegalStateException("a runtime with a bug");
                case FAILS -> throw new AssertionError("a runtime with a bug");
                case SEES_DOUBLE -> doubled((Observation) right.get());
            };
        }

        private static Observation doubled(Observation seen) {
            return new Observation(
                    seen.at(),
                    Stream.concat(seen.instances().stream(), seen.instances().stream())
                            .toList());
        }
    }

    /** A call about one application in which the contract is broken. */
    private record Spoilt(String call, ApplicationId application) {}

    private static final List<String> CALLS = List.of("observe", "scale", "raise", "prove");

    private final InMemoryChangeOrderStore store = new InMemoryChangeOrderStore();
    private final SimulatedRuntime runtime = new SimulatedRuntime(InstantSource.system());
    private final Map<Spoilt, Breach> broken = new ConcurrentHashMap<>();
    private final Map<Spoilt, Integer> breaches = new ConcurrentHashMap<>();
    private final AtomicInteger thrown = new AtomicInteger();
    private final ChangeOrderEngine engine = ChangeOrderEngine.builder()
            .store(store)
            .runtime(sabotaged(runtime))
            .metrics(new Metrics() {
                @Override
                public void threw(String what) {
                    if (what.equals("runtime")) {
                        thrown.incrementAndGet();
                    }
                }
            })
            .build()
            .start();
    private final Caller alice = new Caller(engine::commands, ALICE);
    private final Revision v1 = pinned(aRevision("1"));
    private final Revision v2 = pinned(aRevision("2"));

    @AfterEach
    void close() {
        engine.close();
        runtime.close();
        store.close();
    }

    @Test
    void thatThrowsWhenItIsAskedToLookHoldsTheOrderAndNobodyElse() {
        ApplicationId app = running("hello");
        ApplicationId other = running("other");
        spoil("observe", app, Breach.THROWS);
        ChangeOrderId order = orderOf(alice.deploy(app, v2, settings -> settings));

        assertHeldOnce(app, order, "observe threw");
        awaitStatus(orderOf(alice.deploy(other, v2, settings -> settings)), Status.SUCCEEDED);
        assertThat(accepted(engine.queries()
                                .describeApplication()
                                .handle(
                                        ALICE,
                                        new DescribeApplication.Query(app, Operation.DESCRIBE_APPLICATION_STATUS)))
                        .observed())
                .isFalse();

        mend("observe", app);
        assertThat(awaitStatus(order, Status.SUCCEEDED).attention()).isEmpty();
    }

    @Test
    void isAskedAgainUntilItIsMendedThoughNobodyTellsOfIt() {
        Map<Spoilt, ChangeOrderId> held = new LinkedHashMap<>();
        for (Breach how : Breach.values()) {
            for (String call : how == Breach.SEES_DOUBLE ? List.of("observe") : CALLS) {
                String name = (call + "-" + how).toLowerCase(Locale.ROOT).replace('_', '-');
                Spoilt spoilt = new Spoilt(call, running(name));
                held.put(spoilt, openedOn(spoilt, how));
            }
        }
        held.forEach((spoilt, order) -> {
            awaitNow(() -> attention(order).isPresent());
            int before = breaches.get(spoilt);
            awaitNow(() -> breaches.get(spoilt) > before + 1);
        });
        held.keySet().forEach(broken::remove);
        held.forEach((spoilt, order) -> {
            awaitNow(() -> store.findOrder(order).orElseThrow().status() == Status.SUCCEEDED);
            assertThat(attention(order)).as("%s", spoilt).isEmpty();
        });
    }

    /** An order that needs the call, opened when the runtime breaks its contract in it. */
    private ChangeOrderId openedOn(Spoilt spoilt, Breach how) {
        ApplicationId app = spoilt.application();
        if (List.of("raise", "prove").contains(spoilt.call())) {
            ChangeOrderId order = halfDeployed(app);
            broken.put(spoilt, how);
            return accepted(alice.abortAndRollBack(order)).rollback().orElseThrow();
        }
        broken.put(spoilt, how);
        return orderOf(alice.deploy(app, v2, settings -> settings));
    }

    private Optional<Attention> attention(ChangeOrderId order) {
        return store.findOrder(order).orElseThrow().attention();
    }

    @Test
    void thatGivesNothingWhenItIsAskedToScaleHoldsTheOrder() {
        ApplicationId app = running("hello");
        spoil("scale", app, Breach.GIVES_NULL);
        ChangeOrderId order = orderOf(alice.deploy(app, v2, settings -> settings));

        assertHeldOnce(app, order, "scale gave null");

        mend("scale", app);
        assertThat(awaitStatus(order, Status.SUCCEEDED).attention()).isEmpty();
    }

    @Test
    void thatFailsToProveHoldsTheRollback() {
        ApplicationId app = running("hello");
        ChangeOrderId order = halfDeployed(app);
        spoil("prove", app, Breach.FAILS);
        ChangeOrderId rollback =
                accepted(alice.abortAndRollBack(order)).rollback().orElseThrow();

        assertHeldOnce(app, rollback, "prove threw java.lang.AssertionError");

        mend("prove", app);
        assertThat(awaitStatus(rollback, Status.SUCCEEDED).proof())
                .hasValueSatisfying(proof -> assertThat(proof.holds()).isTrue());
    }

    @Test
    void commandsThatHaveToLookSayThatItIsTheRuntime() {
        ApplicationId app = running("hello");
        ChangeOrderId order = halfDeployed(app);
        BatchId batch = store.findOrder(order)
                .orElseThrow()
                .progress()
                .currentBatch()
                .orElseThrow()
                .id();
        for (Breach breach : Breach.values()) {
            spoil("observe", app, breach);
            assertThatThrownBy(() -> alice.confirm(batch, true))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("The runtime broke its contract: observe");
        }
        mend("observe", app);
        accepted(alice.confirm(batch, true));
        awaitStatus(order, Status.SUCCEEDED);

        for (String call : List.of("prove", "observe")) {
            spoil(call, app, Breach.THROWS);
            assertThatThrownBy(() -> alice.rollBack(app, v2.id()))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("The runtime broke its contract: " + call);
        }
    }

    @Test
    void thatThrowsWhenItIsAskedToRaiseAFenceConfirmsNothingAndHoldsTheRollback() {
        ApplicationId app = running("hello");
        ChangeOrderId order = halfDeployed(app);
        spoil("raise", app, Breach.THROWS);
        Receipt aborted = accepted(alice.abortAndRollBack(order));

        assertThat(aborted.fenceConfirmed()).isFalse();
        assertHeldOnce(app, aborted.rollback().orElseThrow(), "raise threw");
        assertThat(store.findOrder(aborted.rollback().orElseThrow())
                        .orElseThrow()
                        .status())
                .isEqualTo(Status.PREPARING);

        mend("raise", app);
        awaitStatus(aborted.rollback().orElseThrow(), Status.SUCCEEDED);
    }

    @Test
    void thatSeesAnInstanceTwiceHoldsTheOrder() {
        ApplicationId app = running("hello");
        spoil("observe", app, Breach.SEES_DOUBLE);
        ChangeOrderId order = orderOf(alice.rescale(app, 3));

        assertHeldOnce(app, order, "is there twice");

        mend("observe", app);
        awaitStatus(order, Status.SUCCEEDED);
    }

    @Test
    void thatStaysBrokenDoesNotKeepAnyoneFromAbortingOrClosing() {
        ApplicationId app = running("hello");
        ChangeOrderId order = halfDeployed(app);
        Stream.of("observe", "raise", "scale", "prove").forEach(call -> spoil(call, app, Breach.THROWS));
        assertThat(accepted(alice.abort(order)).fenceConfirmed()).isFalse();
        assertThat(store.findOrder(order).orElseThrow().status()).isEqualTo(Status.ABORTED);
        engine.close();
        assertThatThrownBy(() -> alice.rescale(app, 3)).isInstanceOf(IllegalStateException.class);
    }

    /** However often it was asked again meanwhile. */
    private void assertHeldOnce(ApplicationId app, ChangeOrderId order, String how) {
        awaitTold(order, () -> store.findOrder(order).orElseThrow().attention().isPresent());
        int asked = thrown.get();
        awaitTold(order, () -> thrown.get() > asked + 1);
        assertThat(store.findOrder(order).orElseThrow().attention())
                .hasValueSatisfying(attention -> assertThat(attention)
                        .isInstanceOfSatisfying(
                                Attention.RuntimeBroken.class,
                                broken -> assertThat(broken.how()).contains(how)));
        List<Input> inputs = store.history(app, 1, Integer.MAX_VALUE).stream()
                .map(event -> event.what())
                .filter(Happening.OrderMoved.class::isInstance)
                .map(Happening.OrderMoved.class::cast)
                .filter(moved -> moved.order().equals(order))
                .map(Happening.OrderMoved::input)
                .toList();
        assertThat(inputs).containsOnlyOnce(Input.HOLD).doesNotContain(Input.CLEAR);
    }

    private ApplicationId running(String name) {
        Receipt created = accepted(alice.create(name, v1, swift(2)));
        awaitStatus(created.order().orElseThrow(), Status.SUCCEEDED);
        return created.application();
    }

    private ChangeOrderId halfDeployed(ApplicationId app) {
        ChangeOrderId order =
                orderOf(alice.deploy(app, v2, settings -> settings.withStrategy(UpdateStrategy.manual(2))));
        awaitStatus(order, Status.AWAITING_CONFIRMATION);
        return order;
    }

    private ChangeOrder awaitStatus(ChangeOrderId order, Status status) {
        awaitTold(order, () -> store.findOrder(order).orElseThrow().status() == status);
        return store.findOrder(order).orElseThrow();
    }

    /** The runtime tells of it again and again meanwhile, so that nobody waits for the engine to ask by itself. */
    private void awaitTold(ChangeOrderId order, BooleanSupplier condition) {
        ApplicationId app = store.findOrder(order).orElseThrow().application();
        awaitNow(() -> {
            runtime.notifyChange(app);
            return condition.getAsBoolean();
        });
    }

    private Revision pinned(Revision revision) {
        return runtime.prepare(revision).match(ApplicationRuntime.Preparation.Prepared::revision, unusable -> {
            throw new AssertionError(unusable.why());
        });
    }

    private void spoil(String call, ApplicationId app, Breach how) {
        broken.put(new Spoilt(call, app), how);
    }

    private void mend(String call, ApplicationId app) {
        broken.remove(new Spoilt(call, app));
    }

    private ApplicationRuntime sabotaged(ApplicationRuntime inner) {
        return (ApplicationRuntime) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ApplicationRuntime.class}, (proxy, method, arguments) -> {
                    if (arguments == null || !(arguments[0] instanceof ApplicationId app)) {
                        return call(inner, method, arguments);
                    }
                    Spoilt spoilt = new Spoilt(method.getName(), app);
                    Breach how = broken.get(spoilt);
                    if (how == null) {
                        return call(inner, method, arguments);
                    }
                    breaches.merge(spoilt, 1, Integer::sum);
                    return how.answer(() -> call(inner, method, arguments));
                });
    }

    private static Object call(ApplicationRuntime inner, Method method, Object[] arguments) {
        try {
            return method.invoke(inner, arguments);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("can not happen", impossible);
        }
    }
}
