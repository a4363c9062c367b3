package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.Queries.Holding;
import io.changeorder.adapter.persistence.document.Documents;
import io.changeorder.adapter.persistence.sql.AuditRows;
import io.changeorder.adapter.persistence.sql.GroupWriter;
import io.changeorder.adapter.persistence.sql.SqlChangeOrderStore;
import io.changeorder.adapter.persistence.sql.SqlRows;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.adapter.persistence.sql.UnreadableOrder;
import io.changeorder.application.api.Maintenance;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.NodeId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The embedded store: one SQLite file in a data folder that this process owns. One thread at a time writes, a group of
 * commits if several wait, durable on the disk before any is answered; a few connections read beside it. Safe from any thread.
 *
 * <p>A stored order that can't be read is answered as {@code SYSTEM_FAILED}; if it was live, it is ended in the history
 * first, as by an abort, so that it blocks nothing. Applications and versions that can't be read are left out of lists
 * and throw {@link StoreUnavailableException} where they are asked for by name.
 */
public final class SqliteChangeOrderStore extends SqlChangeOrderStore {
    private static final String MAINTENANCE = "maintenance";
    private static final String PURGE = "purge";
    private static final String AUDIT = "audit ";

    private final Statements statements;
    private final GroupWriter writer;
    private final Readers readers;
    private final SqliteFailures failures;
    private final Queries queries;
    private final InstantSource clock;
    private final Map<NodeId, Instant> leases = new ConcurrentHashMap<>();
    private final Runnable atEnd;
    private final AtomicLong records = new AtomicLong();

    private SqliteChangeOrderStore(
            Statements statements,
            DatabaseFiles files,
            Readers readers,
            SqliteFailures failures,
            InstantSource clock,
            Runnable atEnd) {
        this(statements, files, readers, new Queries(readers), failures, clock, atEnd);
    }

    private SqliteChangeOrderStore(
            Statements statements,
            DatabaseFiles files,
            Readers readers,
            Queries queries,
            SqliteFailures failures,
            InstantSource clock,
            Runnable atEnd) {
        super(queries, clock);
        this.queries = queries;
        this.statements = statements;
        this.readers = readers;
        this.failures = failures;
        this.clock = clock;
        this.atEnd = atEnd;
        this.writer =
                new GroupWriter("changeorder-store", new SqliteTransactions(statements, files), failures::unavailable);
        this.writer.start();
    }

    /**
     * Becomes the owner of a data folder until {@link #close()} and opens the store in it, which is made if there is
     * none.
     *
     * @throws DataFolderInUseException when somebody else owns the folder
     * @throws StoreUnavailableException when the folder can't be written, the database is damaged, or a newer program
     *     made it; the message says what to do
     */
    public static SqliteChangeOrderStore open(Path folder, NodeId node) {
        FolderLock lock = FolderLock.acquire(folder, node);
        try {
            return open(lock, InstantSource.system(), Statements.Steps.UNWATCHED, lock::close);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /** Opens the store in a data folder that is owned already, and stays so at {@link #close()}. */
    public static SqliteChangeOrderStore open(FolderLock lock) {
        return open(lock, InstantSource.system(), Statements.Steps.UNWATCHED, () -> {});
    }

    static SqliteChangeOrderStore open(FolderLock lock, InstantSource clock, Statements.Steps steps, Runnable atEnd) {
        SqliteFailures failures = new SqliteFailures(lock.folder());
        SqliteDatabase database = new SqliteDatabase(lock.folder());
        try {
            Statements writing = database.openWriter(steps);
            try {
                database.check(writing);
                database.migrate(writing);
                writing.update(SqliteSql.PUT_NODE, lock.node().value(), clock.millis());
                writing.update(SqliteSql.FORGET_OTHER_NODES, lock.node().value());
                DatabaseFiles files = database.files();
                Readers readers = new Readers(() -> database.openReader(files), failures::unavailable);
                return new SqliteChangeOrderStore(writing, files, readers, failures, clock, atEnd);
            } catch (SQLException | RuntimeException failed) {
                writing.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw failures.unavailable(failed);
        }
    }

    @Override
    protected CommitResult write(Commit commit, Optional<UnreadableOrder> unreadable) {
        return writer.write(new CommitWrite(statements, commit, unreadable));
    }

    /** Only one node has a data folder, so that it is enough to remember it here. */
    @Override
    public void renewLease(NodeId leased, Duration length) {
        readers.requireOpen();
        if (length.isZero()) {
            leases.remove(leased);
        } else {
            leases.put(leased, clock.instant().plus(length));
        }
    }

    @Override
    public List<ApplicationId> findUnattended(NodeId asking, int limit) {
        Instant now = clock.instant();
        Set<NodeId> alive = leases.entrySet().stream()
                .filter(lease -> !lease.getKey().equals(asking) && now.isBefore(lease.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        int most = alive.isEmpty() ? limit : Integer.MAX_VALUE;
        return queries.unattended(asking, most).stream()
                .filter(holding -> !alive.contains(holding.node()))
                .map(Holding::application)
                .limit(limit)
                .toList();
    }

    /** Nobody else writes to a data folder that this node owns. */
    @Override
    public void watch(Watcher watcher) {}

    @Override
    public List<ApplicationId> findAttended(NodeId asking) {
        return queries.attended(asking);
    }

    @Override
    public int purgeOrders(Duration age, int limit) {
        long endedBefore = clock.instant().minus(age).toEpochMilli();
        List<String> old = queries.purgeable(endedBefore, limit);
        return old.isEmpty()
                ? 0
                : writer.write(new PlainWrite<>(PURGE, statements, writing -> {
                    for (String order : old) {
                        for (String sql : SqliteSql.PURGE) {
                            writing.update(sql, order);
                        }
                    }
                    return old.size();
                }));
    }

    @Override
    public void setMaintenance(Maintenance maintenance, Optional<AuditEntry> audit) {
        String document = Documents.of(maintenance);
        Long until = maintenance.until().map(Instant::toEpochMilli).orElse(null);
        write(MAINTENANCE, writing -> {
            if (audit.isPresent()) {
                put(writing, audit.get());
            }
            return writing.update(SqliteSql.PUT_MAINTENANCE, until, document);
        });
    }

    /** Each has a subject of its own, so that those that wait together are written together. */
    @Override
    public void audit(AuditEntry entry) {
        write(AUDIT + records.incrementAndGet(), writing -> put(writing, entry));
    }

    private static int put(Statements writing, AuditEntry entry) throws SQLException {
        return writing.update(SqliteSql.ADD_AUDIT.of(1), AuditRows.of(entry));
    }

    @Override
    public int purgeAudit(Duration age, int limit) {
        List<Long> old = queries.oldAudit(clock.instant().minus(age).toEpochMilli(), limit);
        return old.isEmpty()
                ? 0
                : writer.write(new PlainWrite<>(PURGE, statements, writing -> {
                    for (Long sequence : old) {
                        writing.update(SqliteSql.PURGE_AUDIT, sequence);
                    }
                    return old.size();
                }));
    }

    /** Runs something as a write of its own, durable when it returns. */
    void write(String subject, SqlRows.Use<Integer> use) {
        writer.write(new PlainWrite<>(subject, statements, use));
    }

    /** How many writes wait for the next group. */
    int queued() {
        return writer.queued();
    }

    @Override
    public void close() {
        writer.close();
        try (statements) {
            readers.close();
        } catch (SQLException failed) {
            throw failures.unavailable(failed);
        } finally {
            atEnd.run();
        }
    }
}
