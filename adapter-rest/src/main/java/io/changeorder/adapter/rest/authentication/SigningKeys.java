package io.changeorder.adapter.rest.authentication;

import java.util.Optional;

/** Finds what a key signs with. Safe from any thread; asked for every request, so that what is changed counts at once. */
@FunctionalInterface
public interface SigningKeys {
    /** The key of this id, enabled or not; empty when there is none. */
    Optional<SigningKey> find(String keyId);
}
