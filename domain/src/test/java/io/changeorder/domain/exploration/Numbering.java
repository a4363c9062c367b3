package io.changeorder.domain.exploration;

import java.util.Arrays;

/** Numbers what is known by a fingerprint, from 0, in the order in which it comes. Not thread-safe. */
final class Numbering {
    private static final int FREE = -1;

    private long[] fingerprints = new long[1 << 12];
    private int[] numbers = free(fingerprints.length);
    private int size;

    int size() {
        return size;
    }

    /** The number it has, or else the next one. */
    int number(long fingerprint) {
        int slot = slot(fingerprint);
        if (numbers[slot] != FREE) {
            return numbers[slot];
        }
        int number = size++;
        put(slot, fingerprint, number);
        if (size * 2 > numbers.length) {
            grow();
        }
        return number;
    }

    /** Where it is, or else may be: what comes to the same place stands behind one another. */
    private int slot(long fingerprint) {
        int mask = numbers.length - 1;
        int slot = Long.hashCode(fingerprint) & mask;
        while (numbers[slot] != FREE && fingerprints[slot] != fingerprint) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void put(int slot, long fingerprint, int number) {
        fingerprints[slot] = fingerprint;
        numbers[slot] = number;
    }

    private void grow() {
        long[] before = fingerprints;
        int[] beforeNumbers = numbers;
        fingerprints = new long[before.length * 2];
        numbers = free(fingerprints.length);
        for (int i = 0; i < before.length; i++) {
            if (beforeNumbers[i] != FREE) {
                put(slot(before[i]), before[i], beforeNumbers[i]);
            }
        }
    }

    private static int[] free(int slots) {
        int[] free = new int[slots];
        Arrays.fill(free, FREE);
        return free;
    }
}
