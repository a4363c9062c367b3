package io.changeorder.architecture.planted.application.engine;

import io.changeorder.architecture.planted.application.spi.Port;
import io.changeorder.architecture.planted.domain.Lawful;

public class Insides {
    public void turn(Port port) {
        port.serve(new Lawful("turned"));
    }
}
