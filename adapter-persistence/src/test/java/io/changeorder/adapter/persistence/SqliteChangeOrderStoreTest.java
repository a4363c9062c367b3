package io.changeorder.adapter.persistence;

import io.changeorder.application.contract.ChangeOrderStoreContract;
import io.changeorder.application.spi.store.ChangeOrderStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteChangeOrderStoreTest extends ChangeOrderStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected ChangeOrderStore openStore() {
        return Stores.open(folder);
    }
}
