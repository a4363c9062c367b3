package io.changeorder.bootstrap.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Tells when the last of some processes was gone, to a few milliseconds. */
final class LastExit {
    private static final long PERIOD_NANOS = Duration.ofMillis(2).toNanos();

    private LastExit() {}

    /** The moment, on the clock of {@code System.nanoTime()}. */
    static CompletableFuture<Long> of(List<Long> pids) {
        CompletableFuture<Long> moment = new CompletableFuture<>();
        Thread watcher = new Thread(
                () -> {
                    while (pids.stream().anyMatch(LastExit::isAlive)) {
                        LockSupport.parkNanos(pids, PERIOD_NANOS);
                    }
                    moment.complete(System.nanoTime());
                },
                "last-exit");
        watcher.setDaemon(true);
        watcher.start();
        return moment;
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
