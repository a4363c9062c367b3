package io.changeorder.spring;

import io.changeorder.application.engine.Identities;
import io.changeorder.application.spi.store.ChangeOrderStore;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The health of the engine, where Boot 3 looks for it. */
@AutoConfiguration(after = ChangeorderAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
@ConditionalOnBean(ChangeOrderStore.class)
@ConditionalOnEnabledHealthIndicator("changeorder")
public final class HealthOnBoot3AutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "changeorderHealthIndicator")
    HealthIndicator changeorderHealthIndicator(ChangeOrderStore store, Identities identities) {
        return new Indicator(new StoreHealth(store, identities));
    }

    private static final class Indicator extends AbstractHealthIndicator {
        private final StoreHealth health;

        Indicator(StoreHealth health) {
            super("the store of change orders can't be reached");
            this.health = health;
        }

        @Override
        protected void doHealthCheck(Health.Builder builder) {
            health.look(builder.up()::withDetail);
        }
    }
}
