package io.changeorder.adapter.rest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.engine.ApplicationDriver;
import io.changeorder.application.engine.Committer;
import io.changeorder.application.engine.Effects;
import io.changeorder.application.engine.EventFeed;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.fake.CountingIdSource;
import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.HistoryFold;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A whole engine over fakes on one thread: orders move when they are told to, so the same requests find the same world
 * every time.
 */
final class QuietWorld implements AutoCloseable {
    private static final Duration STEP = Duration.ofSeconds(7);

    private final SettableClock clock = new SettableClock();
    private final InMemoryChangeOrderStore store = new InMemoryChangeOrderStore();
    private final SimulatedRuntime runtime = new SimulatedRuntime(clock);
    private final AtomicInteger thrown = new AtomicInteger();
    private final EventFeed feed;
    private final ApplicationDriver driver;
    private final ChangeOrderEngine engine;
    private final RestApi api;

    QuietWorld() {
        CountingIdSource ids = new CountingIdSource();
        NodeId node = new NodeId("node-1");
        Metrics metrics = new Metrics() {
            @Override
            public void threw(String part) {
                thrown.incrementAndGet();
            }
        };
        feed = new EventFeed(ChangeOrderListener.NONE, metrics);
        driver = new ApplicationDriver(
                store,
                new Committer(store, feed, new Identities(ids, node)),
                new Effects(store, runtime, EngineOptions.DEFAULT, metrics),
                new Identities(ids, node),
                clock,
                metrics);
        engine = ChangeOrderEngine.builder()
                .store(store)
                .runtime(runtime)
                .clock(clock)
                .ids(ids)
                .node(node)
                .metrics(metrics)
                .build();
        api = RestApi.builder(engine.commands(), engine.queries()).clock(clock).build();
    }

    RestApi api() {
        return api;
    }

    /** The text with the ids of what is newest in the places that ask for them: $app, $order, $batch and $version. */
    String named(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        Optional<Application> newest = newest(applications());
        String named = text;
        if (newest.isPresent()) {
            ApplicationId id = newest.get().id();
            named = named.replace("$app", id.value());
            Optional<ChangeOrder> order = newest(orders(id));
            Optional<Version> version = newest(store.listVersions(id));
            named = named.replace(
                            "$version", version.map(each -> each.id().value()).orElse(""))
                    .replace("$order", order.map(each -> each.id().value()).orElse(""))
                    .replace(
                            "$batch",
                            order.flatMap(each -> each.progress().currentBatch())
                                    .map(batch -> batch.id().value())
                                    .orElse(""));
        }
        return named;
    }

    /** Every order goes as far as it can, some time passes, and again. */
    void move() {
        applications().forEach(each -> driver.drive(each.id(), () -> true));
        clock.advance(STEP);
        applications().forEach(each -> driver.drive(each.id(), () -> true));
    }

    /** Nothing was swallowed on the way, and each history tells what is. */
    void assertIsSound() {
        assertThat(thrown).hasValue(0);
        for (Application each : applications()) {
            TreeMap<io.changeorder.domain.id.ChangeOrderId, HistoryFold.OrderPresent> present = new TreeMap<>();
            for (ChangeOrder order : orders(each.id())) {
                present.put(
                        order.id(),
                        new HistoryFold.OrderPresent(
                                order.status(), order.progress().current(), order.attention()));
            }
            assertThat(HistoryFold.fold(store.history(each.id(), 1, Integer.MAX_VALUE)))
                    .isEqualTo(HistoryFold.Present.of(each, present));
        }
    }

    private List<Application> applications() {
        return store.listApplications(new ApplicationQuery("", "", 0, 1_000)).items();
    }

    private List<ChangeOrder> orders(ApplicationId id) {
        return store.listOrders(new OrderQuery(id, List.of(), List.of(), "", true, 0, 1_000))
                .items();
    }

    private static <T> Optional<T> newest(List<T> oldestFirst) {
        return oldestFirst.isEmpty() ? Optional.empty() : Optional.of(oldestFirst.get(oldestFirst.size() - 1));
    }

    @Override
    public void close() {
        engine.close();
        feed.close();
        runtime.close();
        store.close();
    }
}
