package io.changeorder.domain.story;

import static io.changeorder.domain.story.Story.R1;
import static io.changeorder.domain.story.Story.R2;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.app.UpdateStrategy.Release;
import io.changeorder.domain.order.Status;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is settled is what an application is returned to, whatever was ordered and however far that had come. */
class RestorationTest {
    private enum Order {
        DEPLOY,
        REDEPLOY,
        RESCALE,
        RESTART,
        STOP,
        DELETE
    }

    private static Story order(Order order, Settings settings, Story story) {
        return switch (order) {
            case DEPLOY -> story.deploy(R2, settings);
            case REDEPLOY -> story.deploy(R1, settings);
            case RESCALE -> story.rescale(settings.replicas());
            case RESTART -> story.restart(settings.strategy());
            case STOP -> story.stop();
            case DELETE -> story.delete();
        };
    }

    @Property(tries = 300)
    void anAbortedOrderIsTakenBackToWhatWasSettled(
            @ForAll("settings") Settings settled,
            @ForAll("settings") Settings ordered,
            @ForAll Order order,
            @ForAll boolean stoppedBefore,
            @ForAll @IntRange(max = 30) int steps) {
        Assume.that(!stoppedBefore || order != Order.RESTART);
        Story story = Story.of(settled);
        if (stoppedBefore) {
            story.stop().run();
        }
        Snapshot before = story.application().settled();
        Composition there = story.composition();
        order(order, ordered, story);
        for (int i = 0; i < steps && story.last().isLive(); i++) {
            if (story.last().status() == Status.AWAITING_CONFIRMATION) {
                story.confirm();
            }
            story.step();
            story.pass(Duration.ofSeconds(1));
        }
        Assume.that(story.last().isLive());
        boolean touched = story.application().touched();
        story.abortAndRollBack().run();
        assertThat(story.application().settled()).isEqualTo(before);
        assertThat(story.application().touched()).isFalse();
        assertThat(story.last().status()).isEqualTo(touched ? Status.SUCCEEDED : Status.ABORTED);
        assertThat(story.composition().total()).isEqualTo(before.count());
        assertThat(before.revisionIfAny().map(story.composition()::count)).contains(there.total());
        assertThat(story.world.wish()).isEqualTo(story.composition());
        assertThat(story.application().intended()).isEqualTo(story.composition());
    }

    @Property(tries = 300)
    void anAbandonedMixtureIsRestoredToWhatIsSettled(
            @ForAll("settings") Settings settled,
            @ForAll("settings") Settings ordered,
            @ForAll @IntRange(min = 2, max = 30) int steps) {
        Story story = Story.of(settled);
        Snapshot before = story.application().settled();
        story.deploy(R2, ordered);
        for (int i = 0; i < steps && story.last().status() != Status.AWAITING_CONFIRMATION; i++) {
            story.step();
            story.pass(Duration.ofSeconds(1));
        }
        Assume.that(story.last().isLive() && story.application().touched());
        story.abort().run().restore().run();
        assertThat(story.last().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(story.application().settled()).isEqualTo(before);
        assertThat(story.composition().count(R1)).isEqualTo(before.count());
        assertThat(story.composition().total()).isEqualTo(before.count());
    }

    @Provide
    Arbitrary<Settings> settings() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(Release.class),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(1, 2))
                .as((replicas, gray, batches, release, floor, surge) -> {
                    int canary = Math.min(gray, replicas / 2);
                    return Settings.of(replicas)
                            .withStrategy(UpdateStrategy.canary(
                                    canary,
                                    Math.max(1, Math.min(batches, replicas - canary)),
                                    release,
                                    Duration.ofSeconds(gray)))
                            .withFloor(ReadyFloor.of(floor))
                            .withSurge(Surge.of(surge))
                            .withDescription("as of " + replicas);
                });
    }
}
