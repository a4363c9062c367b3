package io.changeorder.bootstrap.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fake.RuntimeEffect;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.race.Verb.Answer;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.order.Batch;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.RevisionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Rounds one after the other in one world. */
final class Lane {
    private static final long FIRST_DELAY = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_DELAY = Duration.ofMillis(50).toNanos();

    private final ServedWorld world;
    private final ExecutorService threads;
    private final List<WireClient> clients = new ArrayList<>();
    /** How long the engine is held back, so that it and the callers win about equally often; nanoseconds. */
    private final Map<Brink, Long> delays = new EnumMap<>(Brink.class);

    private final Map<Brink, Map<String, Integer>> ends = new EnumMap<>(Brink.class);
    private final Map<ApplicationId, Aborted> aborted = new HashMap<>();

    /** An order's revision that must not grow any more under this fence or a newer one. */
    private record Aborted(Round round, RevisionId revision, Fence by) {}

    Lane(ServedWorld world, ExecutorService threads) {
        this.world = world;
        this.threads = threads;
    }

    /** How often the orders ended how, told by what moved them from the brink on. */
    Map<Brink, Map<String, Integer>> ends() {
        return ends;
    }

    void run(Brink brink, int number) throws Exception {
        Round round = brink.prepare(world, number);
        try {
            List<Answer> answers = race(round);
            world.awaitRest(round.application());
            Verdict verdict = new Verdict(world, round);
            verdict.check(answers);
            note(round, verdict);
        } catch (AssertionError wrong) {
            throw new AssertionError(round + ": " + world.history(round.application()), wrong);
        }
    }

    private List<Answer> race(Round round) throws Exception {
        List<Verb> verbs = round.brink().verbs();
        String order = round.order().value();
        String batch = world.order(round.order())
                .progress()
                .currentBatch()
                .map(Batch::id)
                .map(BatchId::value)
                .orElseThrow();
        long delay = delays.getOrDefault(round.brink(), FIRST_DELAY);
        CyclicBarrier start = new CyclicBarrier(verbs.size() + 1);
        List<Future<Answer>> calls = new ArrayList<>();
        for (int caller = 0; caller < verbs.size(); caller++) {
            Verb verb = verbs.get(caller);
            String name = "caller-" + caller;
            WireClient client = client(caller);
            calls.add(threads.submit(() -> {
                start.await();
                return verb.call(name, client, order, batch);
            }));
        }
        start.await();
        LockSupport.parkNanos(delay);
        round.brink().push(world, round);
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> call : calls) {
            answers.add(call.get());
        }
        return answers;
    }

    private WireClient client(int caller) {
        while (clients.size() <= caller) {
            clients.add(world.client("caller-" + clients.size()));
        }
        return clients.get(caller);
    }

    private void note(Round round, Verdict verdict) {
        ends.computeIfAbsent(round.brink(), any -> new TreeMap<>()).merge(verdict.way(), 1, Integer::sum);
        long delay = delays.getOrDefault(round.brink(), FIRST_DELAY);
        delays.put(round.brink(), verdict.engineMoved() ? Math.min(LONGEST_DELAY, delay * 3 / 2) : delay * 2 / 3);
        // What a plain abort leaves stands: of that a killed instance is replaced, which is no growth.
        boolean stands = !verdict.isRolledBack() && round.brink().killsInstances();
        if (verdict.end() == Status.ABORTED && !stands) {
            aborted.put(round.application(), new Aborted(round, round.after().id(), verdict.fence()));
        }
    }

    void checkThatNothingGrewAfterAnAbort() {
        for (RuntimeEffect effect : world.runtime().effects()) {
            Aborted order = aborted.get(effect.application());
            if (order != null
                    && effect.kind() == RuntimeEffect.Kind.STARTED
                    && effect.entry().revision().equals(order.revision())) {
                assertThat(effect.fence()).as("%s: %s", order.round(), effect).isLessThan(order.by());
            }
        }
    }
}
