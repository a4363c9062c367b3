package io.changeorder.application.engine;

import io.changeorder.application.spi.IdSource;
import io.changeorder.domain.decision.Assignment;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Typed ids of a node. Safe from any thread. */
@Singleton
public final class Identities {
    private final IdSource ids;
    private final NodeId node;

    /** Of a node that gets an id now. */
    @Inject
    public Identities(IdSource ids) {
        this(ids, new NodeId(ids.next().toString()));
    }

    public Identities(IdSource ids, NodeId node) {
        this.ids = ids;
        this.node = node;
    }

    /** This node; another one after each start. */
    public NodeId node() {
        return node;
    }

    public ApplicationId application() {
        return new ApplicationId(ids.next().toString());
    }

    public BatchId batch() {
        return new BatchId(ids.next().toString());
    }

    /** A new order that this node drives. */
    public Assignment assignment() {
        return new Assignment(new ChangeOrderId(ids.next().toString()), node);
    }
}
