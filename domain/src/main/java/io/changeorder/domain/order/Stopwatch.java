package io.changeorder.domain.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Time that counts towards a deadline: it runs only while the engine works, not while it waits for a person.
 *
 * @param elapsed what was counted before the present run
 * @param runningSince when the present run began; absent while it stands
 */
public record Stopwatch(Duration elapsed, Optional<Instant> runningSince) {
    public static Stopwatch startedAt(Instant at) {
        return new Stopwatch(Duration.ZERO, Optional.of(at));
    }

    public Stopwatch stopped(Instant at) {
        return new Stopwatch(elapsed(at), Optional.empty());
    }

    public Stopwatch resumed(Instant at) {
        return new Stopwatch(elapsed, Optional.of(at));
    }

    /** A clock that jumped backwards adds nothing. */
    public Duration elapsed(Instant at) {
        return runningSince
                .filter(since -> at.isAfter(since))
                .map(since -> elapsed.plus(Duration.between(since, at)))
                .orElse(elapsed);
    }

    /** When this much will have been counted; absent while it stands. */
    public Optional<Instant> reaches(Duration limit) {
        return runningSince.map(since -> since.plus(limit.minus(elapsed)));
    }
}
