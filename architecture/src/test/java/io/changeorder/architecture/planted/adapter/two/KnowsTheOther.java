package io.changeorder.architecture.planted.adapter.two;

import io.changeorder.architecture.planted.adapter.one.Lawful;

class KnowsTheOther {
    Lawful other() {
        return new Lawful();
    }
}
