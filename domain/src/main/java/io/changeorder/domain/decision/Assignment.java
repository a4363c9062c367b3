package io.changeorder.domain.decision;

import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.NodeId;

/**
 * What a new order gets from outside the domain.
 *
 * @param id its identity
 * @param node the node that will drive it
 */
public record Assignment(ChangeOrderId id, NodeId node) {}
