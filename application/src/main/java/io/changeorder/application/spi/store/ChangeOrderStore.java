package io.changeorder.application.spi.store;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.audit.AuditQuery;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps everything that must not be lost. Safe from any thread. Every method may throw
 * {@link StoreUnavailableException}; a commit that throws it was <em>not</em> done, unless the exception says that it is
 * unknown.
 *
 * <p>What it guarantees, each sentence with tests of its own in the {@code ChangeOrderStoreContract} of
 * {@code changeorder-contracts}:
 *
 * <ol>
 *   <li><b>What was committed is found</b>: equal to what was written, in every place where it is looked for, and nothing
 *       else.
 *   <li><b>All or nothing</b>: nothing of a commit is seen before it is over, and of one that the store died in all or
 *       nothing is there afterwards.
 *   <li><b>Answered is durable</b>: what was answered is there when the store is opened again.
 *   <li><b>Every answer is seen at once</b>: a read sees every commit that was answered before it began, and commits of
 *       different applications do not disturb each other.
 *   <li><b>A commit follows the version it expects</b>: from any other version of its application it is a conflict and
 *       leaves nothing behind.
 *   <li><b>One order is live</b>: a second live order of an application is refused; in one commit an order may end and
 *       another open.
 *   <li><b>Names are unique</b>: in their namespace, among applications that are not deleted.
 *   <li><b>Answers are kept by their key</b>: by actor, operation and token, for the lifetime of an answer; then a new
 *       one takes its place.
 *   <li><b>The token is judged first</b>: the loser of two equal calls is told so, whatever else is wrong with it.
 *   <li><b>Of rivals one wins</b>: of commits at once that exclude each other the first is committed and every other one
 *       refused, also while the first is not over.
 *   <li><b>Groups are no bond</b>: however commits that wait together are written, each gets the answer that it would get
 *       by itself, in their order.
 *   <li><b>History has no gaps</b>: events are found by number in their order; a commit that would leave a gap is a bug of
 *       its caller and throws.
 *   <li><b>Lists come in order and in pages</b>: by what was asked for, with the number of all there are.
 *   <li><b>Work finds its node</b>: an application with a live order is found by the node that holds it, one whose growth
 *       is halted by the node that halted it, and as unattended by the others once that node is gone; any other one by
 *       nobody.
 *   <li><b>Leases are kept</b>: a node whose lease was renewed is not gone before that has lapsed.
 *   <li><b>Nodes hear of each other</b>: what another node did over the same data is told, and nothing that this one did.
 *   <li><b>Only what nobody needs is purged</b>: what ended long enough ago, and never what is live, the newest of its
 *       application, or being taken back.
 *   <li><b>Maintenance is kept</b>: as it was switched last.
 *   <li><b>What was asked stays on record</b>: an entry is found by its trace, its request and its application, with
 *       what it was written with, the newest first; that of a commit exactly when the commit is. Nothing changes it, and
 *       nothing but its age ends it.
 *   <li><b>A second store shares or is refused</b>: over the same data it has everything in common with the first, or it
 *       can't be opened and the refusal names the node that has the data.
 *   <li><b>Trouble loses nothing</b>: without room, or without its data within reach, nothing is accepted, nothing lost,
 *       and it goes on when that is over. Of a commit the message of the refusal says so in these words: that
 *       {@code nothing was changed}, and without room also what is {@code full}.
 *   <li><b>Damage is refused</b>: data that does not go together is not opened, with a word on what to do.
 *   <li><b>The end is clean</b>: after it nothing is answered, and a commit under way has been committed or throws.
 * </ol>
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
     * This node is alive: what it holds is its own for so long from now, by the clock of the store. With a length of zero
     * it lets go of everything.
     */
    void renewLease(NodeId node, Duration length);

    /**
     * Applications that need this node, since another one has them that is gone: its lease has lapsed, or was never heard
     * of. It holds their live order, or halted their growth where no order is live. In no particular order, at most
     * {@code limit}.
     */
    List<ApplicationId> findUnattended(NodeId node, int limit);

    /** Applications whose live order this node holds, or whose growth it halted where no order is live. */
    List<ApplicationId> findAttended(NodeId node);

    /**
     * Tells from now on what other nodes did over the same data, on any thread, which is not to be held up. It may come
     * late or twice; where something may have been lost, {@link Watcher#changed()} is told.
     */
    void watch(Watcher watcher);

    /**
     * Forgets orders that ended longer than this ago by the clock of the store, the oldest first, at most {@code limit}:
     * neither the newest of an application nor one whose rollback lives. The history stays whole.
     *
     * @return how many
     */
    int purgeOrders(Duration age, int limit);

    /** Whether there is maintenance, and until when. */
    Maintenance maintenance();

    /**
     * Switches maintenance; durable when it returns.
     *
     * @param audit the record of who did it, kept together with it
     */
    void setMaintenance(Maintenance maintenance, Optional<AuditEntry> audit);

    /** Keeps the record of a command that commits nothing; durable when it returns. */
    void audit(AuditEntry entry);

    /** The records that have this in common, the newest first. */
    List<AuditEntry> findAudit(AuditQuery query);

    /**
     * Forgets records that are older than this by the clock of the store, the oldest first, at most {@code limit}.
     *
     * @return how many
     */
    int purgeAudit(Duration age, int limit);

    /** Releases everything; used once. Commits that were not answered yet are finished or throw. */
    @Override
    void close();

    /** Hears of what other nodes did. */
    interface Watcher {
        /** They committed something, at least where the live order is one that the node of this store holds. */
        void committed(ApplicationId application);

        /** They switched maintenance, or nothing is known of some while: everything may have changed. */
        void changed();
    }

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
