package io.changeorder.adapter.persistence.sql;

import io.changeorder.adapter.persistence.document.Documents;
import io.changeorder.adapter.persistence.document.UnreadableDocumentException;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An order as it is stored: its document, and the columns that stay when the document can't be read. */
public record OrderRow(
        ChangeOrderId id,
        ApplicationId application,
        String type,
        String status,
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
    private static final Logger LOG = LoggerFactory.getLogger(OrderRow.class);
    public static final int COLUMNS = 14;

    /** From the first columns of a row, in the order of the components. */
    public static OrderRow of(ResultSet row) throws SQLException {
        long endedAt = row.getLong(10);
        return new OrderRow(
                new ChangeOrderId(row.getString(1)),
                new ApplicationId(row.getString(2)),
                row.getString(3),
                row.getString(4),
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

    /**
     * The order; empty when it is damaged.
     *
     * @throws StoreUnavailableException when a newer program wrote it
     */
    public Optional<ChangeOrder> read() {
        try {
            return Optional.of(Documents.order(document));
        } catch (UnreadableDocumentException unreadable) {
            if (unreadable.isNewer()) {
                throw Illegible.unavailable(unreadable);
            }
            LOG.error("The stored change order {} can't be read", id, unreadable);
            return Optional.empty();
        }
    }

    /** As {@link #remains(Status)}, where it stood. */
    public ChangeOrder remains() {
        return remains(Illegible.constant(Status.class, status));
    }

    /**
     * What is left of an order that can't be read: nothing of where it came from or went.
     *
     * @throws StoreUnavailableException when that can't be read either
     */
    public ChangeOrder remains(Status at) {
        Change change = new Change(
                Illegible.constant(ChangeOrderType.class, type),
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
