package io.changeorder.application.engine;

import io.changeorder.application.spi.Workers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Eight threads that come as they are needed and go when they are not, and one that keeps the time. */
final class WorkerThreads implements Workers {
    private static final int WORKERS = 8;
    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 10;

    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Threads.named("changeorder-run"));
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, Threads.named("changeorder-timer"));

    WorkerThreads() {
        workers.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public boolean run(Runnable task) {
        try {
            workers.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    @Override
    public Optional<Alarm> runAfter(Duration delay, Runnable task) {
        try {
            Future<?> set = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(() -> set.cancel(false));
        } catch (RejectedExecutionException closed) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        Threads.end(workers, CLOSE_SECONDS);
        Threads.end(timer, CLOSE_SECONDS);
    }
}
