package io.changeorder.adapter.process;

import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a running instance answers its probes, and when it is asked next. */
final class Health {
    /** So many failures in a row and it is taken for dead (the usual threshold of Kubernetes; SAE has no parameter). */
    private static final int LIVENESS_FAILURES = 3;

    /** Until a probe has passed once it is asked sooner than its period says, so that a quick start shows. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);

    /** What a probe is for. */
    enum Kind {
        STARTUP,
        READINESS,
        LIVENESS
    }

    private final Map<Kind, Schedule> schedules = new EnumMap<>(Kind.class);
    private Optional<Instant> readySince = Optional.empty();
    private int livenessFailures;
    private String complaint;

    private Health(Probes probes, Instant firstTry, String complaint) {
        this.complaint = complaint;
        probes.startup().ifPresent(probe -> schedules.put(Kind.STARTUP, new Schedule(probe, firstTry, FIRST_RETRY)));
        probes.readiness()
                .ifPresent(probe -> schedules.put(Kind.READINESS, new Schedule(probe, firstTry, FIRST_RETRY)));
        probes.liveness()
                .ifPresent(probe -> schedules.put(
                        Kind.LIVENESS, new Schedule(probe, firstTry, Duration.ofSeconds(probe.periodSeconds()))));
    }

    static Health started(Probes probes, Instant at) {
        Health health = new Health(probes, at, "not ready yet");
        schedulesOf(health).forEach(schedule -> schedule.next = at.plusSeconds(schedule.probe.initialDelaySeconds()));
        health.readyWithoutBeingAsked(at);
        return health;
    }

    /** It has run for a while and is asked anew at once; it need not pass its startup probe again. */
    static Health adopted(Probes probes, boolean wasReady, Instant startedAt, Instant at) {
        Health health = new Health(probes, at, "not asked yet since the runtime was opened");
        if (wasReady) {
            health.schedules.remove(Kind.STARTUP);
        }
        health.readyWithoutBeingAsked(startedAt);
        return health;
    }

    private static List<Schedule> schedulesOf(Health health) {
        return List.copyOf(health.schedules.values());
    }

    Optional<Instant> readySince() {
        return readySince;
    }

    String complaint() {
        return complaint;
    }

    boolean isDead() {
        return livenessFailures >= LIVENESS_FAILURES;
    }

    Optional<Instant> nextMoment() {
        return asked().stream()
                .map(kind -> schedule(kind))
                .filter(schedule -> !schedule.underWay)
                .map(schedule -> schedule.next)
                .min(Comparator.naturalOrder());
    }

    /** The probes to try now; each counts as under way until its answer is told. */
    Map<Kind, Probe> due(Instant now) {
        Map<Kind, Probe> due = new EnumMap<>(Kind.class);
        for (Kind kind : asked()) {
            Schedule schedule = schedule(kind);
            if (!schedule.underWay && !schedule.next.isAfter(now)) {
                schedule.underWay = true;
                due.put(kind, schedule.probe);
            }
        }
        return due;
    }

    /** Takes in an answer: absent when all was well. */
    void answered(Kind kind, Optional<String> failure, Instant now) {
        schedule(kind).answered(failure.isEmpty(), now);
        switch (kind) {
            case STARTUP -> {
                if (failure.isEmpty()) {
                    schedules.remove(Kind.STARTUP);
                    readyWithoutBeingAsked(now);
                } else {
                    complaint = "not started yet: " + failure.get();
                }
            }
            case READINESS -> {
                readySince = failure.isPresent() ? Optional.empty() : readySince.or(() -> Optional.of(now));
                complaint = failure.map(why -> "not ready: " + why).orElse("");
            }
            case LIVENESS -> {
                livenessFailures = failure.isPresent() ? livenessFailures + 1 : 0;
                if (isDead()) {
                    complaint = "taken for dead: " + failure.orElse("");
                }
            }
        }
    }

    private void readyWithoutBeingAsked(Instant since) {
        if (!schedules.containsKey(Kind.READINESS) && !schedules.containsKey(Kind.STARTUP)) {
            readySince = Optional.of(since);
            complaint = "";
        }
    }

    private List<Kind> asked() {
        List<Kind> asked = new ArrayList<>(schedules.keySet());
        if (schedules.containsKey(Kind.STARTUP)) {
            asked.removeIf(kind -> kind != Kind.STARTUP);
        }
        return asked;
    }

    private Schedule schedule(Kind kind) {
        return Optional.ofNullable(schedules.get(kind)).orElseThrow();
    }

    /** When one probe is tried. */
    private static final class Schedule {
        private final Probe probe;
        private Instant next;
        private boolean underWay;
        private boolean passed;
        private Duration retry;

        Schedule(Probe probe, Instant next, Duration retry) {
            this.probe = probe;
            this.next = next;
            this.retry = retry;
        }

        void answered(boolean well, Instant now) {
            underWay = false;
            passed |= well;
            Duration period = Duration.ofSeconds(probe.periodSeconds());
            if (passed || retry.compareTo(period) >= 0) {
                next = now.plus(period);
            } else {
                next = now.plus(retry);
                retry = retry.multipliedBy(2);
            }
        }
    }
}
