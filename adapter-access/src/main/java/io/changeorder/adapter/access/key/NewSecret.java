package io.changeorder.adapter.access.key;

import io.changeorder.application.spi.access.AccessKey;
import java.util.Optional;

/**
 * A key with what nobody is told a second time. It does not show that.
 *
 * @param key as it is stored
 * @param secret what its owner signs with from now on
 * @param securityToken what its owner sends with each request, where the key was created with one
 */
public record NewSecret(AccessKey key, String secret, Optional<String> securityToken) {
    @Override
    public String toString() {
        return "NewSecret[" + key.id() + "]";
    }
}
