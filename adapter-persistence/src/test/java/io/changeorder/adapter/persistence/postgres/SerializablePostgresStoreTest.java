package io.changeorder.adapter.persistence.postgres;

import io.changeorder.application.contract.ChangeOrderStoreContract;
import io.changeorder.application.contract.StoreFixture;

/** As on distributed databases, which know no other isolation. */
class SerializablePostgresStoreTest extends ChangeOrderStoreContract {
    @Override
    protected StoreFixture makeFixture() {
        return new PostgresStoreFixture("?options=-c%20default_transaction_isolation=serializable");
    }
}
