package io.changeorder.adapter.persistence.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.changeorder.adapter.persistence.postgres.PostgresGroups.OutcomeUnknownException;
import io.changeorder.adapter.persistence.sql.CommitRows;
import io.changeorder.adapter.persistence.sql.Selects;
import io.changeorder.adapter.persistence.sql.SqlRows;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.application.spi.store.StoredAnswer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections, each for one use and with every statement a transaction of its own. Safe from any thread. */
final class PostgresDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final int MOST_ATTEMPTS = 10;

    private final DataSource source;
    private final Statements.Steps steps;
    private final RecentAnswers recent;
    private final Runnable atEnd;
    private final ReadWriteLock open = new ReentrantReadWriteLock(true);
    private boolean closed;
    /** For good: no schema goes back under a program that runs. */
    private volatile boolean tooOld;

    /** @param moment how long after an answer a connection is taken to be there */
    PostgresDatabase(DataSource source, Duration moment, Statements.Steps steps, Runnable atEnd) {
        this.source = source;
        this.recent = new RecentAnswers(moment);
        this.steps = steps;
        this.atEnd = atEnd;
    }

    /** Does something that may be done twice, and does so when it met another transaction or lost its connection. */
    <T> T use(SqlRows.Use<T> use) {
        return persistently(this::connect, use, PostgresDatabase::isWorthRepeating, failed -> failed);
    }

    /**
     * Does something whose answer would be another one the second time; does it again only when it was undone.
     *
     * @throws StoreUnavailableException also when it is not known whether it was done, which the message says then
     */
    <T> T useOnce(SqlRows.Use<T> use) {
        return persistently(
                this::connectAlive,
                use,
                PostgresFailures::isWorthRetrying,
                failed -> isPerhapsDone(failed) ? new OutcomeUnknownException(failed) : failed);
    }

    private static boolean isWorthRepeating(SQLException failed) {
        return !(failed instanceof NoConnectionException)
                && (PostgresFailures.isConnectionLost(failed) || PostgresFailures.isWorthRetrying(failed));
    }

    private static boolean isPerhapsDone(SQLException failed) {
        return PostgresFailures.isConnectionLost(failed) && !(failed instanceof NoConnectionException);
    }

    private <T> T persistently(
            Connecting connecting,
            SqlRows.Use<T> use,
            Predicate<SQLException> again,
            UnaryOperator<SQLException> meaning) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new StoreUnavailableException("The store is closed.");
            }
            for (int attempt = 1; ; attempt++) {
                try (Session session = connecting.connect()) {
                    return use.of(session.statements());
                } catch (SQLException failed) {
                    if (attempt == MOST_ATTEMPTS || !again.test(failed)) {
                        throw PostgresFailures.unavailable(meaning.apply(failed));
                    }
                }
            }
        } finally {
            open.readLock().unlock();
        }
    }

    /** How a connection is come by. */
    @FunctionalInterface
    private interface Connecting {
        Session connect() throws SQLException;
    }

    /**
     * A connection that the server has not ended: whatever is sent on another one may have been done, for all that can be
     * known. It is asked only where it was silent for a while, and who writes has usually read just before.
     */
    Session connectAlive() throws SQLException {
        while (true) {
            Session session = connect();
            try {
                if (recent.has(session.connection()) || session.isAlive()) {
                    return session;
                }
            } catch (SQLException | RuntimeException failed) {
                try (session) {
                    throw failed;
                }
            }
            session.abandon();
        }
    }

    private Session connect() throws SQLException {
        if (tooOld) {
            throw tooOld();
        }
        Connection connection;
        try {
            connection = source.getConnection();
        } catch (SQLException failed) {
            throw new NoConnectionException(failed, isExhausted());
        }
        try {
            boolean wasTransactional = !connection.getAutoCommit();
            if (wasTransactional) {
                connection.setAutoCommit(true);
            }
            return new Session(connection, new Statements(connection, recent.on(connection, steps)), wasTransactional);
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /** Only a pool knows; of one that does not tell it is not known. */
    private boolean isExhausted() {
        if (!(source instanceof HikariDataSource pool)) {
            return false;
        }
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        return now != null && now.getActiveConnections() >= pool.getMaximumPoolSize();
    }

    /** Finds out whether a newer program has taken the database to where this one may not use it. */
    void requireNewEnough(Statements statements) throws SQLException {
        if (!statements
                .first("SELECT " + PostgresSql.IS_NEW_ENOUGH, row -> row.getBoolean(1))
                .orElse(false)) {
            throw tooOld();
        }
    }

    /** Nothing is asked of the database any more. */
    SQLException tooOld() {
        tooOld = true;
        return new SQLException("this one knows schema " + PostgresSchema.VERSION, PostgresFailures.TOO_OLD);
    }

    boolean isTooOld() {
        return tooOld;
    }

    /** Nobody's, so that a failure is only told of. */
    void forgetAnswers(Statements statements, StoredAnswer than) {
        try {
            long oldest = CommitRows.oldestTaken(than);
            statements.update(Selects.FORGET_ANSWERS, oldest, oldest);
        } catch (SQLException failed) {
            LOG.warn("Old answers could not be forgotten; the next one tries again", failed);
        }
    }

    /** What is being done is still done. */
    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                atEnd.run();
            }
        } finally {
            open.writeLock().unlock();
        }
    }

    /** Nothing was asked, so that nothing was done. */
    static final class NoConnectionException extends SQLException {
        private static final long serialVersionUID = 1L;

        private final boolean allInUse;

        NoConnectionException(SQLException cause, boolean allInUse) {
            super(cause.getMessage(), cause.getSQLState(), cause);
            this.allInUse = allInUse;
        }

        /** Whether that is known to be the reason. */
        boolean isAllInUse() {
            return allInUse;
        }
    }

    /** One use of a connection, which goes back as it came. */
    record Session(Connection connection, Statements statements, boolean wasTransactional) implements AutoCloseable {
        /** A pool notices the end of a connection only where it fails in its use. */
        boolean isAlive() throws SQLException {
            try {
                return statements.first(PostgresSql.ASK, row -> true).isPresent();
            } catch (SQLException failed) {
                if (!PostgresFailures.isConnectionLost(failed)) {
                    throw failed;
                }
                LOG.debug("a connection was ended by the server", failed);
                return false;
            }
        }

        /** Of one that the server has ended nothing can be set any more, also not back. */
        void abandon() {
            try {
                connection.close();
            } catch (SQLException failed) {
                LOG.debug("a connection that was ended could not be closed", failed);
            }
        }

        @Override
        public void close() throws SQLException {
            try (connection) {
                if (wasTransactional) {
                    connection.setAutoCommit(false);
                }
            }
        }
    }
}
