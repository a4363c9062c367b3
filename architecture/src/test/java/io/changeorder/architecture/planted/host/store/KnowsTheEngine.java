package io.changeorder.architecture.planted.host.store;

import io.changeorder.application.ChangeOrderEngine;

class KnowsTheEngine {
    void stop(ChangeOrderEngine engine) {
        engine.close();
    }
}
