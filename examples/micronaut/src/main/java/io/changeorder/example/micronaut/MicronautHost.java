package io.changeorder.example.micronaut;

import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.Night;
import io.changeorder.example.nightshift.NightShift;
import io.micronaut.context.ApplicationContext;

/** A host that Micronaut put together when it was compiled. */
public final class MicronautHost {
    private MicronautHost() {}

    public static void main(String[] args) throws Exception {
        HelloSite.show(MicronautHost::night);
    }

    static Night night(HelloSite site) throws InterruptedException {
        try (ApplicationContext context =
                ApplicationContext.builder().singletons(site).start()) {
            return Night.of(context.getBean(NightShift.class), site);
        }
    }
}
