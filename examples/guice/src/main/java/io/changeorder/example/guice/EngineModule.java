package io.changeorder.example.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.application.Wiring;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.engine.UuidV7IdSource;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.IdSource;
import io.changeorder.application.spi.Metrics;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.example.nightshift.Bell;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;

/** Everything that Guice has to be told: what carries out the use cases, and what the host brings. */
final class EngineModule extends AbstractModule {
    private final Path folder;

    EngineModule(Path folder) {
        this.folder = folder;
    }

    @Override
    protected void configure() {
        Wiring.useCases(this::useCase);
        bind(Authorizer.class).toInstance(Authorizer.ALLOW_ALL);
        bind(ChangeOrderListener.class).to(Bell.class);
        bind(Metrics.class).toInstance(Metrics.NONE);
        bind(InstantSource.class).toInstance(Clock.systemUTC());
        bind(EngineOptions.class).toInstance(EngineOptions.DEFAULT);
    }

    private <T> void useCase(Class<T> useCase, Class<? extends T> by) {
        bind(useCase).to(by);
    }

    @Provides
    @Singleton
    IdSource ids(InstantSource clock) {
        return new UuidV7IdSource(clock);
    }

    @Provides
    @Singleton
    ChangeOrderStore store(Identities identities) {
        return SqliteChangeOrderStore.open(folder, identities.node());
    }

    @Provides
    @Singleton
    ApplicationRuntime runtime() throws IOException {
        return ProcessRuntime.in(folder).open();
    }
}
