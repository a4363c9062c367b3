package io.changeorder.example.foreignruntime;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One thread, and what comes after it when its task has come to an end. Thread-safe.
 *
 * @param <L> what its owner knows it by
 */
public final class Worker<L> {
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration FORGETS_ENDS_AFTER = Duration.ofMinutes(10);

    private final WorkerPool<L> pool;
    private final String name;
    private final Optional<L> label;
    private final String assigned;
    private Thread thread;
    private String task;
    private Instant begunAt;
    /** Of its readiness: the last change, or its beginning. */
    private Instant since;

    private Instant waitsUntil = Instant.MIN;
    private boolean ready;
    private boolean waiting;
    private boolean leaving;
    private int ends;

    Worker(WorkerPool<L> pool, String name, Optional<L> label, String assigned) {
        this.pool = pool;
        this.name = name;
        this.label = label;
        this.assigned = assigned;
        this.task = assigned;
        this.begunAt = pool.now();
        this.since = begunAt;
        this.thread = pool.thread(this::work);
        thread.start();
    }

    public String name() {
        return name;
    }

    public Optional<L> label() {
        return label;
    }

    /** What it was told to do at first, and does again whenever it begins again. */
    public String assigned() {
        return assigned;
    }

    /** What it does now, whatever it was told at first. */
    public synchronized String task() {
        return task;
    }

    /** Since when it has been ready; absent when it is not, or not at work. */
    public synchronized Optional<Instant> readySince() {
        return ready && !waiting && !leaving ? Optional.of(since) : Optional.empty();
    }

    /** Since when it has not been ready, as far as it is known. */
    public synchronized Instant since() {
        return since;
    }

    /** How often its task came to an end by itself lately. */
    public synchronized int ends() {
        return ends;
    }

    /** Its task has come to an end. */
    public synchronized boolean isWaiting() {
        return waiting;
    }

    public synchronized boolean isLeaving() {
        return leaving;
    }

    /** Its task says whether it is of use now. */
    public synchronized void setReady(boolean nowReady) {
        if (ready != nowReady) {
            ready = nowReady;
            since = pool.now();
        }
    }

    /** Has it do something else from now on. */
    public synchronized void become(String newTask) {
        task = newTask;
        thread.interrupt();
    }

    /** Tells it to go; it goes when its task lets it. */
    public synchronized void leave() {
        leaving = true;
        thread.interrupt();
    }

    /** Forgets how often its task ended; if it waits, it begins again now. */
    public synchronized void forgetEnds() {
        ends = 0;
        since = ready ? since : pool.now();
        waitsUntil = Instant.MIN;
    }

    synchronized void notice(Instant now) {
        if (!waiting && !now.isBefore(begunAt.plus(FORGETS_ENDS_AFTER))) {
            ends = 0;
        }
        if (!waiting && !thread.isAlive()) {
            Duration doubled = Duration.ofSeconds(1L << Math.min(ends, MOST_DOUBLINGS));
            waitsUntil = now.plus(doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT);
            waiting = true;
            ends++;
        }
    }

    synchronized void beginAgainIfDue(Instant now) {
        if (waiting && !leaving && !now.isBefore(waitsUntil)) {
            waiting = false;
            ready = false;
            task = assigned;
            begunAt = now;
            since = now;
            thread = pool.thread(this::work);
            thread.start();
        }
    }

    @Override
    public synchronized String toString() {
        return name + " " + task + " ready=" + ready + " waiting=" + waiting + " leaving=" + leaving + " ends=" + ends;
    }

    private void work() {
        Optional<String> next = next("");
        while (next.isPresent()) {
            try {
                pool.task(next.get()).work(this);
            } catch (InterruptedException toldSomething) {
                // What it was told is seen in what comes next.
            }
            next = next(next.get());
        }
    }

    /** What to do after this; nothing when it was told nothing new. */
    private synchronized Optional<String> next(String done) {
        Thread.interrupted();
        return leaving || task.equals(done) ? Optional.empty() : Optional.of(task);
    }
}
