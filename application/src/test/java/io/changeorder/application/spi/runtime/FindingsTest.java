package io.changeorder.application.spi.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.RevisionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration READY_FOR = Duration.ofSeconds(10);
    private static final Entry R1 = new Entry(new RevisionId("1".repeat(64)), 0);
    private static final Entry R2 = new Entry(new RevisionId("2".repeat(64)), 0);
    private static final InstanceId ONE = new InstanceId("i-1");

    @Test
    void asManyAsExpectedAndReadyForLongEnoughHold() {
        Proof proof = findings(Composition.of(R1, 1), instance(ONE, R1, Optional.of(NOW.minus(READY_FOR))))
                .proof();
        assertThat(proof.holds()).isTrue();
    }

    @Test
    void eachEntryWithAnotherCountDiffers() {
        Proof proof = findings(Composition.of(R1, 2), instance(ONE, R2, Optional.of(NOW.minus(READY_FOR))))
                .proof();
        assertThat(proof.differences())
                .containsExactly(
                        new Difference(Difference.Kind.COUNT, Optional.empty(), "2 of " + R1, "0"),
                        new Difference(Difference.Kind.COUNT, Optional.empty(), "0 of " + R2, "1"));
    }

    @Test
    void whatIsNotReadyForLongEnoughDiffers() {
        Instant since = NOW.minus(READY_FOR).plusNanos(1);
        InstanceId two = new InstanceId("i-2");
        Proof proof = findings(
                        Composition.of(R1, 2),
                        instance(ONE, R1, Optional.of(since)),
                        instance(two, R1, Optional.empty()))
                .proof();
        assertThat(proof.differences())
                .containsExactly(
                        new Difference(
                                Difference.Kind.READINESS,
                                Optional.of(ONE),
                                "ready for " + READY_FOR,
                                "ready since " + since),
                        new Difference(
                                Difference.Kind.READINESS, Optional.of(two), "ready for " + READY_FOR, "not ready"));
    }

    @Test
    void whatIsComparedIsEvidenceOrDiffers() {
        Findings findings = findings(Composition.EMPTY);
        findings.compare(Difference.Kind.ARTIFACT, ONE, "bytes", "bytes");
        findings.compare(Difference.Kind.ENVIRONMENT, ONE, "LANG=C", "LANG=xx");
        findings.unchecked("what it listens on");
        assertThat(findings.proof())
                .isEqualTo(new Proof(
                        List.of(new Difference(Difference.Kind.ENVIRONMENT, Optional.of(ONE), "LANG=C", "LANG=xx")),
                        List.of("instance i-1 runs bytes"),
                        List.of("what it listens on")));
    }

    private static Findings findings(Composition expected, Instance... seen) {
        return new Findings(new Observation(NOW, List.of(seen)), expected, READY_FOR);
    }

    private static Instance instance(InstanceId id, Entry entry, Optional<Instant> readySince) {
        return new Instance(id, entry, Instance.State.RUNNING, NOW.minusSeconds(60), readySince, 0, "");
    }
}
