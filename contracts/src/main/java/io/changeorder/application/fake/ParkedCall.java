package io.changeorder.application.fake;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a call between its check of the fence and its effect, as a node does that freezes there. Thread-safe. */
public final class ParkedCall {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Waits until the call has come to the place where it is held. */
    public void awaitArrival() {
        await(arrived, "no call came to be held");
    }

    /** Lets the call go on. */
    public void release() {
        released.countDown();
    }

    /** The call comes here and goes on when it is released. */
    public void pass() {
        arrived.countDown();
        await(released, "a held call was never released");
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(otherwise);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(otherwise, e);
        }
    }
}
