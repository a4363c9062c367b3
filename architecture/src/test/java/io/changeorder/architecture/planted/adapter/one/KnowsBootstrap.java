package io.changeorder.architecture.planted.adapter.one;

import io.changeorder.architecture.planted.bootstrap.Everything;

class KnowsBootstrap {
    Lawful serve() {
        return new Everything().adapter();
    }
}
