package io.changeorder.domain.story;

import static io.changeorder.domain.story.Story.R1;
import static io.changeorder.domain.story.Story.R2;
import static io.changeorder.domain.story.Story.R3;
import static io.changeorder.domain.story.Story.entry;
import static io.changeorder.domain.story.Story.mix;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.decision.Move;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.story.TinyWorld.Nature;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How growth goes on after a raised fence halted it: what is kept, by who is at work. */
class ResumingTest {
    private static final Settings FOUR = Settings.of(4);
    private static final Settings FOUR_IN_TWO = FOUR.withStrategy(UpdateStrategy.manual(2));

    @Test
    void aRollbackKeepsWhatItWantsAndOfTheRestWhatAnswers() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        story.world.becomesUnready(entry(R1));
        story.world.becomesUnready(entry(R2));
        story.abortAndRollBack();
        assertThat(story.last().status()).isEqualTo(Status.PREPARING);
        assertThat(resumed(story)).containsExactlyInAnyOrderEntriesOf(Map.of("r1", 2, "r2", 1));
    }

    @Test
    void anOrderThatIsNotPlannedYetKeepsAllThatIsThere() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run().abort().run().deploy(R3, FOUR);
        story.world.becomesUnready(entry(R1));
        story.world.becomesUnready(entry(R2));
        story.takeOver();
        assertThat(story.last().status()).isEqualTo(Status.PREPARING);
        assertThat(resumed(story)).containsExactlyInAnyOrderEntriesOf(Map.of("r1", 2, "r2", 2));
    }

    @Test
    void aBatchKeepsWhatItHasAndOfTheRestWhatAnswers() {
        Story story = Story.of(4);
        story.world.nature(R2, Nature.NEVER_READY);
        story.deploy(R2, FOUR).runUntil(s -> s.composition().equals(mix(1, 3, 0)));
        story.takeOver();
        assertThat(resumed(story)).containsExactlyInAnyOrderEntriesOf(Map.of("r1", 1, "r2", 3));
        story.world.becomesUnready(entry(R1));
        assertThat(resumed(story)).containsExactlyInAnyOrderEntriesOf(Map.of("r1", 0, "r2", 3));
    }

    @Test
    void whatExitedWhileABatchIsAtWorkIsLeftToIt() {
        Story story = Story.of(4).deploy(R2, FOUR).runUntil(s -> s.composition().equals(mix(1, 3, 0)));
        story.world.exit(entry(R2));
        story.takeOver();
        assertThat(resumed(story)).containsExactlyInAnyOrderEntriesOf(Map.of("r1", 1, "r2", 2));
        assertThat(story.run().last().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void whatExitedComesBackWhereNothingWasTouchedYet() {
        Story story = Story.of(4).deploy(R2, FOUR);
        story.world.exit(entry(R1));
        story.takeOver();
        assertThat(story.composition()).isEqualTo(mix(3, 0, 0));
        assertThat(resumed(story)).containsExactlyInAnyOrderEntriesOf(Map.of("r1", 4));
    }

    @Test
    void whatExitedComesBackWhereNobodyIsAtWork() {
        Story waiting = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        waiting.world.exit(entry(R2));
        waiting.takeOver();
        assertThat(resumed(waiting)).containsExactlyInAnyOrderEntriesOf(Map.of("r1", 2, "r2", 2));

        Story pausing = Story.of(4)
                .deploy(R2, FOUR.withStrategy(UpdateStrategy.automatic(2, Duration.ofMinutes(1))))
                .runUntil(Status.AWAITING_NEXT_BATCH);
        pausing.world.exit(entry(R2));
        pausing.takeOver();
        assertThat(resumed(pausing)).containsExactlyInAnyOrderEntriesOf(Map.of("r1", 2, "r2", 2));

        Story ended = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        ended.world.exit(entry(R1));
        ended.abort();
        assertThat(resumed(ended)).containsExactlyInAnyOrderEntriesOf(Map.of("r1", 2, "r2", 2));
    }

    /** The wishes with which it goes on, by revision; they are intended before. */
    private static Map<String, Integer> resumed(Story story) {
        if (story.move() instanceof Move.Commit) {
            story.step();
        }
        Move.Perform perform = (Move.Perform) story.move();
        Map<String, Integer> counts = new TreeMap<>();
        for (Effect effect : perform.effects()) {
            Effect.Scale scale = (Effect.Scale) effect;
            assertThat(scale.fence()).isEqualTo(story.application().fence());
            counts.put("r" + scale.entry().revision().value().charAt(0), scale.count());
        }
        assertThat(perform.then().orElseThrow().application().growth().isHalted())
                .isFalse();
        assertThat(perform.then().orElseThrow().application().intended().total())
                .isEqualTo(counts.values().stream().mapToInt(Integer::intValue).sum());
        return counts;
    }
}
