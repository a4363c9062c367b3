package io.changeorder.architecture.planted.host;

import io.changeorder.application.engine.ChangeOrderRunner;
import io.changeorder.domain.id.ApplicationId;

class ReachesBehindThePorts {
    void drive(ChangeOrderRunner runner, ApplicationId application) {
        runner.wake(application);
    }
}
