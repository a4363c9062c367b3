package io.changeorder.example.dagger;

import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.Night;

/** A host that Dagger put together when it was compiled. */
public final class HostOfDagger {
    private HostOfDagger() {}

    public static void main(String[] args) throws Exception {
        HelloSite.show(HostOfDagger::night);
    }

    static Night night(HelloSite site) throws InterruptedException {
        Host host = DaggerHost.builder()
                .surroundings(new Surroundings(site.folder()))
                .build();
        ChangeOrderStore store = host.store();
        ApplicationRuntime runtime = host.runtime();
        ChangeOrderEngine engine = host.engine();
        try (store;
                runtime;
                engine) {
            engine.start();
            return Night.of(host.nightShift(), site);
        }
    }
}
