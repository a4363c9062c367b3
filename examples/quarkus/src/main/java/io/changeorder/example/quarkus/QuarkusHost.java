package io.changeorder.example.quarkus;

import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.Night;
import io.changeorder.example.nightshift.NightShift;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;

/** A host that Quarkus put together when it was built; its argument is the data folder. */
@QuarkusMain
public class QuarkusHost implements QuarkusApplication {
    private final NightShift shift;
    private final HelloSite site;

    @Inject
    QuarkusHost(NightShift shift, HelloSite site) {
        this.shift = shift;
        this.site = site;
    }

    @Override
    public int run(String... arguments) throws InterruptedException {
        Night.of(shift, site).tell();
        return 0;
    }
}
