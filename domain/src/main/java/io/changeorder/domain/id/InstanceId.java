package io.changeorder.domain.id;

/**
 * Names one instance of an application, stable over its restarts.
 *
 * @param value 1 to 64 printable ASCII characters without blanks; UUIDv7 where this project makes it
 */
public record InstanceId(String value) implements Comparable<InstanceId> {
    public InstanceId {
        Ids.requireValid(value, "InstanceId");
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
