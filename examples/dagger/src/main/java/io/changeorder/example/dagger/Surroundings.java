package io.changeorder.example.dagger;

import dagger.Module;
import dagger.Provides;
import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.process.ProcessRuntime;
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
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;

/** What the host brings. */
@Module
final class Surroundings {
    private final Path folder;

    Surroundings(Path folder) {
        this.folder = folder;
    }

    @Provides
    @Singleton
    ChangeOrderStore store(Identities identities) {
        return SqliteChangeOrderStore.open(folder, identities.node());
    }

    @Provides
    @Singleton
    ApplicationRuntime runtime() {
        try {
            return ProcessRuntime.in(folder).open();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    @Provides
    @Singleton
    static IdSource ids(InstantSource clock) {
        return new UuidV7IdSource(clock);
    }

    @Provides
    static Authorizer authorizer() {
        return Authorizer.ALLOW_ALL;
    }

    @Provides
    static ChangeOrderListener listener(Bell bell) {
        return bell;
    }

    @Provides
    static Metrics metrics() {
        return Metrics.NONE;
    }

    @Provides
    static InstantSource clock() {
        return Clock.systemUTC();
    }

    @Provides
    static EngineOptions options() {
        return EngineOptions.DEFAULT;
    }
}
