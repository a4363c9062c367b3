package io.changeorder.spring;

import io.changeorder.application.spi.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Meters the engine where the host has a registry. The names are those of Boot 3 and of Boot 4. */
@AutoConfiguration(
        before = ChangeorderAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnMissingBean(Metrics.class)
public final class ChangeorderMetricsAutoConfiguration {
    @Bean
    Metrics changeorderMetrics(MeterRegistry registry) {
        return new MeteredEngine(registry);
    }
}
