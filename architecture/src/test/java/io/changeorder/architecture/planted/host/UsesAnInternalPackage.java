package io.changeorder.architecture.planted.host;

import io.changeorder.adapter.planted.inside.Detail;

class UsesAnInternalPackage {
    Detail detail() {
        return new Detail();
    }
}
