package io.changeorder.domain.decision;

import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import java.time.Instant;

/**
 * One entry of an application's history, which is append-only.
 *
 * @param application whose history
 * @param number 1, 2, 3, ... without a gap
 * @param at when
 * @param actor who made it happen
 * @param fence the application's fence at that moment
 * @param what what happened
 */
public record Event(ApplicationId application, long number, Instant at, Actor actor, Fence fence, Happening what) {
    public Event {
        if (number < 1) {
            throw new IllegalArgumentException("events are numbered from 1: " + number);
        }
    }
}
