package io.changeorder.domain.decision;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.ChangeOrderType;
import io.changeorder.domain.order.Input;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.InstanceFailure;
import io.changeorder.domain.revision.RevisionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that happened to an application; the history is made of these and folds to the present state. */
public sealed interface Happening {
    /** The application exists now. */
    record ApplicationCreated(String name, String namespace) implements Happening {}

    /** An order was accepted and lives. */
    record OrderOpened(
            ChangeOrderId order,
            ChangeOrderType type,
            Snapshot before,
            Snapshot after,
            int generation,
            Optional<ChangeOrderId> undoes)
            implements Happening {}

    /** An order's batches were cut: the composition after each. */
    record BatchesPlanned(ChangeOrderId order, List<Composition> targets) implements Happening {
        public BatchesPlanned {
            targets = List.copyOf(targets);
        }
    }

    /**
     * An order moved along the table of transitions.
     *
     * @param batch index of the batch that runs or waits afterwards
     * @param attention why it needs a person afterwards
     * @param failure the instance that moved it, if one did
     */
    record OrderMoved(
            ChangeOrderId order,
            Input input,
            Status from,
            Status to,
            int batch,
            Optional<Attention> attention,
            Optional<InstanceFailure> failure)
            implements Happening {}

    /** The time that counts towards an order's deadline stands, or runs again: maintenance began or ended. */
    record OrderFrozen(ChangeOrderId order, boolean frozen) implements Happening {}

    /** The runtime was told of a retry. */
    record StartedAfresh(ChangeOrderId order, Set<InstanceId> replaced) implements Happening {
        public StartedAfresh {
            replaced = Set.copyOf(replaced);
        }
    }

    /** The engine committed itself to have this many instances, before it does anything about it. */
    record Intended(Optional<ChangeOrderId> order, Composition composition) implements Happening {}

    /** Whoever holds an older fence may touch nothing any more. */
    record FenceGrew(Fence fence) implements Happening {}

    /** Growth was halted by raising the fence, or goes on. */
    record GrowthChanged(Growth growth) implements Happening {}

    /** A node drives an order now. */
    record TakenOver(ChangeOrderId order, NodeId by) implements Happening {}

    /** This is what the application is returned to from now on. */
    record Settled(ChangeOrderId order, Snapshot snapshot) implements Happening {}

    /** A person had this version rolled back. */
    record VersionRolledBack(RevisionId version, ChangeOrderId rollback) implements Happening {}

    /** A version that a person had rolled back is deployed again. */
    record RolledBackVersionDeployed(RevisionId version, ChangeOrderId order) implements Happening {}
}
