package io.changeorder.example.quarkus;

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
import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;

/** What the host brings. */
@Singleton
class Surroundings {
    @Produces
    @Singleton
    HelloSite site(@CommandLineArguments String[] arguments) throws IOException {
        return new HelloSite(Path.of(arguments[0]));
    }

    @Produces
    @Singleton
    ChangeOrderStore store(HelloSite site, Identities identities) {
        return SqliteChangeOrderStore.open(site.folder(), identities.node());
    }

    void close(@Disposes ChangeOrderStore store) {
        store.close();
    }

    @Produces
    @Singleton
    ApplicationRuntime runtime(HelloSite site) throws IOException {
        return ProcessRuntime.in(site.folder()).open();
    }

    void close(@Disposes ApplicationRuntime runtime) {
        runtime.close();
    }

    @Produces
    @Singleton
    IdSource ids(InstantSource clock) {
        return new UuidV7IdSource(clock);
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Authorizer authorizer() {
        return Authorizer.ALLOW_ALL;
    }

    @Produces
    @Singleton
    Metrics metrics() {
        return Metrics.NONE;
    }

    @Produces
    @Singleton
    EngineOptions options() {
        return EngineOptions.DEFAULT;
    }
}
