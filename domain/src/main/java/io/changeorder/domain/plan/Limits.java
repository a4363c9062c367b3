package io.changeorder.domain.plan;

import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Timing;

/**
 * What a change must keep to.
 *
 * @param floor no action of the engine takes the ready instances below it
 * @param ceiling no action of the engine brings the instances above it
 * @param timing how long things may take
 */
public record Limits(int floor, int ceiling, Timing timing) {
    public Limits {
        if (floor < 0 || ceiling < 0) {
            throw new IllegalArgumentException("limits are 0 or more");
        }
    }

    /** The limits of a change from this many instances to that many. */
    public static Limits of(Settings settings, int before, int after) {
        return of(settings, before, after, 0);
    }

    /** The limits of a rollback, which always may add an instance before it takes one away. */
    public static Limits ofRollback(Settings settings, int before, int after) {
        return of(settings, before, after, 1);
    }

    private static Limits of(Settings settings, int before, int after, int leastSurge) {
        int replicas = settings.replicas();
        int floor = Math.min(settings.floor().resolve(replicas), Math.min(before, after));
        int surge = Math.max(leastSurge, settings.surge().resolve(replicas));
        return new Limits(floor, Math.max(before, after) + surge, settings.timing());
    }
}
