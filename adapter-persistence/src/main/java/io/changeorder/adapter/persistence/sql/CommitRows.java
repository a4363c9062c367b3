package io.changeorder.adapter.persistence.sql;

import io.changeorder.adapter.persistence.document.Documents;
import io.changeorder.application.spi.store.Commit;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one commit writes: a row for each thing in it, in the order of the columns that the dialects name. */
public final class CommitRows {
    private final Commit commit;
    private final String application;
    private final List<@Nullable Object[]> orders = new ArrayList<>();
    private final List<@Nullable Object[]> batches = new ArrayList<>();
    private final List<@Nullable Object[]> versions = new ArrayList<>();
    private final List<@Nullable Object[]> events = new ArrayList<>();
    private final Optional<String> answer;
    private final List<@Nullable Object[]> audit;

    /** @throws IllegalArgumentException when its events are not numbered on */
    public CommitRows(Commit commit) {
        requireNumbered(commit);
        this.commit = commit;
        this.application = Documents.of(commit.application());
        // What ended goes first, so that its place as the live order is free.
        commit.orders().stream()
                .sorted(Comparator.comparing(ChangeOrder::isLive))
                .forEach(this::add);
        commit.versions().forEach(this::add);
        commit.events().forEach(this::add);
        this.answer = commit.answer().map(Documents::of);
        this.audit = commit.audit().stream().map(AuditRows::of).toList();
    }

    public Commit commit() {
        return commit;
    }

    /** The application's id. */
    public String subject() {
        return commit.application().id().value();
    }

    /**
     * deleted, version, events, fence, live_order, halted_by, document, id.
     *
     * @param last what comes after them
     */
    public @Nullable Object[] application(@Nullable Object... last) {
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
        Collections.addAll(columns, last);
        return columns.toArray();
    }

    /** How many events the application has before it. */
    public long eventsBefore() {
        return commit.application().events() - events.size();
    }

    /** id, application, type, status, live, lease, fence, created_by, created_at, ended_at, undoes, undone_by, description, document. */
    public List<@Nullable Object[]> orders() {
        return orders;
    }

    /** id, change_order, number. */
    public List<@Nullable Object[]> batches() {
        return batches;
    }

    /** application, id, created_at, document. */
    public List<@Nullable Object[]> versions() {
        return versions;
    }

    /** application, number, at, actor, fence, document. */
    public List<@Nullable Object[]> events() {
        return events;
    }

    /** The document of its answer. */
    public Optional<String> answer() {
        return answer;
    }

    /** {@link AuditRows#COLUMNS}; one row at most. */
    public List<@Nullable Object[]> audit() {
        return audit;
    }

    /** Whether its answer has a token that another one holds. */
    public boolean isTokenTaken(Statements database) throws SQLException {
        if (commit.answer().isEmpty()) {
            return false;
        }
        StoredAnswer stored = commit.answer().get();
        return database.first(
                        Selects.IS_TOKEN_TAKEN,
                        row -> row.getInt(1),
                        stored.key().actor().name(),
                        stored.key().operation().name(),
                        stored.key().token(),
                        oldestTaken(stored))
                .isPresent();
    }

    /** What its caller gets whose events leave a gap after those that are stored. */
    public IllegalArgumentException gap() {
        return new IllegalArgumentException(
                "the events of " + subject() + " do not go on from " + eventsBefore() + " but from another number");
    }

    /** A row with one more value at its beginning. */
    public static @Nullable Object[] behind(@Nullable Object first, @Nullable Object[] row) {
        @Nullable Object[] longer = new @Nullable Object[row.length + 1];
        longer[0] = first;
        System.arraycopy(row, 0, longer, 1, row.length);
        return longer;
    }

    /** A row with one more value at its end. */
    public static @Nullable Object[] before(@Nullable Object last, @Nullable Object[] row) {
        @Nullable Object[] longer = Arrays.copyOf(row, row.length + 1);
        longer[row.length] = last;
        return longer;
    }

    /** Answers that were given earlier than this hold no token any more. */
    public static long oldestTaken(StoredAnswer answer) {
        return answer.at().minus(StoredAnswer.LIFETIME).toEpochMilli();
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
}
