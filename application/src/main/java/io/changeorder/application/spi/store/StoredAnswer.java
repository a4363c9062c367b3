package io.changeorder.application.spi.store;

import io.changeorder.application.api.Receipt;
import java.time.Duration;
import java.time.Instant;

/**
 * The answer to an accepted command.
 *
 * @param key what the call is known by
 * @param parameters SHA-256 of the command's parameters, hexadecimal
 * @param receipt what was answered
 * @param at when
 */
public record StoredAnswer(IdempotencyKey key, String parameters, Receipt receipt, Instant at) {
    /** How long a token is taken; an older answer is replaced by a new one. */
    public static final Duration LIFETIME = Duration.ofHours(24);
}
