package io.changeorder.example.foreignruntime;

import io.changeorder.application.contract.ApplicationRuntimeContract;
import io.changeorder.application.contract.RuntimeFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ThreadPoolRuntimeTest extends ApplicationRuntimeContract {
    @TempDir
    private Path folder;

    @Override
    protected RuntimeFixture makeFixture() {
        return new WorkerPoolFixture(folder);
    }
}
