package io.changeorder.adapter.process;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a runtime. They keep no JVM alive, and those that have nothing to do end.
 *
 * @param timer says when; it does nothing itself
 * @param workers does short work
 * @param probers waits for instances to answer, or not to
 */
record Threads(ScheduledExecutorService timer, ExecutorService workers, ExecutorService probers) {
    private static final int WORKERS = 4;
    private static final long IDLE_SECONDS = 30;

    static Threads start() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("timer"));
        timer.setRemoveOnCancelPolicy(true);
        return new Threads(Executors.unconfigurableScheduledExecutorService(timer), startWorkers(), startProbers());
    }

    private static ExecutorService startWorkers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS, WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("worker"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** As many as there are probes under way: those that wait for their timeout must not keep others from being asked. */
    private static ExecutorService startProbers() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("prober"));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "changeorder-process-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
