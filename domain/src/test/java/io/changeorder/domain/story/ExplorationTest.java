package io.changeorder.domain.story;

import static io.changeorder.domain.story.Story.R2;
import static io.changeorder.domain.story.Story.R3;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Growth;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Move;
import io.changeorder.domain.decision.Retrying;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.story.TinyWorld.Nature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which a few commands, crashes and faults can come between the steps of a small deployment. The invariants
 * are checked by the story itself; here, that each way comes to rest, and to rest in order.
 */
class ExplorationTest {
    /** -Dexploration.more=1 disturbs once more, which takes minutes. */
    private static final int MORE = Integer.getInteger("exploration.more", 0);

    static Stream<Arguments> smallDeployments() {
        return IntStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(instances -> IntStream.rangeClosed(1, instances)
                        .boxed()
                        .flatMap(batches -> Stream.of(Nature.values())
                                .map(nature ->
                                        Arguments.of(instances, batches, nature, MORE + (instances < 3 ? 2 : 1)))));
    }

    @ParameterizedTest(name = "{0} instances in {1} batches, {2}, disturbed {3} times")
    @MethodSource("smallDeployments")
    void everyInterleavingComesToRestInOrder(int instances, int batches, Nature nature, int disturbances) {
        Settings settings = Settings.of(instances).withStrategy(UpdateStrategy.manual(batches));
        Exploration exploration = new Exploration();
        Story story = Story.of(settings);
        story.world.nature(R2, nature);
        exploration.explore(story.deploy(R2, settings), disturbances, List.of());
        assertThat(exploration.rests).as("ways that came to rest").isGreaterThan(10);
    }

    /** Something that comes between two steps; false where it makes no sense. */
    private record Disturbance(String name, Predicate<Story> what) {}

    private static final class Exploration {
        private static final int MOST_STEPS = 500;
        private static final int TROUBLE = 40;

        private final Set<String> seen = new HashSet<>();
        private int rests;

        /**
         * Step by step to rest; before each step every disturbance is tried on a story of its own. Where another way has
         * been before with as many disturbances left, it ends.
         */
        void explore(Story story, int disturbances, List<String> trail) {
            Set<String> own = new HashSet<>();
            List<String> way = new ArrayList<>(trail);
            for (int steps = 0; steps < MOST_STEPS; steps++) {
                String situation = disturbances + " " + signature(story);
                if (own.add(situation)) {
                    if (!seen.add(situation)) {
                        return;
                    }
                    if (disturbances > 0) {
                        disturbances(story).forEach(each -> disturb(story.copy(), each, disturbances, way));
                    }
                }
                way.add(story.last().status() + " " + story.composition());
                boolean resting = rests(story, way);
                // What backs off in a trouble would do so for ever.
                if (resting || (story.isTroubled() && steps > TROUBLE)) {
                    if (!story.isTroubled()) {
                        rests++;
                        assertOrderly(story, way);
                        return;
                    }
                    way.add("trouble ends");
                    story.maintenance(false).reachable(true);
                }
            }
            throw new AssertionError("never comes to rest on the way " + String.join("; ", way));
        }

        private void disturb(Story story, Disturbance disturbance, int disturbances, List<String> trail) {
            List<String> way = new ArrayList<>(trail);
            way.add(disturbance.name());
            boolean happened = telling(way, () -> disturbance.what().test(story));
            if (happened) {
                explore(story, disturbances - 1, way);
            }
        }

        private static boolean rests(Story story, List<String> way) {
            return telling(way, () -> {
                Optional<Move.Sleep> sleep = story.step();
                return sleep.isPresent() && !story.sleepUntilSomethingComes(sleep.get());
            });
        }
    }

    private static boolean telling(List<String> way, BooleanSupplier happening) {
        try {
            return happening.getAsBoolean();
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError("on the way " + String.join("; ", way), broken);
        }
    }

    private static List<Disturbance> disturbances(Story story) {
        List<Disturbance> all = new ArrayList<>(List.of(
                new Disturbance("abort", each -> accepted(each, each.aborted(each.last()))),
                new Disturbance("abort and roll back", each -> accepted(each, each.abortedAndRolledBack(each.last()))),
                new Disturbance("confirm", ExplorationTest::confirmed),
                new Disturbance("retry", each -> accepted(each, retried(each))),
                new Disturbance("deploy another", ExplorationTest::deployed),
                new Disturbance("restore", ExplorationTest::restored),
                new Disturbance(
                        "take over", each -> each.takeOver().state().live().isPresent()),
                new Disturbance(
                        "maintenance begins",
                        each -> !each.isTroubled() && each.maintenance(true).isTroubled()),
                new Disturbance(
                        "the world is out of reach",
                        each -> !each.isTroubled() && each.reachable(false).isTroubled()),
                new Disturbance("crash between a commit and its effects", ExplorationTest::crashed)));
        for (Entry entry : running(story)) {
            all.add(new Disturbance("exit of " + entry, each -> {
                each.world.exit(entry);
                return true;
            }));
            all.add(new Disturbance("no answer from " + entry, each -> {
                each.world.becomesUnready(entry);
                return true;
            }));
            all.add(new Disturbance("tampering with " + entry, each -> {
                each.world.tamperWith(entry);
                return true;
            }));
        }
        return all;
    }

    private static List<Entry> running(Story story) {
        return story.instances().stream()
                .filter(one -> one.state() == Instance.State.RUNNING)
                .map(Instance::entry)
                .distinct()
                .toList();
    }

    private static boolean accepted(Story story, Decision decision) {
        return decision.match(
                yes -> {
                    story.accept(yes);
                    return true;
                },
                no -> false);
    }

    private static Decision retried(Story story) {
        return Retrying.retry(story.state(), story.last(), Retrying.SAME_LIMITS, story.occasion());
    }

    private static boolean confirmed(Story story) {
        if (story.last().status() != Status.AWAITING_CONFIRMATION) {
            return false;
        }
        Decision decision = story.confirmed();
        return decision.match(yes -> accepted(story, yes), no -> {
            story.refuse(no);
            return no.meanwhile().isPresent();
        });
    }

    private static boolean deployed(Story story) {
        return story.application().liveOrder().isEmpty()
                && accepted(story, story.opened(story.deployment(R3, story.settings()), Optional.empty()));
    }

    private static boolean restored(Story story) {
        if (story.application().liveOrder().isPresent() || !story.application().touched()) {
            return false;
        }
        story.restore();
        return true;
    }

    private static boolean crashed(Story story) {
        Move move = story.copy().move();
        if (move instanceof Move.Sleep) {
            return false;
        }
        story.crashingBeforeEffects(step -> true).step();
        story.crashingBeforeEffects(step -> false);
        return true;
    }

    /** At rest there is no live order, or one that waits for a person; and nothing is left to do for the engine. */
    private static void assertOrderly(Story story, List<String> way) {
        ChangeOrder last = story.last();
        String where = "on the way " + String.join("; ", way);
        assertThat(story.application().growth()).as(where).isEqualTo(Growth.FREE);
        assertThat(story.world.isHalted() && !story.world.wish().isEmpty())
                .as(where)
                .isFalse();
        assertThat(story.world.wish()).as(where).isEqualTo(story.application().intended());
        if (last.isLive()) {
            assertThat(last.attention().isPresent() || last.status() == Status.AWAITING_CONFIRMATION)
                    .as(where)
                    .isTrue();
        }
        if (last.status() == Status.SUCCEEDED) {
            Snapshot settled = story.application().settled();
            assertThat(story.application().touched()).as(where).isFalse();
            assertThat(settled).as(where).isEqualTo(last.change().after());
            assertThat(story.composition().count(settled.revisionIfAny().orElseThrow()))
                    .as(where)
                    .isEqualTo(settled.count())
                    .isEqualTo(story.composition().total());
        }
        if (last.status() == Status.FAILED) {
            assertThat(last.change().rollsBackOnFailure()).as(where).isFalse();
        }
    }

    /** What tells one situation from another, times and names aside. */
    private static String signature(Story story) {
        ChangeOrder last = story.last();
        return String.join(
                " ",
                story.application().intended().toString(),
                "" + story.application().touched(),
                story.application().growth().toString(),
                last.change().type().toString(),
                last.change().target().toString(),
                last.status().toString(),
                "" + last.progress().current(),
                "" + last.isFrozen(),
                "" + story.isTroubled(),
                last.progress().batches().stream()
                        .map(each -> each.target().toString())
                        .toList()
                        .toString(),
                last.attention().map(each -> each.getClass().getSimpleName()).toString(),
                last.progress().freshStart().map(Set::size).toString(),
                story.world.wish().toString(),
                "" + story.world.isHalted(),
                story.instances().stream()
                        .map(each -> each.entry() + " " + each.state() + " " + each.exits() + " "
                                + each.readySince().map(since -> story.now().isBefore(since.plusSeconds(5)))
                                + story.world.isTampered(each.id()))
                        .sorted()
                        .toList()
                        .toString());
    }
}
