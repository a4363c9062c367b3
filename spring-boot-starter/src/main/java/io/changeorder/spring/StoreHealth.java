package io.changeorder.spring;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.engine.Identities;
import io.changeorder.application.spi.store.ChangeOrderStore;
import java.util.function.BiConsumer;

/** What both generations of health indicators say: whether the store answers, and what is to be known beside. */
final class StoreHealth {
    private final ChangeOrderStore store;
    private final Identities identities;

    StoreHealth(ChangeOrderStore store, Identities identities) {
        this.store = store;
        this.identities = identities;
    }

    /**
     * Tells details, if the store answers.
     *
     * @throws io.changeorder.application.spi.store.StoreUnavailableException when it does not
     */
    void look(BiConsumer<String, Object> details) {
        Maintenance maintenance = store.maintenance();
        details.accept("node", identities.node().value());
        maintenance.until().ifPresent(until -> details.accept("maintenanceUntil", until.toString()));
    }
}
