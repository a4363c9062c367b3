package io.changeorder.example.foreignstore;

import io.changeorder.application.contract.ChangeOrderStoreContract;
import io.changeorder.application.contract.StoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTest extends ChangeOrderStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected StoreFixture makeFixture() {
        return new JsonFileFixture(folder);
    }
}
