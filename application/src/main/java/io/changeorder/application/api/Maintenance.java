package io.changeorder.application.api;

import io.changeorder.domain.id.Actor;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether commands are refused for everybody.
 *
 * @param until when it ends by itself; absent when there is none
 * @param by who switched it last
 */
public record Maintenance(Optional<Instant> until, Actor by) {
    public static final Maintenance OFF = new Maintenance(Optional.empty(), Actor.ENGINE);

    public boolean isOn(Instant at) {
        return until.filter(at::isBefore).isPresent();
    }
}
