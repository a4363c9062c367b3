package io.changeorder.domain.exploration;

import io.changeorder.domain.exploration.Invariant.Broken;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Goes from the start of a model to everything that can come of it, nearest first, so that no story of the first breach
 * is shorter than the one it tells. States are known by fingerprints of 64 bits: of a million, two are mistaken for each
 * other with a probability of 3 in 100 million.
 *
 * @param <S> a state; immutable
 */
final class Explorer<S> {
    /** What can happen. */
    interface Model<S> {
        S start();

        /** What can happen next, always in the same order. */
        List<Step<S>> steps(S from);

        /** The same for states from which the same can happen. */
        long fingerprint(S state);

        /**
         * Nothing is under way that goes on by itself.
         *
         * @throws Broken when it must not rest here
         */
        void rest(S state);
    }

    /** How a step comes about. */
    enum Kind {
        /** By itself, sooner or later. */
        SURE,
        /** Perhaps, or never. */
        POSSIBLE
    }

    /**
     * Something that can happen.
     *
     * @param told a sentence
     * @param taken where it leads; throws {@link Broken} when it must not happen
     */
    record Step<S>(Kind kind, Supplier<String> told, Supplier<S> taken) {}

    /**
     * How a breach comes about.
     *
     * @param told what happens, in order
     */
    record Breach(Broken broken, List<String> told) {
        /** On a line each, for people. */
        String story() {
            StringBuilder story = new StringBuilder("broken: ").append(broken.getMessage());
            for (int i = 0; i < told.size(); i++) {
                story.append("\n%3d. %s".formatted(i + 1, told.get(i)));
            }
            return story.toString();
        }
    }

    /**
     * What was explored.
     *
     * @param rests states in which nothing goes on by itself
     * @param longestWay how many steps it takes at most from any state to a rest, if nobody interferes
     * @param breach the first that was met; then the numbers are those until there
     */
    record Findings(int states, long transitions, int rests, int longestWay, Optional<Breach> breach) {
        @Override
        public String toString() {
            return "%,d states, %,d transitions, at rest in %,d, which takes at most %d steps"
                    .formatted(states, transitions, rests, longestWay);
        }
    }

    private final Model<S> model;
    private final int mostStates;
    private final Numbering known = new Numbering();
    private final Ways ways = new Ways();
    private final Queue<S> queue = new ArrayDeque<>();
    private long transitions;
    private int rests;

    private Explorer(Model<S> model, int mostStates) {
        this.model = model;
        this.mostStates = mostStates;
    }

    /**
     * Explores all of it, up to the first breach.
     *
     * @throws AssertionError when there are more states than this
     */
    static <S> Findings explore(Model<S> model, int mostStates) {
        return new Explorer<>(model, mostStates).explore();
    }

    private Findings explore() {
        arrive(model.start(), 0, 0);
        for (int at = 0; !queue.isEmpty(); at++) {
            Optional<Breach> breach = leave(queue.remove(), at);
            if (breach.isPresent()) {
                return new Findings(known.size(), transitions, rests, 0, breach);
            }
            if (known.size() > mostStates) {
                throw new AssertionError("more than " + mostStates + " states, and " + queue.size() + " of them to go");
            }
        }
        Optional<Breach> circle = ways.circle().map(this::circle);
        return new Findings(known.size(), transitions, rests, ways.longest(), circle);
    }

    private Optional<Breach> leave(S state, int at) {
        try {
            List<Step<S>> steps = model.steps(state);
            boolean goesOn = false;
            for (int choice = 0; choice < steps.size(); choice++) {
                Step<S> step = steps.get(choice);
                try {
                    int to = arrive(step.taken().get(), at, choice);
                    transitions++;
                    if (step.kind() == Kind.SURE) {
                        ways.sure(at, to);
                        goesOn = true;
                    }
                } catch (Broken broken) {
                    Breach before = breach(broken, at);
                    before.told().add(step.told().get());
                    return Optional.of(before);
                }
            }
            if (!goesOn) {
                rests++;
                model.rest(state);
            }
            return Optional.empty();
        } catch (Broken broken) {
            return Optional.of(breach(broken, at));
        }
    }

    private int arrive(S state, int from, int choice) {
        int next = known.size();
        int number = known.number(model.fingerprint(state));
        if (number == next) {
            ways.first(from, choice);
            queue.add(state);
        }
        return number;
    }

    private Breach breach(Broken broken, int at) {
        List<String> told = new ArrayList<>();
        go(at, told);
        return new Breach(broken, told);
    }

    private Breach circle(List<Integer> circle) {
        List<String> told = new ArrayList<>();
        S state = go(circle.get(0), told);
        String where = "after step " + told.size() + " it can go round in a circle";
        for (int next : circle.subList(1, circle.size())) {
            Step<S> step = model.steps(state).stream()
                    .filter(each -> each.kind() == Kind.SURE)
                    .filter(each -> known.number(model.fingerprint(each.taken().get())) == next)
                    .findFirst()
                    .orElseThrow();
            told.add(step.told().get());
            state = step.taken().get();
        }
        return new Breach(Invariant.WITHIN_A_BOUND.broken(where), told);
    }

    /** How it came to a state is not kept but gone once more. */
    private S go(int to, List<String> told) {
        List<Integer> choices = new ArrayList<>();
        for (int state = to; state > 0; state = ways.from(state)) {
            choices.add(ways.choice(state));
        }
        Collections.reverse(choices);
        S state = model.start();
        for (int choice : choices) {
            Step<S> step = model.steps(state).get(choice);
            told.add(step.told().get());
            state = step.taken().get();
        }
        return state;
    }
}
