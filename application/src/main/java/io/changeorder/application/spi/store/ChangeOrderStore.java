package io.changeorder.application.spi.store;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.query.Page;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.ApplicationState;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.revision.RevisionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps everything that must not be lost. Safe from any thread. Reads see every commit that was answered before they
 * began. Every method may throw {@link StoreUnavailableException}; a commit that throws it was <em>not</em> done, unless
 * the exception says that it is unknown.
 */
public interface ChangeOrderStore extends AutoCloseable {
    /** An application, deleted ones included, with its live order as they were committed together. */
    Optional<ApplicationState> findApplication(ApplicationId id);

    /** An order of any status; as {@code SYSTEM_FAILED}, with what is still known of it, where it can't be read. */
    Optional<ChangeOrder> findOrder(ChangeOrderId id);

    /** The order that a batch belongs to. */
    Optional<ChangeOrder> findOrderOfBatch(BatchId id);

    /** A version of an application. */
    Optional<Version> findVersion(ApplicationId application, RevisionId id);

    /** The versions of an application, the newest first. */
    List<Version> listVersions(ApplicationId application);

    /** The answer that was given for this key, if its command was accepted and is not older than {@code notBefore}. */
    Optional<StoredAnswer> findAnswer(IdempotencyKey key, Instant notBefore);

    /**
     * Commits everything in it or nothing, durably, if the application still has the expected version. Never throws for
     * a lost race: that is an answer. Where several answers are true, the token's comes first and the version's second,
     * so that the loser of two equal calls finds the winner's answer.
     */
    CommitResult commit(Commit commit);

    /** One page of an application's orders, by creation. */
    Page<ChangeOrder> listOrders(OrderQuery query);

    /** One page of the applications that are not deleted, by name. */
    Page<Application> listApplications(ApplicationQuery query);

    /** The history of an application from an event number on, in order, at most {@code limit}. */
    List<Event> history(ApplicationId application, long from, int limit);

    /**
     * Applications that need a node: they have a live order that this node does not hold and whose node is gone, or
     * growth that an abort halted. In no particular order, at most {@code limit}.
     */
    List<ApplicationId> findUnattended(NodeId node, int limit);

    /** Applications whose live order this node holds, or whose growth an abort halted. */
    List<ApplicationId> findAttended(NodeId node);

    /** Whether there is maintenance, and until when. */
    Maintenance maintenance();

    /** Switches maintenance; durable when it returns. */
    void setMaintenance(Maintenance maintenance);

    /** Releases everything; used once. Commits that were not answered yet are finished or throw. */
    @Override
    void close();

    /**
     * Which orders to list.
     *
     * @param application whose
     * @param types names of {@code ChangeOrderType}; empty for all
     * @param statuses names of {@code Status}; empty for all
     * @param descriptionPart only orders whose description contains this, case-sensitively; empty for all
     * @param ascending oldest first instead of newest first
     * @param offset rows to skip, 0 or more
     * @param limit rows to give, 1 or more
     */
    record OrderQuery(
            ApplicationId application,
            List<String> types,
            List<String> statuses,
            String descriptionPart,
            boolean ascending,
            int offset,
            int limit) {
        public OrderQuery {
            types = List.copyOf(types);
            statuses = List.copyOf(statuses);
        }
    }

    /**
     * Which applications to list.
     *
     * @param namePart only applications whose name contains this; empty for all
     * @param namespace only applications of this namespace; empty for all
     * @param offset rows to skip, 0 or more
     * @param limit rows to give, 1 or more
     */
    record ApplicationQuery(String namePart, String namespace, int offset, int limit) {}
}
