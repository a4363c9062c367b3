package io.changeorder.domain.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.domain.exploration.Explorer.Breach;
import io.changeorder.domain.exploration.Explorer.Findings;
import io.changeorder.domain.exploration.Explorer.Kind;
import io.changeorder.domain.exploration.Explorer.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The explorer itself, among numbers. */
class ExplorerTest {
    private static final int MOST = 1_000;

    @Test
    void everyStateIsFoundOnceAndEveryStepIsTaken() {
        Findings findings = Explorer.explore(new Numbers(at -> at < 10 ? List.of(at + 1, at + 2) : List.of()), MOST);
        assertThat(findings.breach()).isEmpty();
        assertThat(findings.states()).isEqualTo(12);
        assertThat(findings.transitions()).isEqualTo(20);
        assertThat(findings.rests()).isEqualTo(2);
        assertThat(findings.longestWay()).isEqualTo(10);
    }

    @Test
    void theShortestWayToABreachIsTold() {
        Numbers numbers = new Numbers(at -> List.of(at + 1, at + 4));
        numbers.forbidden = 9;
        Breach breach = Explorer.explore(numbers, MOST).breach().orElseThrow();
        assertThat(breach.told())
                .hasSize(3)
                .startsWith("0 to 1")
                .last()
                .asString()
                .endsWith("to 9");
        assertThat(breach.story()).startsWith("broken: ").contains("\n  1. 0 to 1\n  2. ");
    }

    @Test
    void aRestWhereThereMustBeNoneIsABreach() {
        Numbers numbers = new Numbers(at -> at < 3 ? List.of(at + 1) : List.of());
        numbers.restless = true;
        Breach breach = Explorer.explore(numbers, MOST).breach().orElseThrow();
        assertThat(breach.broken().invariant()).isEqualTo(Invariant.COMES_TO_REST);
        assertThat(breach.told()).containsExactly("0 to 1", "1 to 2", "2 to 3");
    }

    @Test
    void aCircleIsToldAfterTheWayToIt() {
        Numbers numbers = new Numbers(at -> at < 5 ? List.of(at + 1) : List.of(3));
        Breach breach = Explorer.explore(numbers, MOST).breach().orElseThrow();
        assertThat(breach.broken()).hasMessageEndingWith("after step 3 it can go round in a circle");
        assertThat(breach.told()).containsExactly("0 to 1", "1 to 2", "2 to 3", "3 to 4", "4 to 5", "5 to 3");
    }

    @Test
    void whatOnlyMayHappenMakesNoCircleAndKeepsNothingFromResting() {
        Numbers numbers = new Numbers(at -> List.of((at + 1) % 3));
        numbers.kind = Kind.POSSIBLE;
        Findings findings = Explorer.explore(numbers, MOST);
        assertThat(findings.breach()).isEmpty();
        assertThat(findings.rests()).isEqualTo(3);
        assertThat(findings.longestWay()).isZero();
    }

    @Test
    void whatHasNoBoundIsGivenUp() {
        assertThatThrownBy(() -> Explorer.explore(new Numbers(at -> List.of(at + 1)), MOST))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("more than 1000 states");
    }

    private static final class Numbers implements Explorer.Model<Integer> {
        private final IntFunction<List<Integer>> next;
        private Kind kind = Kind.SURE;
        private int forbidden = -1;
        private boolean restless;

        Numbers(IntFunction<List<Integer>> next) {
            this.next = next;
        }

        @Override
        public Integer start() {
            return 0;
        }

        @Override
        public List<Step<Integer>> steps(Integer from) {
            List<Step<Integer>> steps = new ArrayList<>();
            for (int to : next.apply(from)) {
                steps.add(new Step<>(kind, () -> from + " to " + to, () -> {
                    if (to == forbidden) {
                        throw Invariant.NOTHING_OLDER.broken(to);
                    }
                    return to;
                }));
            }
            return steps;
        }

        @Override
        public long fingerprint(Integer state) {
            return state;
        }

        @Override
        public void rest(Integer state) {
            if (restless) {
                throw Invariant.COMES_TO_REST.broken(state);
            }
        }
    }
}
