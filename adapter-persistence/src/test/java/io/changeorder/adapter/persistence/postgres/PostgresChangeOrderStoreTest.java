package io.changeorder.adapter.persistence.postgres;

import io.changeorder.application.contract.ChangeOrderStoreContract;
import io.changeorder.application.contract.StoreFixture;

class PostgresChangeOrderStoreTest extends ChangeOrderStoreContract {
    @Override
    protected StoreFixture makeFixture() {
        return new PostgresStoreFixture("");
    }
}
