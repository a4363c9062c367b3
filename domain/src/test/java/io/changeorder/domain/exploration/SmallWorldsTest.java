package io.changeorder.domain.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.exploration.Explorer.Breach;
import io.changeorder.domain.exploration.Explorer.Findings;
import io.changeorder.domain.exploration.Scenario.Interference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything that can come of small orders of every kind, while people, faults and crashes interfere between any two steps:
 * nothing of it breaks an invariant. And each invariant is seen to break where something is built wrongly.
 */
@Tag("exploration")
class SmallWorldsTest {
    /** -Dexploration.more=1 has everything interfere once more than in the normal build. */
    private static final int MORE = Integer.getInteger("exploration.more", 0);

    @Test
    void nothingThatCanHappenBreaksAnInvariant() throws ExecutionException, InterruptedException {
        List<Scenario> scenarios = scenarios();
        List<Findings> findings = explored(scenarios);
        for (int i = 0; i < scenarios.size(); i++) {
            System.out.println(scenarios.get(i) + ": " + findings.get(i));
            assertThat(findings.get(i).breach().map(Breach::story)).isEmpty();
            assertThat(findings.get(i).longestWay()).as("steps to a rest").isBetween(1, 150);
        }
        int states = findings.stream().mapToInt(Findings::states).sum();
        long transitions = findings.stream().mapToLong(Findings::transitions).sum();
        System.out.println("explored " + states + " states and " + transitions + " transitions in " + scenarios.size()
                + " small worlds");
        assertThat(states).as("states").isGreaterThan(1_000_000);
        assertThat(transitions).as("transitions").isGreaterThan(3_000_000);
    }

    private static List<Findings> explored(List<Scenario> scenarios) throws ExecutionException, InterruptedException {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<Findings>> explorations = scenarios.stream()
                    .map(scenario -> two.submit(scenario::explore))
                    .toList();
            List<Findings> findings = new ArrayList<>();
            for (Future<Findings> exploration : explorations) {
                findings.add(exploration.get());
            }
            return findings;
        } finally {
            two.shutdownNow();
        }
    }

    /** What takes longest comes first. */
    private static List<Scenario> scenarios() {
        Stream<Scenario> deep = Stream.of(
                        Scenario.deployment(2, 2), Scenario.deployment(2, 1), Scenario.deployment(1, 1))
                .map(scenario -> scenario.with(Interference.MAIN, 3 + MORE));
        Stream<Scenario> wide = Stream.of(
                        Scenario.deployment(3, 1),
                        Scenario.deployment(3, 2),
                        Scenario.deployment(3, 3),
                        Scenario.automatic(3, 3),
                        Scenario.automatic(2, 2),
                        Scenario.restart(2, 2),
                        Scenario.restart(1, 1),
                        Scenario.firstDeployment(2, 2),
                        Scenario.firstDeployment(1, 1),
                        Scenario.rescale(1, 3),
                        Scenario.rescale(3, 1),
                        Scenario.stop(2),
                        Scenario.blocked(2))
                .map(scenario -> scenario.with(Interference.ALL, 2 + MORE));
        return Stream.concat(deep, wide).toList();
    }

    // ---- that it would be found

    @ParameterizedTest
    @EnumSource(value = Flaw.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void whatIsBuiltWronglyIsFound(Flaw flaw) {
        assertThat(found(flaw).broken().invariant()).isEqualTo(flaw.broken().orElseThrow());
    }

    @Test
    void noInvariantIsCheckedThatIsNeverSeenToBreak() {
        Set<Invariant> rest = EnumSet.allOf(Invariant.class);
        Arrays.stream(Flaw.values()).map(Flaw::broken).flatMap(Optional::stream).forEach(rest::remove);
        assertThat(rest).isEmpty();
    }

    @Test
    void aRuntimeThatIgnoresFencesIsToldOfLikeThis() {
        assertThat(found(Flaw.THE_RUNTIME_IGNORES_FENCES).story()).isEqualTo("""
                        broken: after an abort was answered nothing older takes effect on any instance: scale r1 to 2 under fence 1, where an answer confirmed fence 2
                          1. node-1 freezes, and node-2 takes over
                          2. node-2 looks into the store: order-4 is PREPARING
                          3. node-2 raises fence 1
                          4. node-2 sees i-1 (r1) ready, i-2 (r1) ready, and decides
                          5. anne aborts order-4
                          6. node-2 raises fence 2 and answers that order-4 is ended
                          7. node-2 has the runtime scale r1 to 2 under fence 1""");
    }

    @Test
    void aConvergenceThatForgetsTheFloorIsToldOfLikeThis() {
        assertThat(found(Flaw.ALL_OLD_ONES_GO_AT_ONCE).story()).isEqualTo("""
                        broken: no action of the engine takes ready instances below the floor: 0 of 2 are left, the floor is 1
                          1. node-1 freezes, and node-2 takes over
                          2. node-2 looks into the store: order-4 is PREPARING
                          3. node-2 raises fence 1
                          4. node-2 sees i-1 (r1) ready, i-2 (r1) ready, and decides""");
    }

    private static Breach found(Flaw flaw) {
        return Scenario.deployment(2, 2)
                .with(Interference.ALL, 2)
                .with(flaw)
                .explore()
                .breach()
                .orElseThrow(() -> new AssertionError("not found: " + flaw));
    }
}
