package io.changeorder.example.micronaut;

import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.engine.UuidV7IdSource;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.IdSource;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.example.nightshift.HelloSite;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Import;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.InstantSource;

/** What the host brings; and where the compiler finds what is annotated for injection elsewhere. */
@Factory
@Import(
        packages = {
            "io.changeorder.application",
            "io.changeorder.application.api.command",
            "io.changeorder.application.api.query",
            "io.changeorder.application.engine",
            "io.changeorder.application.usecase",
            "io.changeorder.application.usecase.command",
            "io.changeorder.application.usecase.query",
            "io.changeorder.example.nightshift"
        },
        annotated = "jakarta.inject.Singleton")
class Surroundings {
    @Singleton
    @Bean(preDestroy = "close")
    ChangeOrderStore store(HelloSite site, Identities identities) {
        return SqliteChangeOrderStore.open(site.folder(), identities.node());
    }

    @Singleton
    @Bean(preDestroy = "close")
    ApplicationRuntime runtime(HelloSite site) throws IOException {
        return ProcessRuntime.in(site.folder()).open();
    }

    @Singleton
    IdSource ids(InstantSource clock) {
        return new UuidV7IdSource(clock);
    }

    @Singleton
    Authorizer authorizer() {
        return Authorizer.ALLOW_ALL;
    }

    @Singleton
    Metrics metrics() {
        return Metrics.NONE;
    }

    @Singleton
    EngineOptions options() {
        return EngineOptions.DEFAULT;
    }
}
