package io.changeorder.example.foreignruntime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Workers that belong together. Whoever looks at it or changes it {@linkplain #hold holds} it, one at a time.
 *
 * @param <L> what the owner of a worker knows it by
 */
public final class Crew<L> {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Worker<L>> workers = new ArrayList<>();
    private final WorkerPool<L> pool;
    private final String name;
    private List<String> seen = List.of();
    private boolean kept;
    private long mark;
    private int begun;

    Crew(WorkerPool<L> pool, String name) {
        this.pool = pool;
        this.name = name;
    }

    public <T> T hold(Function<Crew<L>, T> action) {
        lock.lock();
        try {
            return action.apply(this);
        } finally {
            lock.unlock();
        }
    }

    /** The answer, which is false when somebody else held the crew for as long as this. */
    public boolean tryToHold(Duration limit, Predicate<Crew<L>> action) {
        try {
            if (!lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return action.test(this);
        } finally {
            lock.unlock();
        }
    }

    /** A number that its owner keeps with it; 0 at first. */
    public long mark() {
        return mark;
    }

    public void setMark(long newMark) {
        mark = newMark;
    }

    /** Whether a worker whose task has come to an end begins it again after a while, or is let go. */
    public boolean isKept() {
        return kept;
    }

    public void setKept(boolean nowKept) {
        kept = nowKept;
    }

    /** One more worker. */
    public Worker<L> begin(Optional<L> label, String task) {
        begun++;
        Worker<L> worker = new Worker<>(pool, name + "-" + begun, label, task);
        workers.add(worker);
        return worker;
    }

    /** Everybody who works, waits to begin again or is still leaving, now that what was due has been done. */
    public List<Worker<L>> workers() {
        Instant now = pool.now();
        workers.forEach(worker -> worker.notice(now));
        workers.removeIf(worker -> worker.isWaiting() && (worker.isLeaving() || !kept));
        workers.forEach(worker -> worker.beginAgainIfDue(now));
        return List.copyOf(workers);
    }

    /** Those of them who are not leaving, in the order in which they began. */
    public List<Worker<L>> staying() {
        return workers().stream().filter(worker -> !worker.isLeaving()).toList();
    }

    /** Whether anything is otherwise than when this was asked last; not while somebody holds it. */
    boolean looksOtherwise() {
        return tryToHold(Duration.ZERO, held -> {
            List<String> before = seen;
            seen = workers().stream().map(Worker::toString).toList();
            return !seen.equals(before);
        });
    }
}
