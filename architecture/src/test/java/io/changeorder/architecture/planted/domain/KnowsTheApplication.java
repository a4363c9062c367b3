package io.changeorder.architecture.planted.domain;

import io.changeorder.architecture.planted.application.spi.Port;

class KnowsTheApplication {
    void decide(Port port) {
        port.serve(new Lawful("decided"));
    }
}
