package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.document.Documents;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Ending;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes one commit. The documents are made before it is queued, on the caller's thread: the writing thread only
 * writes.
 */
final class CommitWrite implements GroupWriter.Write<CommitResult> {
    /** One in so many cleans up after all of them; which one is as good as any. */
    private static final int ANSWERS_BETWEEN_CLEANINGS = 256;

    private final Statements writer;
    private final Commit commit;
    private final Optional<Unreadable> unreadable;
    private final String application;
    private final List<@Nullable Object[]> orders = new ArrayList<>();
    private final List<@Nullable Object[]> batches = new ArrayList<>();
    private final List<@Nullable Object[]> versions = new ArrayList<>();
    private final List<@Nullable Object[]> events = new ArrayList<>();
    private final Optional<String> answer;

    /** An order whose document is kept aside before it is written over. */
    record Unreadable(ChangeOrderId order, Instant foundAt) {}

    CommitWrite(Statements writer, Commit commit, Optional<Unreadable> unreadable) {
        requireNumbered(commit);
        this.writer = writer;
        this.commit = commit;
        this.unreadable = unreadable;
        this.application = Documents.of(commit.application());
        // What ended goes first, so that its place as the live order is free.
        commit.orders().stream()
                .sorted(Comparator.comparing(ChangeOrder::isLive))
                .forEach(this::add);
        commit.versions().forEach(this::add);
        commit.events().forEach(this::add);
        this.answer = commit.answer().map(Documents::of);
    }

    private static void requireNumbered(Commit commit) {
        long due = commit.application().events() - commit.events().size();
        for (Event event : commit.events()) {
            due++;
            if (event.number() != due
                    || !event.application().equals(commit.application().id())) {
                throw new IllegalArgumentException("event " + event.number() + " where " + due + " was due");
            }
        }
    }

    private void add(ChangeOrder order) {
        orders.add(new @Nullable Object[] {
            order.id().value(),
            order.application().value(),
            order.change().type().name(),
            order.status().name(),
            order.isLive(),
            order.lease().value(),
            order.fence().value(),
            order.createdBy().name(),
            order.createdAt().toEpochMilli(),
            order.ending().map(Ending::at).map(Instant::toEpochMilli).orElse(null),
            order.undoes().map(ChangeOrderId::value).orElse(null),
            order.undoneBy().map(ChangeOrderId::value).orElse(null),
            order.change().description(),
            Documents.of(order)
        });
        int number = 0;
        for (Batch batch : order.progress().batches()) {
            number++;
            batches.add(new @Nullable Object[] {batch.id().value(), order.id().value(), number});
        }
    }

    private void add(Version version) {
        versions.add(new @Nullable Object[] {
            version.application().value(),
            version.id().value(),
            version.createdAt().toEpochMilli(),
            Documents.of(version)
        });
    }

    private void add(Event event) {
        events.add(new @Nullable Object[] {
            event.application().value(),
            event.number(),
            event.at().toEpochMilli(),
            event.actor().name(),
            event.fence().value(),
            Documents.of(event)
        });
    }

    @Override
    public String subject() {
        return commit.application().id().value();
    }

    @Override
    public Optional<CommitResult> answerTo(SQLException failure) {
        return failure instanceof TokenTakenException
                ? Optional.of(CommitResult.TOKEN_TAKEN)
                : SqliteFailures.answer(failure);
    }

    @Override
    public CommitResult run() throws SQLException {
        if (!putApplication()) {
            return isTokenTaken() ? CommitResult.TOKEN_TAKEN : CommitResult.CONFLICT;
        }
        putAnswer();
        if (unreadable.isPresent()) {
            Unreadable kept = unreadable.get();
            writer.update(
                    SqliteSql.KEEP_UNREADABLE_ORDER,
                    kept.foundAt().toEpochMilli(),
                    kept.order().value());
        }
        put(SqliteSql.PUT_ORDERS, orders);
        put(SqliteSql.PUT_BATCHES, batches);
        put(SqliteSql.PUT_VERSIONS, versions);
        put(SqliteSql.ADD_EVENTS, events);
        return CommitResult.COMMITTED;
    }

    private void put(SqliteSql.Rows sql, List<@Nullable Object[]> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += SqliteSql.Rows.MOST) {
            List<@Nullable Object[]> part = rows.subList(from, Math.min(rows.size(), from + SqliteSql.Rows.MOST));
            List<@Nullable Object> arguments = new ArrayList<>(part.size() * sql.columns());
            part.forEach(row -> Collections.addAll(arguments, row));
            writer.update(sql.of(part.size()), arguments.toArray());
        }
    }

    private boolean isTokenTaken() throws SQLException {
        if (commit.answer().isEmpty()) {
            return false;
        }
        StoredAnswer stored = commit.answer().get();
        return writer.first(
                        SqliteSql.IS_TOKEN_TAKEN,
                        row -> row.getInt(1),
                        stored.key().actor().name(),
                        stored.key().operation().name(),
                        stored.key().token(),
                        oldestTaken(stored))
                .isPresent();
    }

    private void putAnswer() throws SQLException {
        if (commit.answer().isEmpty() || answer.isEmpty()) {
            return;
        }
        StoredAnswer stored = commit.answer().get();
        int put = writer.update(
                SqliteSql.PUT_ANSWER,
                stored.key().actor().name(),
                stored.key().operation().name(),
                stored.key().token(),
                stored.at().toEpochMilli(),
                answer.get(),
                oldestTaken(stored));
        if (put == 0) {
            throw new TokenTakenException();
        }
        if (stored.key().token().hashCode() % ANSWERS_BETWEEN_CLEANINGS == 0) {
            writer.update(SqliteSql.FORGET_ANSWERS, oldestTaken(stored));
        }
    }

    private static long oldestTaken(StoredAnswer answer) {
        return answer.at().minus(StoredAnswer.LIFETIME).toEpochMilli();
    }

    /** Undoes what the commit did already. */
    private static final class TokenTakenException extends SQLException {
        private static final long serialVersionUID = 1L;

        private TokenTakenException() {
            super("the token is taken");
        }
    }

    private boolean putApplication() throws SQLException {
        Application after = commit.application();
        if (commit.expectedVersion() == 0) {
            return currentVersion().isEmpty() && !isTokenTaken() && create(after);
        }
        long eventsBefore = after.events() - events.size();
        boolean updated =
                writer.update(SqliteSql.UPDATE_APPLICATION, columns(commit.expectedVersion(), eventsBefore)) == 1;
        if (!updated
                && currentVersion()
                        .filter(version -> version == commit.expectedVersion())
                        .isPresent()) {
            throw new IllegalArgumentException(
                    "the events of " + after.id() + " do not go on from " + eventsBefore + " but from another number");
        }
        return updated;
    }

    /** Throws when the name is taken, which the index says. */
    private boolean create(Application after) throws SQLException {
        Object[] created = {after.name(), after.namespace(), after.createdAt().toEpochMilli()};
        return writer.update(SqliteSql.CREATE_APPLICATION, columns(created)) == 1;
    }

    private Optional<Long> currentVersion() throws SQLException {
        return writer.first(SqliteSql.APPLICATION_VERSION, row -> row.getLong(1), subject());
    }

    private @Nullable Object[] columns(Object... last) {
        Application after = commit.application();
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add(after.isDeleted());
        columns.add(after.version());
        columns.add(after.events());
        columns.add(after.fence().value());
        columns.add(after.liveOrder().map(ChangeOrderId::value).orElse(null));
        columns.add(after.growth().isHalted() ? commit.by().value() : null);
        columns.add(application);
        columns.add(after.id().value());
        columns.addAll(List.of(last));
        return columns.toArray();
    }
}
