package io.changeorder.example.nightshift;

import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.domain.decision.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets those go on who wait for something to happen. Safe from any thread. */
@Singleton
public final class Bell implements ChangeOrderListener {
    private final Lock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long rings;

    @Inject
    public Bell() {}

    @Override
    public void happened(List<Event> events) {
        lock.lock();
        try {
            rings++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition, which is asked after each ring, holds; false when it did not within the limit. */
    boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long heard = rings();
        while (!condition.getAsBoolean()) {
            if (!awaitRingAfter(heard, deadline)) {
                return false;
            }
            heard = rings();
        }
        return true;
    }

    private long rings() {
        lock.lock();
        try {
            return rings;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitRingAfter(long heard, long deadline) throws InterruptedException {
        lock.lock();
        try {
            while (rings == heard) {
                if (!rung.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
