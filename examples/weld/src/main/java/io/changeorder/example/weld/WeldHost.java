package io.changeorder.example.weld;

import io.changeorder.application.Wiring;
import io.changeorder.example.nightshift.Bell;
import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.Night;
import io.changeorder.example.nightshift.NightShift;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** A host that CDI puts together. */
public final class WeldHost {
    private WeldHost() {}

    public static void main(String[] args) throws Exception {
        HelloSite.show(WeldHost::night);
    }

    static Night night(HelloSite site) throws InterruptedException {
        Weld weld = new Weld()
                .disableDiscovery()
                .addBeanClasses(Wiring.classes().toArray(new Class<?>[0]))
                .addBeanClasses(Surroundings.class, EngineLife.class, Bell.class, NightShift.class)
                .addExtension(new TheSite(site));
        try (WeldContainer container = weld.initialize()) {
            return Night.of(container.select(NightShift.class).get(), site);
        }
    }

    /** Makes known where the host is. */
    static final class TheSite implements Extension {
        private final HelloSite site;

        TheSite(HelloSite site) {
            this.site = site;
        }

        void tell(@Observes AfterBeanDiscovery discovered) {
            discovered.addBean().types(HelloSite.class).scope(Singleton.class).createWith(any -> site);
        }
    }
}
