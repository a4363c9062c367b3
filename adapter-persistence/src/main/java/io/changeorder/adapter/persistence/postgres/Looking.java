package io.changeorder.adapter.persistence.postgres;

import io.changeorder.application.spi.store.ChangeOrderStore.Watcher;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every few seconds that everything may have changed, where nothing can be heard of it. */
final class Looking implements Watching {
    private static final Logger LOG = LoggerFactory.getLogger(Looking.class);
    private static final long SECONDS = 5;

    private final Watcher watcher;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Looking(Watcher watcher) {
        this.watcher = watcher;
        this.thread = new Thread(this::lookUntilClosed, "changeorder-store-looking");
        this.thread.setDaemon(true);
    }

    static Looking start(Watcher watcher) {
        Looking looking = new Looking(watcher);
        looking.thread.start();
        return looking;
    }

    private void lookUntilClosed() {
        try {
            while (!closed.await(SECONDS, TimeUnit.SECONDS)) {
                tell();
            }
        } catch (InterruptedException ended) {
            LOG.debug("the looking thread was interrupted by somebody", ended);
        }
    }

    private void tell() {
        try {
            watcher.changed();
        } catch (RuntimeException failed) {
            LOG.warn("What other nodes may have done could not be told", failed);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
