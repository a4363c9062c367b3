package io.changeorder.spring;

import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.engine.UuidV7IdSource;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.IdSource;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An engine that lives as long as the application context: started when every bean is there, before the first request is
 * served, and closed before its store and its runtime. Each use case is a bean of its interface. Whatever the host brings
 * itself (a store, a runtime, an authorizer, a listener, metrics, a clock, ids, options) takes the place of the usual one.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "changeorder.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ChangeorderProperties.class)
@Import(EngineBeans.class)
public final class ChangeorderAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    EngineOptions changeorderOptions(ChangeorderProperties properties) {
        return properties.options();
    }

    @Bean
    @ConditionalOnMissingBean
    InstantSource changeorderClock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    IdSource changeorderIds(InstantSource clock) {
        return new UuidV7IdSource(clock);
    }

    @Bean
    @ConditionalOnMissingBean
    Authorizer changeorderAuthorizer() {
        return Authorizer.ALLOW_ALL;
    }

    @Bean
    @ConditionalOnMissingBean
    ChangeOrderListener changeorderListener() {
        return ChangeOrderListener.NONE;
    }

    @Bean
    @ConditionalOnMissingBean
    Metrics changeorderMetrics() {
        return Metrics.NONE;
    }

    @Bean
    SmartInitializingSingleton changeorderStart(ChangeOrderEngine engine) {
        return engine::start;
    }

    /** The store of a host that has none of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SqliteChangeOrderStore.class)
    @ConditionalOnMissingBean(ChangeOrderStore.class)
    @ConditionalOnProperty("changeorder.data-folder")
    static class FolderStore {
        @Bean
        ChangeOrderStore changeorderStore(ChangeorderProperties properties, Identities identities) {
            return SqliteChangeOrderStore.open(properties.folder().orElseThrow(), identities.node());
        }
    }

    /** The runtime of a host that has none of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ProcessRuntime.class)
    @ConditionalOnMissingBean(ApplicationRuntime.class)
    @ConditionalOnProperty("changeorder.data-folder")
    static class FolderProcesses {
        @Bean
        ApplicationRuntime changeorderRuntime(ChangeorderProperties properties) throws IOException {
            return ProcessRuntime.in(properties.folder().orElseThrow()).open();
        }
    }
}
