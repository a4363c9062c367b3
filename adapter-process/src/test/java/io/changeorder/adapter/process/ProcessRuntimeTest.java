package io.changeorder.adapter.process;

import io.changeorder.application.contract.ApplicationRuntimeContract;
import io.changeorder.application.contract.RuntimeFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ProcessRuntimeTest extends ApplicationRuntimeContract {
    @TempDir
    Path data;

    @Override
    protected RuntimeFixture makeFixture() {
        return new ShellFixture(data);
    }
}
