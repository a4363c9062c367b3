package io.changeorder.adapter.persistence.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.changeorder.adapter.persistence.document.Documents;
import io.changeorder.adapter.persistence.sql.AuditRows;
import io.changeorder.adapter.persistence.sql.GroupWriter;
import io.changeorder.adapter.persistence.sql.SqlChangeOrderStore;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.adapter.persistence.sql.UnreadableOrder;
import io.changeorder.application.api.Maintenance;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The store that any number of nodes share: a PostgreSQL database, or one that speaks its protocol. Commits that wait
 * together are one statement. All tables are in the schema that its connections find first.
 *
 * <p>A newer program may migrate the database meanwhile. If that leaves this one too old for it, no commit that begins
 * later is done, everything that this node holds is let go of when its lease would be renewed, and from then on every
 * call throws {@link StoreUnavailableException}. Safe from any thread.
 */
public final class PostgresChangeOrderStore extends SqlChangeOrderStore {
    private static final int RENEWALS_BETWEEN_CLEANINGS = 100;

    private final PostgresDatabase database;
    private final Optional<PostgresServer> server;
    private final String self;
    private final PostgresGroups groups;
    private final GroupWriter writer;
    private final List<Watching> watching = new CopyOnWriteArrayList<>();
    private final AtomicInteger renewals = new AtomicInteger();

    private PostgresChangeOrderStore(PostgresDatabase database, Optional<PostgresServer> server, NodeId node) {
        super(new PostgresRows(database), InstantSource.system());
        this.database = database;
        this.server = server;
        this.self = node.value();
        this.groups = new PostgresGroups(database, self);
        this.writer = new GroupWriter("changeorder-store", groups, PostgresFailures::unavailable);
        this.writer.start();
    }

    /**
     * How patient the store is with its server.
     *
     * @param connection how long a call waits for a connection
     * @param statement how long a statement may take
     * @param lock how long a statement waits for another transaction
     * @param silence how long a connection may be silent before it is asked whether the server is still there
     */
    record Patience(Duration connection, Duration statement, Duration lock, Duration silence) {
        static final Patience USUAL = new Patience(
                Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofMillis(50));
    }

    /**
     * Opens the store in a database, which is made ready if it is empty, with connections of its own.
     *
     * @param node which this store is
     * @throws StoreUnavailableException when the server can't be reached or does not accept the user, or the database
     *     is damaged or a newer program's for which this one is too old; the message says what to do
     */
    public static PostgresChangeOrderStore open(PostgresServer server, NodeId node) {
        return open(server, node, Patience.USUAL, Statements.Steps.UNWATCHED);
    }

    static PostgresChangeOrderStore open(
            PostgresServer server, NodeId node, Patience patience, Statements.Steps steps) {
        requireReachable(server);
        HikariDataSource pool = pool(server, patience);
        try {
            return open(
                    new PostgresDatabase(pool, patience.silence(), steps, pool::close),
                    pool,
                    Optional.of(server),
                    node);
        } catch (RuntimeException failed) {
            pool.close();
            throw failed;
        }
    }

    /**
     * Opens the store in a database with the connections of the host, which closes them. One is enough; each is used for
     * one statement and given back. Timeouts are the host's, and what other nodes do is not heard of but looked for.
     *
     * @param node which this store is
     * @throws StoreUnavailableException as with a server
     */
    public static PostgresChangeOrderStore open(DataSource connections, NodeId node) {
        PostgresDatabase database =
                new PostgresDatabase(connections, Patience.USUAL.silence(), Statements.Steps.UNWATCHED, () -> {});
        return open(database, connections, Optional.empty(), node);
    }

    private static PostgresChangeOrderStore open(
            PostgresDatabase database, DataSource connections, Optional<PostgresServer> server, NodeId node) {
        prepare(connections);
        return new PostgresChangeOrderStore(database, server, node);
    }

    static void prepare(DataSource connections) {
        prepare(connections, PostgresSchema::prepare);
    }

    /** How a database is made ready. */
    interface Preparing {
        void prepare(DataSource connections) throws SQLException;
    }

    static void prepare(DataSource connections, Preparing preparing) {
        try {
            preparing.prepare(connections);
        } catch (SQLException failed) {
            throw PostgresFailures.unavailable(failed);
        } catch (FlywayException failed) {
            throw new StoreUnavailableException(
                    "The database could not be made ready: " + failed.getMessage()
                            + ". The user has to own the schema, which has to be empty or Changeorder's, and the pool has to"
                            + " have two connections for this once.",
                    failed);
        }
    }

    /** A pool would try again and again, also with a wrong password. */
    static void requireReachable(PostgresServer server) {
        try {
            server.connect().close();
        } catch (SQLException failed) {
            throw PostgresFailures.unavailable(failed);
        }
    }

    static HikariDataSource pool(PostgresServer server, Patience patience) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("changeorder-store");
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(patience.connection().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setDriverClassName(org.postgresql.Driver.class.getName());
        config.setJdbcUrl(server.url());
        if (!server.user().isEmpty()) {
            config.setUsername(server.user());
        }
        if (!server.password().isEmpty()) {
            config.setPassword(server.password());
        }
        config.setDataSourceProperties(PostgresServer.properties());
        config.setConnectionInitSql(
                "SET statement_timeout = " + patience.statement().toMillis()
                        + "; SET lock_timeout = " + patience.lock().toMillis()
                        + "; SET idle_in_transaction_session_timeout = "
                        + patience.statement().toMillis());
        return new HikariDataSource(config);
    }

    @Override
    protected CommitResult write(Commit commit, Optional<UnreadableOrder> unreadable) {
        return writer.write(new PostgresCommit(groups, commit, unreadable));
    }

    @Override
    public void renewLease(NodeId node, Duration length) {
        if (length.isZero() && database.isTooOld()) {
            return;
        }
        database.use(statements -> {
            boolean renewed = statements
                    .first(PostgresSql.RENEW_LEASE, row -> row.getBoolean(1), node.value(), length.toMillis())
                    .orElse(false);
            if (!renewed) {
                throw database.tooOld();
            }
            return true;
        });
        if (renewals.incrementAndGet() % RENEWALS_BETWEEN_CLEANINGS == 0) {
            database.use(statements -> statements.update(PostgresSql.FORGET_NODES));
        }
    }

    @Override
    public List<ApplicationId> findUnattended(NodeId node, int limit) {
        String asking = node.value();
        return database.use(statements -> {
            List<String> found = new ArrayList<>(statements.list(
                    PostgresSql.CLAIM_UNATTENDED, row -> row.getString(1), asking, asking, limit, limit, asking));
            int more = limit - found.size();
            if (more > 0) {
                found.addAll(statements.list(PostgresSql.FIND_HALTED, row -> row.getString(1), asking, more, more));
            }
            return found.stream().map(ApplicationId::new).toList();
        });
    }

    @Override
    public List<ApplicationId> findAttended(NodeId node) {
        return database.use(statements -> statements.list(
                PostgresSql.FIND_ATTENDED, row -> new ApplicationId(row.getString(1)), node.value(), node.value()));
    }

    /** With connections of a host nothing is heard, as each of them is wanted elsewhere; so it is looked for. */
    @Override
    public void watch(Watcher watcher) {
        watching.add(server.<Watching>map(listenedTo -> Listening.start(listenedTo, self, watcher))
                .orElseGet(() -> Looking.start(watcher)));
    }

    @Override
    public int purgeOrders(Duration age, int limit) {
        return database.use(statements -> statements
                .first(PostgresSql.PURGE, row -> row.getInt(1), age.toMillis(), limit)
                .orElse(0));
    }

    @Override
    public void setMaintenance(Maintenance maintenance, Optional<AuditEntry> audit) {
        String document = Documents.of(maintenance);
        Long until = maintenance.until().map(Instant::toEpochMilli).orElse(null);
        List<@Nullable Object> arguments = new ArrayList<>();
        audit.ifPresent(entry -> Collections.addAll(arguments, AuditRows.of(entry)));
        arguments.add(until);
        arguments.add(document);
        String put = audit.isPresent() ? PostgresSql.PUT_MAINTENANCE_ON_RECORD : PostgresSql.PUT_MAINTENANCE;
        database.use(statements -> {
            statements.update(put, arguments.toArray());
            return statements.first(PostgresSql.TELL, row -> true, Message.everything(self));
        });
    }

    /** The access keys beside it, with its connections; closed before the store is. */
    public AccessStore access() {
        return PostgresAccessStore.over(database);
    }

    /** May be there twice where the database lost a connection; it is never lost. */
    @Override
    public void audit(AuditEntry entry) {
        database.use(statements -> statements.update(PostgresSql.ADD_AUDIT, AuditRows.of(entry)));
    }

    @Override
    public int purgeAudit(Duration age, int limit) {
        return database.use(statements -> statements
                .first(PostgresSql.PURGE_AUDIT, row -> row.getInt(1), age.toMillis(), limit)
                .orElse(0));
    }

    /** How many writes wait for the next group. */
    int queued() {
        return writer.queued();
    }

    @Override
    public void close() {
        writer.close();
        watching.forEach(Watching::close);
        database.close();
    }
}
