package io.changeorder.domain.id;

/**
 * Names a change order.
 *
 * @param value 1 to 64 printable ASCII characters without blanks; UUIDv7 where this project makes it
 */
public record ChangeOrderId(String value) implements Comparable<ChangeOrderId> {
    public ChangeOrderId {
        Ids.requireValid(value, "ChangeOrderId");
    }

    @Override
    public int compareTo(ChangeOrderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
