package io.changeorder.domain.id;

/**
 * A number per application that only grows; whoever holds an older one may touch nothing.
 *
 * @param value 0 or more
 */
public record Fence(long value) implements Comparable<Fence> {
    public static final Fence ZERO = new Fence(0);

    public Fence {
        if (value < 0) {
            throw new IllegalArgumentException("a fence is never negative: " + value);
        }
    }

    public Fence next() {
        return new Fence(value + 1);
    }

    public boolean isOlderThan(Fence other) {
        return value < other.value;
    }

    @Override
    public int compareTo(Fence other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
