package io.changeorder.domain.id;

/**
 * Names one engine that drives orders.
 *
 * @param value 1 to 64 printable ASCII characters without blanks; UUIDv7 where this project makes it
 */
public record NodeId(String value) implements Comparable<NodeId> {
    public NodeId {
        Ids.requireValid(value, "NodeId");
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
