package io.changeorder.architecture.planted.domain;

import java.time.Instant;

class ReadsTheClock {
    Instant decidedAt() {
        return Instant.now();
    }
}
