package io.changeorder.architecture.planted.adapter.one;

import io.changeorder.architecture.planted.application.engine.Insides;

class ReachesBehindThePorts {
    void serve() {
        new Insides().turn(new Lawful());
    }
}
