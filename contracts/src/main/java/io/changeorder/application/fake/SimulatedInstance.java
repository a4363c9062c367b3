package io.changeorder.application.fake;

import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One instance and the moment at which something happens to it next. */
final class SimulatedInstance {
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(60);
    private static final Duration FORGETS_EXITS_AFTER = Duration.ofMinutes(10);

    final InstanceId id;
    final long number;
    final Entry entry;
    final List<Difference> changes = new ArrayList<>();
    private final Behaviour behaviour;

    private Instance.State state = Instance.State.RUNNING;
    private Instant startedAt;
    private Instant countedFrom;
    /** When it starts again or is gone; meaningless while it runs. */
    private Instant until;

    private Optional<Instant> readySince = Optional.empty();
    /** A clock that is set back does not undo what has happened. */
    private Instant latest;

    private boolean heldUnready;
    private int runs;
    private int exits;
    private Duration backOff = Duration.ofSeconds(1);
    private String detail = "";

    SimulatedInstance(InstanceId id, long number, Entry entry, Behaviour behaviour, Instant now) {
        this.id = id;
        this.number = number;
        this.entry = entry;
        this.behaviour = behaviour;
        this.startedAt = now;
        this.countedFrom = now;
        this.until = now;
        this.latest = now;
        start(now);
    }

    /** What happens to it next by itself, and when; absent when nothing will. */
    Optional<Instant> nextMoment() {
        return switch (state) {
            case STOPPING, BACKING_OFF -> Optional.of(until);
            case RUNNING -> exitAt().or(this::forgetsExitsAt);
        };
    }

    boolean isStopping() {
        return state == Instance.State.STOPPING;
    }

    boolean isBackingOff() {
        return state == Instance.State.BACKING_OFF;
    }

    void passes(Instant now) {
        latest = now.isAfter(latest) ? now : latest;
    }

    boolean isReady() {
        return readySince().isPresent();
    }

    Optional<Instant> readySince() {
        return answersFrom().filter(since -> !since.isAfter(latest));
    }

    /** When it becomes ready if nothing comes in between; absent when it is or never will be. */
    Optional<Instant> becomesReadyAt() {
        return answersFrom().filter(since -> since.isAfter(latest));
    }

    private Optional<Instant> answersFrom() {
        return state == Instance.State.RUNNING && !heldUnready ? readySince : Optional.empty();
    }

    /** It runs and has come to the end of its run or of its exits' being remembered. */
    void passMoment(Instant now) {
        if (exitAt().filter(now::equals).isPresent()) {
            exit(now, "exited with code 1");
        } else {
            forgetExits();
        }
    }

    void exit(Instant now, String why) {
        if (forgetsExitsAt().filter(forgetting -> !forgetting.isAfter(now)).isPresent()) {
            forgetExits();
        }
        exits++;
        detail = why;
        state = Instance.State.BACKING_OFF;
        until = now.plus(backOff);
        Duration doubled = backOff.multipliedBy(2);
        backOff = doubled.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : doubled;
    }

    void start(Instant now) {
        state = Instance.State.RUNNING;
        startedAt = now;
        countedFrom = now;
        readySince = behaviour.readyAfter().map(now::plus);
        heldUnready = false;
        runs++;
    }

    void stop(Instant now) {
        state = Instance.State.STOPPING;
        until = now.plus(behaviour.stopTakes());
    }

    void startAfresh(Instant now) {
        forgetExits();
        detail = "";
        countedFrom = now;
        if (isBackingOff()) {
            until = now;
        }
    }

    /** Patience with an instance that was ready begins anew when it no longer is. */
    void holdUnready(boolean unready, Instant now) {
        if (unready && isReady()) {
            countedFrom = now;
        }
        if (!unready && heldUnready) {
            readySince = readySince.map(since -> since.isAfter(now) ? since : now);
        }
        heldUnready = unready;
    }

    Instance observed() {
        Optional<Instant> ready = readySince();
        String why = ready.isPresent() || isStopping() ? "" : detail.isEmpty() ? "not ready yet" : detail;
        return new Instance(id, entry, state, countedFrom, ready, exits, why);
    }

    private void forgetExits() {
        exits = 0;
        backOff = Duration.ofSeconds(1);
    }

    private Optional<Instant> exitAt() {
        return runs <= behaviour.exitingRuns() ? behaviour.exitsAfter().map(startedAt::plus) : Optional.empty();
    }

    private Optional<Instant> forgetsExitsAt() {
        return state == Instance.State.RUNNING && exits > 0
                ? Optional.of(startedAt.plus(FORGETS_EXITS_AFTER))
                : Optional.empty();
    }
}
