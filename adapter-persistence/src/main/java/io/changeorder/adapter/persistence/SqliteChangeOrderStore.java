package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.Queries.ApplicationRow;
import io.changeorder.adapter.persistence.Queries.Holding;
import io.changeorder.adapter.persistence.Queries.OrderRow;
import io.changeorder.adapter.persistence.document.Documents;
import io.changeorder.adapter.persistence.document.UnreadableDocumentException;
import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Occasion;
import io.changeorder.domain.decision.Unreadable;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.RevisionId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded store: one SQLite file in a data folder that this process owns. One thread at a time writes, a group of
 * commits if several wait, durable on the disk before any is answered; a few connections read beside it. Safe from any thread.
 *
 * <p>A stored order that can't be read is answered as {@code SYSTEM_FAILED}; if it was live, it is ended in the history
 * first, as by an abort, so that it blocks nothing. Applications and versions that can't be read are left out of lists
 * and throw {@link StoreUnavailableException} where they are asked for by name.
 */
public final class SqliteChangeOrderStore implements ChangeOrderStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteChangeOrderStore.class);
    private static final String MAINTENANCE = "maintenance";
    private static final String PURGE = "purge";

    private final Statements statements;
    private final GroupWriter writer;
    private final Readers readers;
    private final SqliteFailures failures;
    private final InstantSource clock;
    private final NodeId node;
    private final Map<NodeId, Instant> leases = new ConcurrentHashMap<>();
    private final Runnable atEnd;

    private SqliteChangeOrderStore(
            Statements statements,
            DatabaseFiles files,
            Readers readers,
            SqliteFailures failures,
            InstantSource clock,
            NodeId node,
            Runnable atEnd) {
        this.statements = statements;
        this.readers = readers;
        this.failures = failures;
        this.clock = clock;
        this.node = node;
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
                Readers readers = new Readers(() -> openReader(database, files), failures::unavailable);
                return new SqliteChangeOrderStore(writing, files, readers, failures, clock, lock.node(), atEnd);
            } catch (SQLException | RuntimeException failed) {
                writing.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw failures.unavailable(failed);
        }
    }

    /** A new connection finds the files by their names, and would read others than those that are written to. */
    private static Statements openReader(SqliteDatabase database, DatabaseFiles files) throws SQLException {
        files.requireThere();
        return database.openReader();
    }

    @Override
    public Optional<ApplicationState> findApplication(ApplicationId id) {
        while (true) {
            Optional<ApplicationRow> row = readers.read(reader -> Queries.application(reader, id));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            Application application = readOne(row.get().document(), Documents::application);
            Optional<OrderRow> live = row.get().live();
            Optional<ChangeOrder> order = live.flatMap(OrderRow::read);
            if (order.isPresent() || live.isEmpty()) {
                return Optional.of(new ApplicationState(application, order));
            }
            // If somebody was faster, it is all the same: look again.
            end(application, live.get());
        }
    }

    private void end(Application application, OrderRow unreadable) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ApplicationState state =
                new ApplicationState(application, Optional.of(unreadable.remains(unreadable.status())));
        Decision.Accepted ended = Unreadable.end(state, Occasion.engine(now));
        Commit commit = new Commit(
                application.version(),
                ended.application(),
                ended.orders(),
                List.of(),
                ended.events(),
                Optional.empty(),
                node);
        writer.write(
                new CommitWrite(statements, commit, Optional.of(new CommitWrite.Unreadable(unreadable.id(), now))));
    }

    @Override
    public Optional<ChangeOrder> findOrder(ChangeOrderId id) {
        return readers.read(reader -> Queries.order(reader, id)).map(this::readable);
    }

    @Override
    public Optional<ChangeOrder> findOrderOfBatch(BatchId id) {
        return readers.read(reader -> Queries.orderOfBatch(reader, id)).map(this::readable);
    }

    private ChangeOrder readable(OrderRow row) {
        return row.read().orElseGet(() -> {
            if (row.live()) {
                // Ends it.
                findApplication(row.application());
            }
            return row.remains(Status.SYSTEM_FAILED);
        });
    }

    @Override
    public Optional<Version> findVersion(ApplicationId application, RevisionId id) {
        return readers.read(reader -> Queries.version(reader, application, id))
                .map(document -> readOne(document, Documents::version));
    }

    @Override
    public List<Version> listVersions(ApplicationId application) {
        return readEach(readers.read(reader -> Queries.versions(reader, application)), Documents::version);
    }

    @Override
    public Optional<StoredAnswer> findAnswer(IdempotencyKey key, Instant notBefore) {
        return readers.read(reader -> Queries.answer(reader, key, notBefore))
                .map(document -> readOne(document, Documents::answer));
    }

    @Override
    public CommitResult commit(Commit commit) {
        return writer.write(new CommitWrite(statements, commit, Optional.empty()));
    }

    @Override
    public Page<ChangeOrder> listOrders(OrderQuery query) {
        return readers.read(reader -> Queries.orders(reader, query)).map(this::readable);
    }

    @Override
    public Page<Application> listApplications(ApplicationQuery query) {
        Page<String> page = readers.read(reader -> Queries.applications(reader, query));
        return new Page<>(readEach(page.items(), Documents::application), page.total());
    }

    @Override
    public List<Event> history(ApplicationId application, long from, int limit) {
        return readers.read(reader -> Queries.history(reader, application, from, limit)).stream()
                .map(document -> readOne(document, Documents::event))
                .toList();
    }

    /** Only one node has a data folder, so that it is enough to remember it here. */
    @Override
    public void renewLease(NodeId leased, Duration length) {
        readers.requireOpen();
        leases.put(leased, clock.instant().plus(length));
    }

    @Override
    public List<ApplicationId> findUnattended(NodeId asking, int limit) {
        Instant now = clock.instant();
        Set<NodeId> alive = leases.entrySet().stream()
                .filter(lease -> !lease.getKey().equals(asking) && now.isBefore(lease.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        int most = alive.isEmpty() ? limit : Integer.MAX_VALUE;
        return readers.read(reader -> Queries.unattended(reader, asking, most)).stream()
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
        return readers.read(reader -> Queries.attended(reader, asking));
    }

    @Override
    public int purgeOrders(Duration age, int limit) {
        long endedBefore = clock.instant().minus(age).toEpochMilli();
        return writer.write(new PlainWrite(PURGE, statements, writing -> {
            int purged = 0;
            for (String sql : SqliteSql.PURGE) {
                purged = writing.update(sql, endedBefore, limit);
            }
            return purged;
        }));
    }

    @Override
    public Maintenance maintenance() {
        return readers.read(Queries::maintenance)
                .map(document -> readOne(document, Documents::maintenance))
                .orElse(Maintenance.OFF);
    }

    @Override
    public void setMaintenance(Maintenance maintenance) {
        String document = Documents.of(maintenance);
        Long until = maintenance.until().map(Instant::toEpochMilli).orElse(null);
        write(MAINTENANCE, writing -> writing.update(SqliteSql.PUT_MAINTENANCE, until, document));
    }

    /** Runs something as a write of its own, durable when it returns. */
    void write(String subject, Readers.Use<Integer> use) {
        writer.write(new PlainWrite(subject, statements, use));
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

    private static <T> T readOne(String document, Function<String, T> reading) {
        try {
            return reading.apply(document);
        } catch (UnreadableDocumentException unreadable) {
            throw new StoreUnavailableException(
                    "What is stored can't be read: it is damaged, or a newer Changeorder wrote it. Restore a backup, or"
                            + " use that Changeorder.",
                    unreadable);
        }
    }

    /** What can't be read is left out and told of in the log. */
    private static <T> List<T> readEach(List<String> documents, Function<String, T> reading) {
        return documents.stream()
                .flatMap(document -> {
                    try {
                        return Optional.of(reading.apply(document)).stream();
                    } catch (UnreadableDocumentException unreadable) {
                        LOG.error("Something stored can't be read and is left out of a list", unreadable);
                        return Optional.<T>empty().stream();
                    }
                })
                .toList();
    }

    private record PlainWrite(String subject, Statements statements, Readers.Use<Integer> use)
            implements GroupWriter.Write<Integer> {
        @Override
        public Integer run() throws SQLException {
            return use.of(statements);
        }

        @Override
        public Optional<Integer> answerTo(SQLException failure) {
            return Optional.empty();
        }
    }

    private record SqliteTransactions(Statements statements, DatabaseFiles files) implements GroupWriter.Transactions {
        @Override
        public void begin() throws SQLException {
            files.requireThere();
            statements.update(SqliteSql.BEGIN);
        }

        @Override
        public void commit() throws SQLException {
            statements.update(SqliteSql.COMMIT);
        }

        @Override
        public void rollback() throws SQLException {
            statements.update(SqliteSql.ROLLBACK);
        }
    }
}
