package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.sql.CommitRows;
import io.changeorder.adapter.persistence.sql.GroupWriter;
import io.changeorder.adapter.persistence.sql.Selects;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.adapter.persistence.sql.UnreadableOrder;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoredAnswer;
import io.changeorder.domain.app.Application;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes one commit. The documents are made before it is queued, on the caller's thread: the writing thread only
 * writes.
 */
final class CommitWrite implements GroupWriter.Write<CommitResult> {
    /** One in so many cleans up after all of them; which one is as good as any. */
    private static final int ANSWERS_BETWEEN_CLEANINGS = 256;

    private final Statements writer;
    private final CommitRows rows;
    private final Commit commit;
    private final Optional<UnreadableOrder> unreadable;

    CommitWrite(Statements writer, Commit commit, Optional<UnreadableOrder> unreadable) {
        this.writer = writer;
        this.rows = new CommitRows(commit);
        this.commit = commit;
        this.unreadable = unreadable;
    }

    @Override
    public String subject() {
        return rows.subject();
    }

    @Override
    public Optional<CommitResult> answerTo(SQLException failure) {
        return failure instanceof TokenTakenException
                ? Optional.of(CommitResult.TOKEN_TAKEN)
                : SqliteFailures.answer(failure);
    }

    @Override
    public Supplier<CommitResult> run() throws SQLException {
        CommitResult result = write();
        return () -> result;
    }

    private CommitResult write() throws SQLException {
        if (!putApplication()) {
            return rows.isTokenTaken(writer) ? CommitResult.TOKEN_TAKEN : CommitResult.CONFLICT;
        }
        putAnswer();
        if (unreadable.isPresent()) {
            UnreadableOrder kept = unreadable.get();
            writer.update(
                    SqliteSql.KEEP_UNREADABLE_ORDER,
                    kept.foundAt().toEpochMilli(),
                    kept.order().value());
        }
        put(SqliteSql.PUT_ORDERS, rows.orders());
        put(SqliteSql.PUT_BATCHES, rows.batches());
        put(SqliteSql.PUT_VERSIONS, rows.versions());
        put(SqliteSql.ADD_EVENTS, rows.events());
        put(SqliteSql.ADD_AUDIT, rows.audit());
        return CommitResult.COMMITTED;
    }

    private void put(SqliteSql.Rows sql, List<@Nullable Object[]> all) throws SQLException {
        for (int from = 0; from < all.size(); from += SqliteSql.Rows.MOST) {
            List<@Nullable Object[]> part = all.subList(from, Math.min(all.size(), from + SqliteSql.Rows.MOST));
            List<@Nullable Object> arguments = new ArrayList<>(part.size() * sql.columns());
            part.forEach(row -> Collections.addAll(arguments, row));
            writer.update(sql.of(part.size()), arguments.toArray());
        }
    }

    private void putAnswer() throws SQLException {
        if (commit.answer().isEmpty() || rows.answer().isEmpty()) {
            return;
        }
        StoredAnswer stored = commit.answer().get();
        int put = writer.update(
                SqliteSql.PUT_ANSWER,
                stored.key().actor().name(),
                stored.key().operation().name(),
                stored.key().token(),
                stored.at().toEpochMilli(),
                rows.answer().get(),
                CommitRows.oldestTaken(stored));
        if (put == 0) {
            throw new TokenTakenException();
        }
        if (stored.key().token().hashCode() % ANSWERS_BETWEEN_CLEANINGS == 0) {
            long oldest = CommitRows.oldestTaken(stored);
            writer.update(Selects.FORGET_ANSWERS, oldest, oldest);
        }
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
            return currentVersion().isEmpty() && !rows.isTokenTaken(writer) && create(after);
        }
        boolean updated = writer.update(
                        SqliteSql.UPDATE_APPLICATION, rows.application(commit.expectedVersion(), rows.eventsBefore()))
                == 1;
        if (!updated
                && currentVersion()
                        .filter(version -> version == commit.expectedVersion())
                        .isPresent()) {
            throw rows.gap();
        }
        return updated;
    }

    /** Throws when the name is taken, which the index says. */
    private boolean create(Application after) throws SQLException {
        return writer.update(
                        SqliteSql.CREATE_APPLICATION,
                        rows.application(
                                after.name(),
                                after.namespace(),
                                after.createdAt().toEpochMilli()))
                == 1;
    }

    private Optional<Long> currentVersion() throws SQLException {
        return writer.first(Selects.APPLICATION_VERSION, row -> row.getLong(1), subject());
    }
}
