package io.changeorder.domain.exploration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Between numbered states: the first way to each, and the steps that come by themselves. Not thread-safe. */
final class Ways {
    private final Numbers froms = new Numbers();
    private final Numbers choices = new Numbers();
    private final Numbers sureFroms = new Numbers();
    private final Numbers sureTos = new Numbers();

    /** The next state is one that was first come to from this one. */
    void first(int from, int choice) {
        froms.add(from);
        choices.add(choice);
    }

    void sure(int from, int to) {
        sureFroms.add(from);
        sureTos.add(to);
    }

    int from(int state) {
        return froms.get(state);
    }

    int choice(int state) {
        return choices.get(state);
    }

    /** The longest way of sure steps; meaningless where they go round in a circle. */
    int longest() {
        return Arrays.stream(new Lengths().longest).max().orElse(0);
    }

    /** States that sure steps lead through and back to the first, which is also the last. */
    Optional<List<Integer>> circle() {
        return new Lengths().circle();
    }

    /** How long the longest way of sure steps is that ends in each state: known once all ways to it are. */
    private final class Lengths {
        private final int states = froms.size();
        private final int[] tos = new int[sureTos.size()];
        private final int[] firstTo = new int[states + 1];
        private final int[] coming = new int[states];
        private final int[] longest = new int[states];
        private final BitSet known = new BitSet();

        Lengths() {
            sort();
            Deque<Integer> ready = new ArrayDeque<>();
            IntStream.range(0, states).filter(state -> coming[state] == 0).forEach(ready::add);
            while (!ready.isEmpty()) {
                int state = ready.remove();
                known.set(state);
                for (int i = firstTo[state]; i < firstTo[state + 1]; i++) {
                    longest[tos[i]] = Math.max(longest[tos[i]], longest[state] + 1);
                    if (--coming[tos[i]] == 0) {
                        ready.add(tos[i]);
                    }
                }
            }
        }

        /** By where they come from. */
        private void sort() {
            for (int i = 0; i < tos.length; i++) {
                coming[sureTos.get(i)]++;
                firstTo[sureFroms.get(i) + 1]++;
            }
            for (int state = 0; state < states; state++) {
                firstTo[state + 1] += firstTo[state];
            }
            int[] next = Arrays.copyOf(firstTo, states);
            for (int i = 0; i < tos.length; i++) {
                tos[next[sureFroms.get(i)]++] = sureTos.get(i);
            }
        }

        /** To each state that is not known one of them leads, so it can be gone backwards until one comes again. */
        Optional<List<Integer>> circle() {
            int last = known.nextClearBit(0);
            if (last >= states) {
                return Optional.empty();
            }
            Map<Integer, Integer> before = new HashMap<>();
            for (int from = 0; from < states; from++) {
                for (int i = firstTo[from]; !known.get(from) && i < firstTo[from + 1]; i++) {
                    before.put(tos[i], from);
                }
            }
            List<Integer> back = new ArrayList<>();
            while (!back.contains(last)) {
                back.add(last);
                last = before.get(last);
            }
            List<Integer> circle = new ArrayList<>(back.subList(back.indexOf(last), back.size()));
            circle.add(last);
            Collections.reverse(circle);
            return Optional.of(circle);
        }
    }

    /** A list of ints. */
    private static final class Numbers {
        private int[] numbers = new int[1024];
        private int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = number;
        }

        int get(int index) {
            return numbers[index];
        }

        int size() {
            return size;
        }
    }
}
