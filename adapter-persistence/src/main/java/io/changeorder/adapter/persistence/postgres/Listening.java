package io.changeorder.adapter.persistence.postgres;

import io.changeorder.application.spi.store.ChangeOrderStore.Watcher;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what other stores tell, on a connection and a thread of its own. Whenever it could not listen for a while, it
 * says that everything may have changed.
 */
final class Listening implements Watching {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
    /** How long a connection may be silent before it is looked at. */
    private static final int SILENCE_MILLIS = 10_000;

    private static final int FIRST_PAUSE_MILLIS = 50;
    private static final int LONGEST_PAUSE_MILLIS = 5_000;

    private final PostgresServer server;
    private final String self;
    private final Watcher watcher;
    private final Thread thread;
    private volatile Optional<Connection> used = Optional.empty();
    private final CountDownLatch tried = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private Listening(PostgresServer server, String self, Watcher watcher) {
        this.server = server;
        this.self = self;
        this.watcher = watcher;
        this.thread = new Thread(this::listenUntilClosed, "changeorder-store-listening");
        this.thread.setDaemon(true);
    }

    /** Listens already when it returns, if the server can be reached. */
    static Listening start(PostgresServer server, String self, Watcher watcher) {
        Listening listening = new Listening(server, self, watcher);
        listening.thread.start();
        try {
            listening.tried.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return listening;
    }

    private void listenUntilClosed() {
        int pause = FIRST_PAUSE_MILLIS;
        boolean first = true;
        while (!isClosedAfter(first ? 0 : pause)) {
            try (Connection connection = server.connect()) {
                used = Optional.of(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute(PostgresSql.LISTEN);
                }
                pause = FIRST_PAUSE_MILLIS;
                tried.countDown();
                if (!first) {
                    tell(watcher::changed);
                }
                first = false;
                hear(connection);
            } catch (SQLException lost) {
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                LOG.info("Nothing is heard of other nodes: {}; listening again in {} ms", lost.getMessage(), pause);
            } finally {
                first = false;
                used = Optional.empty();
                tried.countDown();
            }
        }
    }

    private boolean isClosedAfter(int millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException strange) {
            LOG.debug("the listening thread was interrupted by somebody", strange);
            return closed.getCount() == 0;
        }
    }

    private void hear(Connection connection) throws SQLException {
        PGConnection listening = connection.unwrap(PGConnection.class);
        while (closed.getCount() > 0) {
            PGNotification[] heard = listening.getNotifications(SILENCE_MILLIS);
            if (heard == null || heard.length == 0) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(PostgresSql.ASK);
                }
                continue;
            }
            for (PGNotification each : heard) {
                tell(() -> Message.tell(each.getParameter(), self, watcher));
            }
        }
    }

    /** Whoever watches does not end the listening. */
    private static void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException failed) {
            LOG.warn("What another node did could not be told", failed);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            used.ifPresent(Listening::cut);
            try {
                thread.join(FIRST_PAUSE_MILLIS);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the waiting for the next message. */
    private static void cut(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException failed) {
            LOG.debug("a connection could not be cut", failed);
        }
    }
}
