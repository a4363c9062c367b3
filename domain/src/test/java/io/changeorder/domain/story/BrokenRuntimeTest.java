package io.changeorder.domain.story;

import static io.changeorder.domain.story.Story.R2;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Driving;
import io.changeorder.domain.decision.Move;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.order.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of an order whose runtime does what no runtime may. */
class BrokenRuntimeTest {
    private static final Settings FOUR = Settings.of(4);
    private static final Settings FOUR_IN_TWO = FOUR.withStrategy(UpdateStrategy.manual(2));
    private static final Attention BROKEN = new Attention.RuntimeBroken("observe gave null");

    @Test
    void aPersonIsToldOnceWhateverTheRuntimeSaysNext() {
        Story story = Story.of(4).deploy(R2, FOUR);
        story.accept(((Move.Commit) broken(story, "observe gave null")).change());
        assertThat(story.last().status()).isEqualTo(Status.PREPARING);
        assertThat(story.last().attention()).contains(BROKEN);
        assertThat(broken(story, "observe gave null")).isInstanceOf(Move.Sleep.class);
        assertThat(broken(story, "observe threw something")).isInstanceOf(Move.Sleep.class);
    }

    @Test
    void theOrderGoesOnByItselfWhenTheRuntimeDoes() {
        Story story = Story.of(4).deploy(R2, FOUR).runUntil(s -> s.last().status() == Status.RUNNING);
        story.accept(((Move.Commit) broken(story, "observe gave null")).change());
        assertThat(story.last().attention()).contains(BROKEN);
        story.run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.last().attention()).isEmpty();
    }

    @Test
    void thatThereIsSomethingToDoDoesNotMendARuntime() {
        Story story = Story.of(4).deploy(R2, FOUR).runUntil(s -> s.last().status() == Status.RUNNING);
        story.accept(((Move.Commit) broken(story, "scale gave null")).change());
        Move.Commit scales = (Move.Commit) story.move();
        assertThat(scales.change().effects()).isNotEmpty();
        assertThat(scales.change().orders())
                .allSatisfy(order -> assertThat(order.attention()).isPresent());
        story.accept(scales.change());
        assertThat(story.last().attention()).isPresent();
        Move.Commit clears = (Move.Commit) story.move();
        assertThat(clears.change().orders())
                .singleElement()
                .satisfies(order -> assertThat(order.attention()).isEmpty());
    }

    @Test
    void anOrderThatWaitsForAPersonAnywayWaitsOn() {
        Story story = Story.of(4).deploy(R2, FOUR_IN_TWO).run();
        assertThat(story.last().status()).isEqualTo(Status.AWAITING_CONFIRMATION);
        assertThat(broken(story, "observe gave null")).isEqualTo(new Move.Sleep(Optional.empty()));
    }

    @Test
    void whereNoOrderLivesNobodyIsTold() {
        assertThat(broken(Story.of(4), "observe gave null")).isEqualTo(new Move.Sleep(Optional.empty()));
    }

    private static Move broken(Story story, String how) {
        return Driving.broken(story.state(), false, how, story.now());
    }
}
