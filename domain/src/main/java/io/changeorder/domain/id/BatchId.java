package io.changeorder.domain.id;

/**
 * Names one batch of a change order (a <em>pipeline</em> on the wire).
 *
 * @param value 1 to 64 printable ASCII characters without blanks; UUIDv7 where this project makes it
 */
public record BatchId(String value) implements Comparable<BatchId> {
    public BatchId {
        Ids.requireValid(value, "BatchId");
    }

    @Override
    public int compareTo(BatchId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
