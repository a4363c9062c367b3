package io.changeorder.application.contract.trial;

import io.changeorder.application.contract.ApplicationRuntimeContract;
import io.changeorder.application.contract.RuntimeFixture;

class SimulatedRuntimeTest extends ApplicationRuntimeContract {
    @Override
    protected RuntimeFixture makeFixture() {
        return new SimulatedRuntimeFixture(runtime -> runtime);
    }
}
