package io.changeorder.domain.decision;

import io.changeorder.domain.id.Actor;
import java.time.Instant;

/**
 * Who does something, and when.
 *
 * @param actor who
 * @param at when, by the clock of the store's owner
 */
public record Occasion(Actor actor, Instant at) {
    public static Occasion engine(Instant at) {
        return new Occasion(Actor.ENGINE, at);
    }
}
