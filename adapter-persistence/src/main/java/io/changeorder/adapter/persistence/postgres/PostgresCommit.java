package io.changeorder.adapter.persistence.postgres;

import io.changeorder.adapter.persistence.sql.CommitRows;
import io.changeorder.adapter.persistence.sql.GroupWriter;
import io.changeorder.adapter.persistence.sql.Statements;
import io.changeorder.adapter.persistence.sql.UnreadableOrder;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.order.ChangeOrder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One commit on its way into the database. Its stamp is written with it, so that it is known again where an answer was
 * lost: a second attempt can only lose against the first, and is then told by the stamp.
 */
final class PostgresCommit implements GroupWriter.Write<CommitResult> {
    private final PostgresGroups groups;
    private final CommitRows rows;
    private final Optional<UnreadableOrder> unreadable;
    private final long stamp = ThreadLocalRandom.current().nextLong();
    private Supplier<CommitResult> result = () -> {
        throw new IllegalStateException("not written yet");
    };
    private boolean perhapsDone;

    PostgresCommit(PostgresGroups groups, Commit commit, Optional<UnreadableOrder> unreadable) {
        this.groups = groups;
        this.rows = new CommitRows(commit);
        this.unreadable = unreadable;
    }

    @Override
    public String subject() {
        return rows.subject();
    }

    @Override
    public Supplier<CommitResult> run() {
        groups.add(this);
        return () -> result.get();
    }

    /** What the database refused has been judged before it could fail. */
    @Override
    public Optional<CommitResult> answerTo(SQLException failure) {
        return Optional.empty();
    }

    CommitRows rows() {
        return rows;
    }

    void won() {
        result = () -> CommitResult.COMMITTED;
    }

    /** An attempt was sent, and its end was never heard of. */
    void mayBeDone() {
        perhapsDone = true;
    }

    boolean isPerhapsDone() {
        return perhapsDone;
    }

    /**
     * Finds out why it did not win: since it had won before, since its token is taken, or since of what it is told.
     *
     * @param otherwise the answer when its token is free; empty when its version was another one
     */
    void judge(Statements database, Optional<CommitResult> otherwise) throws SQLException {
        Optional<Found> found = database.first(
                PostgresSql.JUDGE, Found::of, rows.commit().application().events(), subject());
        if (found.isPresent() && isThis(found.get())) {
            won();
        } else if (rows.isTokenTaken(database)) {
            result = () -> CommitResult.TOKEN_TAKEN;
        } else if (otherwise.isEmpty()
                && found.isPresent()
                && found.get().version() == rows.commit().expectedVersion()) {
            result = () -> {
                throw rows.gap();
            };
        } else {
            result = () -> otherwise.orElse(CommitResult.CONFLICT);
        }
    }

    private boolean isThis(Found found) {
        boolean isLast = found.version() == rows.commit().application().version() && found.stamp() == stamp;
        return isLast
                || (!rows.events().isEmpty()
                        && found.eventStamp().filter(mark -> mark == stamp).isPresent());
    }

    private record Found(long version, long stamp, Optional<Long> eventStamp) {
        static Found of(java.sql.ResultSet row) throws SQLException {
            long eventStamp = row.getLong(3);
            return new Found(
                    row.getLong(1), row.getLong(2), row.wasNull() ? Optional.empty() : Optional.of(eventStamp));
        }
    }

    // ---- its rows, as the statement has them

    @Nullable
    Object[] application() {
        Application after = rows.commit().application();
        return rows.application(
                rows.commit().expectedVersion(),
                rows.eventsBefore(),
                stamp,
                after.name(),
                after.namespace(),
                after.createdAt().toEpochMilli());
    }

    List<@Nullable Object[]> unreadable() {
        return unreadable.stream()
                .map(kept -> new @Nullable Object[] {
                    kept.order().value(), kept.foundAt().toEpochMilli()
                })
                .toList();
    }

    List<@Nullable Object[]> events() {
        List<@Nullable Object[]> stamped = new ArrayList<>();
        for (@Nullable Object[] event : rows.events()) {
            stamped.add(CommitRows.before(stamp, event));
        }
        return stamped;
    }

    List<@Nullable Object[]> answers() {
        return rows.commit().answer().stream()
                .map(answer -> new @Nullable Object[] {
                    answer.key().actor().name(),
                    answer.key().operation().name(),
                    answer.key().token(),
                    answer.at().toEpochMilli(),
                    rows.answer().orElseThrow()
                })
                .toList();
    }

    /** Whether its live order is, or may be, one that another node holds. */
    boolean concernsAnotherNode() {
        Commit commit = rows.commit();
        boolean anothers =
                commit.orders().stream().anyMatch(order -> !order.lease().equals(commit.by()));
        boolean unknown = commit.application()
                .liveOrder()
                .filter(live -> commit.orders().stream().map(ChangeOrder::id).noneMatch(live::equals))
                .isPresent();
        return anothers || unknown;
    }
}
