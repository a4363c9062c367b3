package io.changeorder.adapter.rest.authentication;

import io.changeorder.domain.id.Actor;
import java.time.Duration;

/** Remembers which requests came. Safe from any thread; shared by all that serve the same keys. */
@FunctionalInterface
public interface Nonces {
    /**
     * Remembers a nonce durably for this long.
     *
     * @return false when it was remembered before and is not yet forgotten
     */
    boolean remember(Actor key, String nonce, Duration length);
}
