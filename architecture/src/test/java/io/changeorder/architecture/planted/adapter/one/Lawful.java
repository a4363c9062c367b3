package io.changeorder.architecture.planted.adapter.one;

import io.changeorder.architecture.planted.application.spi.Port;

public class Lawful implements Port {
    @Override
    public void serve(io.changeorder.architecture.planted.domain.Lawful word) {}
}
