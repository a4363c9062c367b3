package io.changeorder.application.spi;

import java.util.UUID;

/** Makes identities. Safe from any thread. */
public interface IdSource {
    /** Another one than ever before. */
    UUID next();
}
