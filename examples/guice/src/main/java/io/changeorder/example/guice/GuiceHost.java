package io.changeorder.example.guice;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.Night;
import io.changeorder.example.nightshift.NightShift;

/** A host that has Guice put it together. */
public final class GuiceHost {
    private GuiceHost() {}

    public static void main(String[] args) throws Exception {
        HelloSite.show(GuiceHost::night);
    }

    static Night night(HelloSite site) throws InterruptedException {
        Injector injector = Guice.createInjector(new EngineModule(site.folder()));
        ChangeOrderStore store = injector.getInstance(ChangeOrderStore.class);
        ApplicationRuntime runtime = injector.getInstance(ApplicationRuntime.class);
        ChangeOrderEngine engine = injector.getInstance(ChangeOrderEngine.class);
        try (store;
                runtime;
                engine) {
            engine.start();
            return Night.of(injector.getInstance(NightShift.class), site);
        }
    }
}
