package io.changeorder.domain.app;

import static io.changeorder.domain.story.Story.R1;
import static io.changeorder.domain.story.Story.R2;
import static io.changeorder.domain.story.Story.R3;
import static io.changeorder.domain.story.Story.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The algebra of compositions. */
class CompositionTest {
    @Property
    void sumsCommuteAndAddUp(@ForAll("any") Composition a, @ForAll("any") Composition b, @ForAll("any") Composition c) {
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.plus(Composition.EMPTY)).isEqualTo(a);
        assertThat(a.plus(b).total()).isEqualTo(a.total() + b.total());
    }

    @Property
    void theGreaterOfTwoHasAtLeastEither(@ForAll("any") Composition a, @ForAll("any") Composition b) {
        Composition greater = a.max(b);
        assertThat(greater).isEqualTo(b.max(a));
        assertThat(greater.max(a)).isEqualTo(greater);
        assertThat(a.max(a)).isEqualTo(a);
        assertThat(a.max(Composition.EMPTY)).isEqualTo(a);
        a.plus(b)
                .counts()
                .keySet()
                .forEach(entry -> assertThat(greater.count(entry)).isEqualTo(Math.max(a.count(entry), b.count(entry))));
    }

    @Property
    void theSmallerOfTwoHasAtMostEither(@ForAll("any") Composition a, @ForAll("any") Composition b) {
        Composition smaller = a.min(b);
        a.plus(b)
                .counts()
                .keySet()
                .forEach(entry -> assertThat(smaller.count(entry)).isEqualTo(Math.min(a.count(entry), b.count(entry))));
    }

    @Property
    void aPartAndTheRestAreTheWhole(@ForAll("any") Composition a) {
        Composition part = a.only(entry -> entry.revision().equals(R1));
        Composition rest = a.only(entry -> !entry.revision().equals(R1));
        assertThat(part.plus(rest)).isEqualTo(a);
        assertThat(part.total()).isEqualTo(a.count(R1));
        assertThat(part.isEmpty()).isEqualTo(a.count(R1) == 0);
    }

    @Property
    void shrinkingTakesTheOldestFirstAndNeverAdds(@ForAll("any") Composition a, @ForAll @IntRange(max = 40) int total) {
        Composition shrunk = a.shrunkTo(total);
        assertThat(shrunk.total()).isEqualTo(Math.min(a.total(), total));
        assertThat(shrunk.max(a)).isEqualTo(a);
        for (Entry each : a.counts().keySet()) {
            a.counts().keySet().stream()
                    .filter(other -> other.revision().equals(each.revision())
                            && other.generation() < each.generation()
                            && shrunk.count(each) < a.count(each))
                    .forEach(older -> assertThat(shrunk.count(older)).isZero());
        }
    }

    @Property
    void whatIsSetIsCounted(@ForAll("any") Composition a, @ForAll @IntRange(max = 9) int count) {
        Composition changed = a.with(entry(R2), count);
        assertThat(changed.count(entry(R2))).isEqualTo(count);
        assertThat(changed.with(entry(R2), a.count(entry(R2)))).isEqualTo(a);
        assertThat(changed.counts().containsKey(entry(R2))).isEqualTo(count > 0);
    }

    @Example
    void anEntryThatCountsNothingIsNotThere() {
        Map<Entry, Integer> counts = new HashMap<>(Map.of(entry(R1), 0, entry(R2), 2));
        Composition composition = new Composition(counts);
        counts.put(entry(R3), 5);
        assertThat(composition.counts()).containsExactly(Map.entry(entry(R2), 2));
        assertThat(composition).isEqualTo(Composition.of(entry(R2), 2));
        assertThat(Composition.of(entry(R1), 0)).isEqualTo(Composition.EMPTY);
        assertThat(Composition.EMPTY.isEmpty()).isTrue();
        assertThat(composition.isEmpty()).isFalse();
    }

    @Example
    void noEntryCountsLessThanNothing() {
        assertThatThrownBy(() -> Composition.of(entry(R1), -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> entry(R1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void theNewestGenerationIsFoundByRevision() {
        Composition composition = new Composition(Map.of(entry(R1, 3), 1, entry(R1, 0), 1, entry(R2, 9), 1));
        assertThat(composition.newest(R1)).contains(entry(R1, 3));
        assertThat(composition.newest(R3)).isEmpty();
        assertThat(composition.count(R1)).isEqualTo(2);
        assertThat(composition.counts().keySet()).containsExactly(entry(R1, 0), entry(R1, 3), entry(R2, 9));
    }

    @Example
    void peopleReadItShort() {
        assertThat(new Composition(Map.of(entry(R1), 3, entry(R2, 1), 1))).hasToString("{11111111@0=3, 22222222@1=1}");
    }

    @Provide
    Arbitrary<Composition> any() {
        Arbitrary<Entry> entries = Combinators.combine(
                        Arbitraries.of(R1, R2, R3), Arbitraries.integers().between(0, 3))
                .as(Entry::new);
        return Arbitraries.maps(entries, Arbitraries.integers().between(0, 9))
                .ofMaxSize(8)
                .map(Composition::new);
    }
}
