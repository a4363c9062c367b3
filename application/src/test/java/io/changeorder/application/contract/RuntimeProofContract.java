package io.changeorder.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Proof;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every runtime finds when it is to prove that the world is as it should be. */
abstract class RuntimeProofContract extends RuntimeFencesContract {
    @Test
    void theProofHoldsWhenTheWorldIsAsItShouldBe() {
        Entry first = anEntryOf(fixture.ready("1"));
        Entry second = anEntryOf(fixture.ready("2"));
        scale(first, 2, F1);
        scale(second, 1, F1);
        awaitReady(first, 2);
        awaitReady(second, 1);
        Proof proof = prove(Composition.of(first, 2).with(second, 1));
        assertThat(proof.differences()).isEmpty();
        assertThat(proof.holds()).isTrue();
        assertThat(proof.evidence()).as("a line for each instance").hasSizeGreaterThanOrEqualTo(3);
        assertThat(String.join("\n", proof.evidence()))
                .contains(ids().stream().map(InstanceId::value).toList());
    }

    @Test
    void theProofOfNothingHoldsWhenThereIsNothingAndOnlyThen() {
        assertThat(prove(Composition.EMPTY).holds()).isTrue();
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        assertThat(kinds(prove(Composition.EMPTY))).contains(Difference.Kind.COUNT);
        scale(entry, 0, F1);
        fixture.await("it is gone", () -> prove(Composition.EMPTY).holds());
    }

    @Test
    void theProofIsNotOlderThanAReturnedScale() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        assertThat(prove(Composition.of(entry, 1)).holds()).isTrue();
        scale(entry, 2, F1);
        assertThat(kinds(prove(Composition.of(entry, 1)))).contains(Difference.Kind.COUNT);
    }

    @Test
    void tooFewInstancesAreADifference() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        assertThat(kinds(prove(Composition.of(entry, 2)))).containsExactly(Difference.Kind.COUNT);
    }

    @Test
    void tooManyInstancesAreADifference() {
        Entry entry = anEntryOf(fixture.ready("1"));
        Entry other = anEntryOf(fixture.ready("2"));
        scale(entry, 2, F1);
        scale(other, 1, F1);
        awaitReady(entry, 2);
        awaitReady(other, 1);
        assertThat(kinds(prove(Composition.of(entry, 1))))
                .as("one too many of one entry, and another entry that should not be there")
                .containsExactly(Difference.Kind.COUNT, Difference.Kind.COUNT);
    }

    @Test
    void anInstanceThatIsStillStoppingIsADifference() {
        Entry entry = anEntryOf(fixture.ignoresTermination("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        scale(entry, 0, F1);
        assertThat(kinds(prove(Composition.EMPTY))).contains(Difference.Kind.COUNT);
        awaitGoneBut(0);
        assertThat(prove(Composition.EMPTY).holds()).isTrue();
    }

    @Test
    void anInstanceThatIsNotReadyIsADifference() {
        Entry entry = anEntryOf(fixture.neverReady("1"));
        scale(entry, 1, F1);
        Proof proof = prove(Composition.of(entry, 1));
        assertThat(kinds(proof)).contains(Difference.Kind.READINESS);
        assertThat(proof.differences())
                .anySatisfy(difference -> assertThat(difference.instance()).contains(only(ids())));
    }

    @Test
    void anInstanceThatHasNotBeenReadyForLongEnoughIsADifference() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        Duration readyFor = Duration.ofMinutes(5);
        assertThat(kinds(runtime().prove(APP, Composition.of(entry, 1), revisions::get, readyFor)))
                .containsExactly(Difference.Kind.READINESS);
        fixture.pass(readyFor);
        assertThat(runtime()
                        .prove(APP, Composition.of(entry, 1), revisions::get, readyFor)
                        .holds())
                .isTrue();
    }

    @Test
    void anInstanceThatNobodyOrderedIsADifferenceThatStartingAfreshMends() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 1, F1);
        awaitReady(entry, 1);
        InstanceId ordered = only(ids());
        fixture.addRogue(APP);
        Proof proof = prove(Composition.of(entry, 1));
        assertThat(kinds(proof)).containsExactly(Difference.Kind.ROGUE);
        assertThat(kinds(prove(Composition.of(entry, 1)))).as("it stays").containsExactly(Difference.Kind.ROGUE);
        runtime().startAfresh(APP, named(proof), F1);
        fixture.await("the rogue is gone", () -> prove(Composition.of(entry, 1)).holds());
        assertThat(ids()).containsExactly(ordered);
    }

    @Test
    void anInstanceThatRunsSomethingElseIsADifferenceThatStartingAfreshMends() {
        Entry entry = anEntryOf(fixture.ready("1"));
        scale(entry, 2, F1);
        awaitReady(entry, 2);
        List<InstanceId> before = ids();
        fixture.change(APP, before.get(0));
        Proof proof = prove(Composition.of(entry, 2));
        assertThat(proof.differences()).isNotEmpty().allSatisfy(difference -> {
            assertThat(difference.instance()).contains(before.get(0));
            assertThat(difference.kind())
                    .isIn(
                            Difference.Kind.EXECUTABLE,
                            Difference.Kind.COMMAND_LINE,
                            Difference.Kind.ENVIRONMENT,
                            Difference.Kind.ARTIFACT);
        });
        runtime().startAfresh(APP, named(proof), F1);
        fixture.await("it was replaced", () -> prove(Composition.of(entry, 2)).holds());
        assertThat(ids()).contains(before.get(1));
    }
}
