package io.changeorder.application.contract.trial;

import io.changeorder.application.contract.ChangeOrderStoreContract;
import io.changeorder.application.contract.StoreFixture;
import io.changeorder.application.fake.InMemoryDatabase;

class InMemoryChangeOrderStoreTest extends ChangeOrderStoreContract {
    @Override
    protected StoreFixture makeFixture() {
        return InMemoryStoreFixture.over(new InMemoryDatabase());
    }
}
