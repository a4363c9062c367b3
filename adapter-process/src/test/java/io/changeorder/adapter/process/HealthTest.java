package io.changeorder.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Probe PROBE = new Probe(new Probe.Exec(List.of("true")), 10, 30, 1);

    @Test
    void withoutProbesAnInstanceIsReadyFromItsStart() {
        Health health = Health.started(Probes.NONE, START);
        assertThat(health.readySince()).contains(START);
        assertThat(health.nextMoment()).isEmpty();
    }

    @Test
    void aProbeIsTriedAfterItsDelayAndOnceAtATime() {
        Health health = Health.started(Probes.readiness(PROBE), START);
        assertThat(health.due(START.plusSeconds(9))).isEmpty();
        assertThat(health.nextMoment()).contains(START.plusSeconds(10));
        assertThat(health.due(START.plusSeconds(10))).containsOnlyKeys(Health.Kind.READINESS);
        assertThat(health.due(START.plusSeconds(100))).as("it is under way").isEmpty();
        assertThat(health.nextMoment()).isEmpty();
    }

    @Test
    void oneSuccessMakesReadyAndOneFailureUnready() {
        Health health = Health.started(Probes.readiness(PROBE), START);
        answer(health, Health.Kind.READINESS, Optional.empty(), START.plusSeconds(10));
        assertThat(health.readySince()).contains(START.plusSeconds(10));
        answer(health, Health.Kind.READINESS, Optional.empty(), START.plusSeconds(40));
        assertThat(health.readySince()).as("without a break").contains(START.plusSeconds(10));
        answer(health, Health.Kind.READINESS, Optional.of("why"), START.plusSeconds(70));
        assertThat(health.readySince()).isEmpty();
        assertThat(health.complaint()).contains("why");
    }

    @Test
    void anInstanceThatWasNeverReadyIsAskedSoonerThanThePeriodAndEverLessOften() {
        Health health = Health.started(Probes.readiness(PROBE), START);
        Instant at = START.plusSeconds(10);
        for (long wait : new long[] {100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000}) {
            answer(health, Health.Kind.READINESS, Optional.of("why"), at);
            assertThat(health.nextMoment()).contains(at.plusMillis(wait));
            at = at.plusMillis(wait);
        }
        answer(health, Health.Kind.READINESS, Optional.empty(), at);
        assertThat(health.nextMoment()).contains(at.plusSeconds(30));
    }

    @Test
    void threeLivenessFailuresInARowMeanDead() {
        Health health = Health.started(new Probes(Optional.of(PROBE), Optional.empty(), Optional.empty()), START);
        Instant at = START.plusSeconds(10);
        for (Optional<String> answer : List.of(
                Optional.of("no"), Optional.of("no"), Optional.<String>empty(), Optional.of("no"), Optional.of("no"))) {
            answer(health, Health.Kind.LIVENESS, answer, at);
            assertThat(health.isDead()).isFalse();
            assertThat(health.nextMoment()).as("never sooner than the period").contains(at.plusSeconds(30));
            at = at.plusSeconds(30);
        }
        answer(health, Health.Kind.LIVENESS, Optional.of("no"), at);
        assertThat(health.isDead()).isTrue();
    }

    @Test
    void nothingElseIsAskedBeforeTheStartupProbeHasPassed() {
        Health health = Health.started(new Probes(Optional.of(PROBE), Optional.empty(), Optional.of(PROBE)), START);
        assertThat(health.due(START.plusSeconds(10))).containsOnlyKeys(Health.Kind.STARTUP);
        assertThat(health.readySince()).isEmpty();
        health.answered(Health.Kind.STARTUP, Optional.empty(), START.plusSeconds(11));
        assertThat(health.readySince()).contains(START.plusSeconds(11));
        assertThat(health.due(START.plusSeconds(11))).containsOnlyKeys(Health.Kind.LIVENESS);
    }

    @Test
    void anAdoptedInstanceIsAskedAtOnceAndNotWhetherItHasStarted() {
        Probes probes = new Probes(Optional.empty(), Optional.of(PROBE), Optional.of(PROBE));
        Health health = Health.adopted(probes, true, START, START.plusSeconds(500));
        assertThat(health.readySince()).isEmpty();
        assertThat(health.due(START.plusSeconds(500))).containsOnlyKeys(Health.Kind.READINESS);
    }

    @Test
    void anAdoptedInstanceWithoutProbesHasBeenReadyAllTheTime() {
        assertThat(Health.adopted(Probes.NONE, true, START, START.plusSeconds(500))
                        .readySince())
                .contains(START);
    }

    private static void answer(Health health, Health.Kind kind, Optional<String> answer, Instant at) {
        assertThat(health.due(at)).containsKey(kind);
        health.answered(kind, answer, at);
    }
}
