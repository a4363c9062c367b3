package io.changeorder.architecture.planted.application.engine;

import io.changeorder.architecture.planted.adapter.one.Lawful;

class KnowsAnAdapter {
    Lawful make() {
        return new Lawful();
    }
}
