package io.changeorder.adapter.persistence;

import io.changeorder.application.contract.ChangeOrderStoreContract;
import io.changeorder.application.contract.StoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteChangeOrderStoreTest extends ChangeOrderStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected StoreFixture makeFixture() {
        return new SqliteStoreFixture(folder);
    }
}
