package io.changeorder.application.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Who is first, of many that begin at once. */
final class Races {
    private Races() {}

    /**
     * Runs as many racers as that, each given its number from 0, on threads of their own.
     *
     * @return what came of each, by its number
     */
    static <T> List<T> run(ExecutorService callers, int racers, IntFunction<T> racer) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> running = new ArrayList<>();
        for (int number = 0; number < racers; number++) {
            int mine = number;
            running.add(callers.submit(() -> {
                start.await();
                return racer.apply(mine);
            }));
        }
        start.countDown();
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            results.add(each.get());
        }
        return results;
    }
}
