package io.changeorder.adapter.persistence;

import io.changeorder.adapter.persistence.document.Documents;
import io.changeorder.adapter.persistence.document.UnreadableDocumentException;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.application.spi.store.ChangeOrderStore.OrderQuery;
import io.changeorder.application.spi.store.IdempotencyKey;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.order.Progress;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.order.Stopwatch;
import io.changeorder.domain.plan.Limits;
import io.changeorder.domain.plan.Target;
import io.changeorder.domain.revision.RevisionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of the database, one statement or one transaction each. */
final class Queries {
    private static final Logger LOG = LoggerFactory.getLogger(Queries.class);

    private Queries() {}

    /** An application and its live order, as one statement saw them. */
    record ApplicationRow(String document, Optional<OrderRow> live) {}

    static Optional<ApplicationRow> application(Statements reader, ApplicationId id) throws SQLException {
        return reader.first(
                SqliteSql.FIND_APPLICATION,
                row -> new ApplicationRow(
                        row.getString(OrderRow.COLUMNS + 1),
                        row.getString(1) == null ? Optional.empty() : Optional.of(OrderRow.of(row))),
                id.value());
    }

    static Optional<OrderRow> order(Statements reader, ChangeOrderId id) throws SQLException {
        return reader.first(SqliteSql.FIND_ORDER, OrderRow::of, id.value());
    }

    static Optional<OrderRow> orderOfBatch(Statements reader, BatchId id) throws SQLException {
        return reader.first(SqliteSql.FIND_ORDER_OF_BATCH, OrderRow::of, id.value());
    }

    static Optional<String> version(Statements reader, ApplicationId application, RevisionId id) throws SQLException {
        return reader.first(SqliteSql.FIND_VERSION, row -> row.getString(1), application.value(), id.value());
    }

    static List<String> versions(Statements reader, ApplicationId application) throws SQLException {
        return reader.list(SqliteSql.LIST_VERSIONS, row -> row.getString(1), application.value());
    }

    static Optional<String> answer(Statements reader, IdempotencyKey key, Instant notBefore) throws SQLException {
        return reader.first(
                SqliteSql.FIND_ANSWER,
                row -> row.getString(1),
                key.actor().name(),
                key.operation().name(),
                key.token(),
                notBefore.toEpochMilli());
    }

    static List<String> history(Statements reader, ApplicationId application, long from, int limit)
            throws SQLException {
        return reader.list(SqliteSql.HISTORY, row -> row.getString(1), application.value(), from, limit);
    }

    static Page<OrderRow> orders(Statements reader, OrderQuery query) throws SQLException {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(query.application().value());
        arguments.addAll(query.types());
        arguments.addAll(query.statuses());
        if (!query.descriptionPart().isEmpty()) {
            arguments.add(query.descriptionPart());
        }
        return page(
                reader,
                SqliteSql.countOrders(query),
                SqliteSql.listOrders(query),
                OrderRow::of,
                arguments,
                query.limit(),
                query.offset());
    }

    static Page<String> applications(Statements reader, ApplicationQuery query) throws SQLException {
        List<@Nullable Object> arguments = new ArrayList<>();
        if (!query.namespace().isEmpty()) {
            arguments.add(query.namespace());
        }
        if (!query.namePart().isEmpty()) {
            arguments.add(query.namePart());
        }
        return page(
                reader,
                SqliteSql.countApplications(query),
                SqliteSql.listApplications(query),
                row -> row.getString(1),
                arguments,
                query.limit(),
                query.offset());
    }

    /** The total and the rows from one moment. */
    private static <T> Page<T> page(
            Statements reader,
            String count,
            String list,
            Statements.Row<T> mapping,
            List<@Nullable Object> arguments,
            int limit,
            int offset)
            throws SQLException {
        reader.execute(SqliteSql.BEGIN_READING);
        try {
            int total = reader.first(count, row -> row.getInt(1), arguments.toArray())
                    .orElse(0);
            arguments.add(limit);
            arguments.add(offset);
            return new Page<>(reader.list(list, mapping, arguments.toArray()), total);
        } finally {
            reader.execute(SqliteSql.ROLLBACK);
        }
    }

    /** Who has what. */
    record Holding(ApplicationId application, NodeId node) {}

    static List<Holding> unattended(Statements reader, NodeId node, int limit) throws SQLException {
        return reader.list(
                SqliteSql.FIND_UNATTENDED,
                row -> new Holding(applicationId(row), new NodeId(row.getString(2))),
                node.value(),
                limit);
    }

    static List<ApplicationId> attended(Statements reader, NodeId node) throws SQLException {
        return reader.list(SqliteSql.FIND_ATTENDED, Queries::applicationId, node.value());
    }

    static Optional<String> maintenance(Statements reader) throws SQLException {
        return reader.first(SqliteSql.FIND_MAINTENANCE, row -> row.getString(1));
    }

    private static ApplicationId applicationId(ResultSet row) throws SQLException {
        return new ApplicationId(row.getString(1));
    }

    /** An order as it is stored: its document, and the columns that stay when the document can't be read. */
    record OrderRow(
            ChangeOrderId id,
            ApplicationId application,
            ChangeOrderType type,
            Status status,
            boolean live,
            NodeId lease,
            Fence fence,
            Actor createdBy,
            Instant createdAt,
            Optional<Instant> endedAt,
            Optional<ChangeOrderId> undoes,
            Optional<ChangeOrderId> undoneBy,
            String description,
            String document) {
        static final int COLUMNS = 14;

        static OrderRow of(ResultSet row) throws SQLException {
            long endedAt = row.getLong(10);
            return new OrderRow(
                    new ChangeOrderId(row.getString(1)),
                    new ApplicationId(row.getString(2)),
                    ChangeOrderType.valueOf(row.getString(3)),
                    Status.valueOf(row.getString(4)),
                    row.getBoolean(5),
                    new NodeId(row.getString(6)),
                    new Fence(row.getLong(7)),
                    new Actor(row.getString(8)),
                    Instant.ofEpochMilli(row.getLong(9)),
                    row.getObject(10) == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(endedAt)),
                    Optional.ofNullable(row.getString(11)).map(ChangeOrderId::new),
                    Optional.ofNullable(row.getString(12)).map(ChangeOrderId::new),
                    row.getString(13),
                    row.getString(14));
        }

        /** The order; empty when it can't be read. */
        Optional<ChangeOrder> read() {
            try {
                return Optional.of(Documents.order(document));
            } catch (UnreadableDocumentException unreadable) {
                LOG.error("The stored change order {} can't be read", id, unreadable);
                return Optional.empty();
            }
        }

        /** What is left of an order that can't be read: nothing of where it came from or went. */
        ChangeOrder remains(Status at) {
            Change change = new Change(
                    type,
                    new Snapshot.NotDeployed(),
                    new Snapshot.NotDeployed(),
                    new Target(Optional.empty(), 0, 0, false),
                    UpdateStrategy.SINGLE_BATCH,
                    new Limits(0, 0, Timing.DEFAULT),
                    description);
            Progress progress = new Progress(
                    at,
                    List.of(),
                    0,
                    new Stopwatch(Duration.ZERO, Optional.empty()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            Optional<Ending> ending = at.isLive()
                    ? Optional.empty()
                    : Optional.of(new Ending(Actor.ENGINE, endedAt.orElse(createdAt), Optional.empty()));
            return new ChangeOrder(
                    id,
                    application,
                    change,
                    createdBy,
                    createdAt,
                    fence,
                    lease,
                    progress,
                    undoes,
                    undoneBy,
                    ending,
                    Optional.empty());
        }
    }
}
