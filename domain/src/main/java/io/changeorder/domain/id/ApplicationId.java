package io.changeorder.domain.id;

/**
 * Names an application.
 *
 * @param value 1 to 64 printable ASCII characters without blanks; UUIDv7 where this project makes it
 */
public record ApplicationId(String value) implements Comparable<ApplicationId> {
    public ApplicationId {
        Ids.requireValid(value, "ApplicationId");
    }

    @Override
    public int compareTo(ApplicationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
