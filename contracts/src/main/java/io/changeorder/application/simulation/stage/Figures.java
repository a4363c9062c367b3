package io.changeorder.application.simulation.stage;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened in one run, or in several, in numbers. Safe from any thread. */
public final class Figures {
    /** What is counted. */
    public enum Kind {
        APPLICATIONS,
        ORDERS,
        ROLLBACKS,
        COMMANDS,
        ACCEPTED,
        REFUSED,
        UNANSWERED,
        COMMITS,
        SCALES,
        PAUSES,
        CRASHES,
        FREEZES,
        TAKEOVERS,
        CONFLICTS,
        STORE_TROUBLES,
        RUNTIME_TROUBLES,
        LATE_CALLS,
        REPEATED_CALLS,
        STALE_CALLS,
        CLOCK_JUMPS,
        VIRTUAL_MINUTES
    }

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    /** One more. */
    public void count(Kind kind) {
        add(kind, 1);
    }

    public synchronized void add(Kind kind, long more) {
        counts.merge(kind, more, Long::sum);
    }

    /** Adds what happened in another run. */
    public void add(Figures other) {
        Arrays.stream(Kind.values()).forEach(kind -> add(kind, other.of(kind)));
    }

    public synchronized long of(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    public void lasted(Duration virtual) {
        add(Kind.VIRTUAL_MINUTES, virtual.toMinutes());
    }

    /** In one line, for people. */
    @Override
    public String toString() {
        return Arrays.stream(Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + of(kind))
                .collect(Collectors.joining(", "));
    }
}
