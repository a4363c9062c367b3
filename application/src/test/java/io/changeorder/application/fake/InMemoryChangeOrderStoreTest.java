package io.changeorder.application.fake;

import io.changeorder.application.contract.ChangeOrderStoreContract;
import io.changeorder.application.spi.store.ChangeOrderStore;

class InMemoryChangeOrderStoreTest extends ChangeOrderStoreContract {
    @Override
    protected ChangeOrderStore openStore() {
        return new InMemoryChangeOrderStore();
    }
}
