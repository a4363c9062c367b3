package io.changeorder.domain.revision;

import java.util.Optional;

/**
 * The probes of a revision. Without a readiness probe an instance is ready while its process lives.
 *
 * @param liveness failing restarts the instance
 * @param readiness failing makes the instance unready
 * @param startup holds the other two back until it has passed once
 */
public record Probes(Optional<Probe> liveness, Optional<Probe> readiness, Optional<Probe> startup) {
    public static final Probes NONE = new Probes(Optional.empty(), Optional.empty(), Optional.empty());

    public static Probes readiness(Probe probe) {
        return new Probes(Optional.empty(), Optional.of(probe), Optional.empty());
    }
}
