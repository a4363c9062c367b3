package io.changeorder.bootstrap.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.domain.order.ChangeOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Aborts, confirmations and what the engine does by itself (complete, fail, run out of patience or time) meet at one
 * order: exactly one wins, the others are told the truth about it, and the history of each round is checked. As many
 * rounds as {@code -Drace.rounds} says, a few hundred at least.
 */
@Tag("race")
class WinnersRaceTest {
    private static final int ROUNDS = Integer.getInteger("race.rounds", 2_100);
    /** Rounds that are run beside each other, each in a world of its own. */
    private static final int LANES = 3;

    private static final int TOKEN_ROUNDS = 20;
    private static final int EQUAL_CALLERS = 16;

    @TempDir
    private Path folder;

    @Test
    void ofWhateverComesAtOnceExactlyOneEndsTheOrder() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        long start = System.nanoTime();
        try {
            List<Future<Lane>> lanes = new ArrayList<>();
            for (int number = 0; number < LANES; number++) {
                Path data = folder.resolve("lane-" + number);
                lanes.add(threads.submit(() -> run(data, threads)));
            }
            Map<Brink, Map<String, Integer>> ends = new EnumMap<>(Brink.class);
            for (Future<Lane> lane : lanes) {
                lane.get()
                        .ends()
                        .forEach((brink, counts) ->
                                counts.forEach((end, count) -> ends.computeIfAbsent(brink, any -> new TreeMap<>())
                                        .merge(end, count, Integer::sum)));
            }
            System.out.printf(
                    "%d rounds in %d s: %s%n",
                    ROUNDS, Duration.ofNanos(System.nanoTime() - start).toSeconds(), ends);
            assertThat(ends).containsOnlyKeys(Brink.values());
            assertThat(ends.values()).as("everywhere each side won at times").allMatch(counts -> counts.size() > 1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void equalCallsWithOneTokenGetOneAnswerAndOneRollback() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServedWorld world = new ServedWorld(folder)) {
            WireClient client = world.client("caller");
            for (int number = 0; number < TOKEN_ROUNDS; number++) {
                Round round = Brink.CONFIRMATION.prepare(world, number);
                Map<String, String> parameters =
                        Map.of("ChangeOrderId", round.order().value(), "ClientToken", "token-" + number);
                CyclicBarrier start = new CyclicBarrier(EQUAL_CALLERS);
                List<Future<JsonNode>> calls = new ArrayList<>();
                for (int caller = 0; caller < EQUAL_CALLERS; caller++) {
                    calls.add(threads.submit(() -> {
                        start.await();
                        return client.call(WireOperation.ABORT_AND_ROLLBACK_CHANGE_ORDER, parameters);
                    }));
                }
                Set<JsonNode> answers = new HashSet<>();
                for (Future<JsonNode> call : calls) {
                    answers.add(call.get());
                }
                world.awaitRest(round.application());
                assertThat(answers).hasSize(1);
                assertThat(world.orders(round.application()).stream()
                                .filter(ChangeOrder::isRollback)
                                .map(rollback -> rollback.id().value()))
                        .containsExactly(answers.iterator()
                                .next()
                                .path("RollbackChangeOrderId")
                                .asText());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Lane run(Path data, ExecutorService threads) throws Exception {
        try (ServedWorld world = new ServedWorld(data)) {
            Lane lane = new Lane(world, threads);
            for (int number = 0; number < ROUNDS / LANES; ) {
                for (Brink brink : Brink.values()) {
                    lane.run(brink, number);
                    number++;
                }
            }
            lane.checkThatNothingGrewAfterAnAbort();
            return lane;
        }
    }
}
