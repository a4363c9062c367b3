package io.changeorder.architecture.planted.host.store;

import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.domain.id.ApplicationId;

class Lawful {
    String key(ApplicationId application, IdempotencyKey key) {
        return application + " " + key;
    }
}
