package io.changeorder.spring;

import io.changeorder.application.api.Operation;
import io.changeorder.application.spi.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/**
 * Hands the engine's figures to Micrometer: the timers {@code changeorder.calls} (by operation and outcome) and
 * {@code changeorder.moves}, and the counters {@code changeorder.conflicts} (by operation) and {@code changeorder.thrown}
 * (by what threw).
 */
final class MeteredEngine implements Metrics {
    private static final String OPERATION = "operation";

    private final MeterRegistry registry;

    MeteredEngine(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void answered(Operation operation, boolean accepted, Duration took) {
        registry.timer("changeorder.calls", OPERATION, name(operation), "outcome", accepted ? "accepted" : "refused")
                .record(took);
    }

    @Override
    public void conflicted(Operation operation) {
        registry.counter("changeorder.conflicts", OPERATION, name(operation)).increment();
    }

    @Override
    public void moved(Duration took) {
        registry.timer("changeorder.moves").record(took);
    }

    @Override
    public void threw(String what) {
        registry.counter("changeorder.thrown", "what", what).increment();
    }

    private static String name(Operation operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }
}
