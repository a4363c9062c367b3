package io.changeorder.architecture.planted.host;

import io.changeorder.adapter.planted.Outermost;

class UsesAnAdapter {
    Outermost adapter() {
        return new Outermost();
    }
}
