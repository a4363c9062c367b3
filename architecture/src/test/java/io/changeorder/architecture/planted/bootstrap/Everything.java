package io.changeorder.architecture.planted.bootstrap;

import io.changeorder.architecture.planted.adapter.one.Lawful;

public class Everything {
    public Lawful adapter() {
        return new Lawful();
    }
}
