package io.changeorder.bootstrap.watch;

import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Asks for an order again and again until something is so. Not thread-safe. */
public final class OrderFollower {
    private static final Duration PERIOD = Duration.ofMillis(200);

    private final WireClient client;
    private final OrderDisplay display;

    public OrderFollower(WireClient client, OrderDisplay display) {
        this.client = client;
        this.display = display;
    }

    /** How it is now. */
    public OrderFacts look(String order) {
        return OrderFacts.of(client.call(WireOperation.DESCRIBE_CHANGE_ORDER, Map.of("ChangeOrderId", order)));
    }

    /** Follows an order until it has ended or needs a person, then the rollback that it may have ended with. */
    public Optional<OrderFacts> followToTheEnd(String order, Optional<Duration> limit) {
        long from = System.nanoTime();
        Optional<OrderFacts> end = follow(order, facts -> !facts.isLive() || facts.needsPerson(), limit);
        Optional<String> rollback = end.flatMap(OrderFacts::rollback);
        return rollback.isPresent()
                ? follow(
                                rollback.get(),
                                facts -> !facts.isLive() || facts.needsPerson(),
                                limit.map(all -> all.minusNanos(System.nanoTime() - from)))
                        .flatMap(undone -> undone.needsPerson() ? Optional.of(undone) : end)
                : end;
    }

    /**
     * Follows an order until this is so.
     *
     * @param limit how long at most; for ever when absent
     * @return the order as it was then; empty when the limit passed first
     */
    public Optional<OrderFacts> follow(String order, Predicate<OrderFacts> reached, Optional<Duration> limit) {
        long from = System.nanoTime();
        while (true) {
            OrderFacts facts = look(order);
            display.show(facts, BatchProgress.of(client, facts));
            if (reached.test(facts)) {
                return Optional.of(facts);
            }
            long passed = System.nanoTime() - from;
            if (limit.filter(most -> passed >= most.toNanos()).isPresent() || !pause()) {
                return Optional.empty();
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PERIOD.toMillis());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
