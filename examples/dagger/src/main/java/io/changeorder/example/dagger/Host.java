package io.changeorder.example.dagger;

import dagger.Component;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.example.nightshift.NightShift;
import jakarta.inject.Singleton;

/** What Dagger puts together. */
@Singleton
@Component(modules = {UseCases.class, Surroundings.class})
interface Host {
    ChangeOrderStore store();

    ApplicationRuntime runtime();

    ChangeOrderEngine engine();

    NightShift nightShift();
}
