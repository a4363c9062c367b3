package io.changeorder.application.spi.store;

import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import java.util.List;
import java.util.Optional;

/**
 * What is written as one.
 *
 * @param expectedVersion the version that the application must have; 0 when it must not exist
 * @param application the application afterwards; its version is the expected one plus 1
 * @param orders new and changed orders, whole
 * @param versions new and changed versions, whole
 * @param events what happened, numbered on from the application's history without a gap
 * @param answer what a repeated call gets, if the call had a client token
 * @param by the node that commits; it looks after growth that is halted by this, where no order is live
 * @param audit the record of the command that it comes of, if it comes of one
 */
public record Commit(
        long expectedVersion,
        Application application,
        List<ChangeOrder> orders,
        List<Version> versions,
        List<Event> events,
        Optional<StoredAnswer> answer,
        NodeId by,
        Optional<AuditEntry> audit) {
    public Commit {
        orders = List.copyOf(orders);
        versions = List.copyOf(versions);
        events = List.copyOf(events);
        if (application.version() != expectedVersion + 1) {
            throw new IllegalArgumentException(
                    "version " + application.version() + " does not follow " + expectedVersion);
        }
    }
}
