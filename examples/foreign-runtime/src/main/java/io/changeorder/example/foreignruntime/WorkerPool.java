package io.changeorder.example.foreignruntime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * The host's own pool: threads in crews, each with a task that has a name. It was there before and knows nothing of
 * change orders. Thread-safe.
 *
 * @param <L> what the owner of a worker knows it by
 */
public final class WorkerPool<L> implements AutoCloseable {
    private static final long LOOKS_EVERY_MILLISECONDS = 50;

    private final Map<String, Task> tasks;
    private final InstantSource clock;
    private final ThreadFactory threads;
    private final Map<String, Crew<L>> crews = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Timer supervisor = new Timer("worker-pool-supervisor", true);

    /** @param tasks what can be done, by name */
    public WorkerPool(Map<String, Task> tasks, InstantSource clock, ThreadFactory threads) {
        this.tasks = Map.copyOf(tasks);
        this.clock = clock;
        this.threads = threads;
        TimerTask supervision = new TimerTask() {
            @Override
            public void run() {
                supervise();
            }
        };
        supervisor.schedule(supervision, 0, LOOKS_EVERY_MILLISECONDS);
    }

    /** Something that workers do. */
    public interface Task {
        /** Returns when there is nothing left to do; interrupted, it comes to an end soon. */
        void work(Worker<?> self) throws InterruptedException;
    }

    public boolean knows(String task) {
        return tasks.containsKey(task);
    }

    /** The crew of this name, which is founded if there is none. */
    public Crew<L> crew(String name) {
        return crews.computeIfAbsent(name, missing -> new Crew<>(this, missing));
    }

    /** Tells this listener the name of every crew that looks otherwise than before. */
    public void addListener(Consumer<String> listener) {
        listeners.add(listener);
    }

    public void removeListener(Consumer<String> listener) {
        listeners.remove(listener);
    }

    /** Has every crew that nobody holds do what is due. */
    void supervise() {
        crews.forEach((name, crew) -> {
            if (crew.looksOtherwise()) {
                listeners.forEach(listener -> listener.accept(name));
            }
        });
    }

    Instant now() {
        return clock.instant();
    }

    Thread thread(Runnable work) {
        return threads.newThread(work);
    }

    Task task(String name) {
        return Optional.ofNullable(tasks.get(name))
                .orElseThrow(() -> new IllegalArgumentException("there is no task " + name));
    }

    /** Tells everybody to go. */
    @Override
    public void close() {
        supervisor.cancel();
        crews.values()
                .forEach(crew -> crew.hold(held -> {
                    held.workers().forEach(Worker::leave);
                    return held;
                }));
    }
}
