package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.SqlRows;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** A few read-only connections beside the writer, opened when they are first needed. Safe from any thread. */
final class Readers implements AutoCloseable {
    private static final int MOST = 4;

    /** Opens a connection. */
    interface Opening {
        Statements open() throws SQLException;
    }

    private final Opening opening;
    private final Function<SQLException, RuntimeException> translation;
    private final Semaphore free = new Semaphore(MOST, true);
    private final Deque<Statements> idle = new ArrayDeque<>();
    private boolean closed;

    /** @param translation what the callers get for a failure */
    Readers(Opening opening, Function<SQLException, RuntimeException> translation) {
        this.opening = opening;
        this.translation = translation;
    }

    /** Sees everything that was durable when it is called. */
    <T> T read(SqlRows.Use<T> use) {
        free.acquireUninterruptibly();
        try {
            Statements statements = take();
            try {
                return use.of(statements);
            } finally {
                giveBack(statements);
            }
        } catch (SQLException failed) {
            throw translation.apply(failed);
        } finally {
            free.release();
        }
    }

    /** @throws StoreUnavailableException after the end */
    void requireOpen() {
        synchronized (idle) {
            if (closed) {
                throw new StoreUnavailableException("The store is closed.");
            }
        }
    }

    private Statements take() throws SQLException {
        synchronized (idle) {
            requireOpen();
            Statements used = idle.pollLast();
            return used == null ? opening.open() : used;
        }
    }

    private void giveBack(Statements statements) throws SQLException {
        synchronized (idle) {
            if (!closed) {
                idle.addLast(statements);
                return;
            }
        }
        statements.close();
    }

    /** What is being read is still read. */
    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
        }
        free.acquireUninterruptibly(MOST);
        try {
            for (Statements statements : idle) {
                statements.close();
            }
            idle.clear();
        } catch (SQLException failed) {
            throw translation.apply(failed);
        } finally {
            free.release(MOST);
        }
    }
}
