package io.changeorder.application.spi.store;

import io.changeorder.application.api.Operation;
import io.changeorder.domain.id.Actor;

/**
 * What a repeated call is known by.
 *
 * @param actor who calls
 * @param operation what is called
 * @param token what the caller made up for it
 */
public record IdempotencyKey(Actor actor, Operation operation, String token) {}
