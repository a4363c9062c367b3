package io.changeorder.adapter.persistence.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.changeorder.adapter.persistence.access.SqlAccessStore;
import io.changeorder.adapter.persistence.sql.SqlRows;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.application.spi.store.StoreUnavailableException;

/**
 * The access keys in a database that nodes share. Every write is one statement, or decided by one, so that it needs no
 * transaction of several. Safe from any thread.
 */
public final class PostgresAccessStore extends SqlAccessStore {
    /** Of several who forget at once each has rows of its own. */
    static final String LOCK = " FOR UPDATE SKIP LOCKED";

    private final PostgresDatabase database;
    private final Runnable atEnd;
    private volatile boolean closed;

    private PostgresAccessStore(PostgresDatabase database, Runnable atEnd) {
        super(PostgresSql.NOW, LOCK);
        this.database = database;
        this.atEnd = atEnd;
    }

    /**
     * Opens the keys in a database, which is made ready if it is empty, with connections of its own.
     *
     * @throws StoreUnavailableException when the server can't be reached or does not accept the user, or the database
     *     is damaged, a newer program's, or an older one's of which nodes run; the message says what to do
     */
    public static PostgresAccessStore open(PostgresServer server) {
        return open(server, PostgresSchema::prepareAlone);
    }

    /**
     * As {@link #open}, and nothing is made.
     *
     * @throws StoreUnavailableException also when the database is empty
     */
    public static PostgresAccessStore openExisting(PostgresServer server) {
        return open(server, connections -> {
            PostgresSchema.requireThere(connections);
            PostgresSchema.prepareAlone(connections);
        });
    }

    private static PostgresAccessStore open(PostgresServer server, PostgresChangeOrderStore.Preparing preparing) {
        PostgresChangeOrderStore.Patience patience = PostgresChangeOrderStore.Patience.USUAL;
        PostgresChangeOrderStore.requireReachable(server);
        HikariDataSource pool = PostgresChangeOrderStore.pool(server, patience);
        try {
            PostgresChangeOrderStore.prepare(pool, preparing);
        } catch (RuntimeException failed) {
            pool.close();
            throw failed;
        }
        PostgresDatabase database =
                new PostgresDatabase(pool, patience.silence(), Statements.Steps.UNWATCHED, pool::close);
        return new PostgresAccessStore(database, database::close);
    }

    /** With the connections of a store that stays open longer. */
    static PostgresAccessStore over(PostgresDatabase database) {
        return new PostgresAccessStore(database, () -> {});
    }

    @Override
    protected <T> T read(SqlRows.Use<T> use) {
        requireOpen();
        return database.use(use);
    }

    /** Not done again where the first time may have been done: the answer would be that of the second. */
    @Override
    protected <T> T write(String subject, SqlRows.Use<T> use) {
        requireOpen();
        return database.useOnce(use);
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreUnavailableException("The store is closed.");
        }
    }

    @Override
    public void close() {
        closed = true;
        atEnd.run();
    }
}
