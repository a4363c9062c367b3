package io.changeorder.adapter.process;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
    private static final int PROBERS = 16;
    private static final long IDLE_SECONDS = 30;

    static Threads start() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("timer"));
        timer.setRemoveOnCancelPolicy(true);
        return new Threads(
                Executors.unconfigurableScheduledExecutorService(timer),
                pool("worker", WORKERS),
                pool("prober", PROBERS));
    }

    private static ExecutorService pool(String name, int size) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
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
