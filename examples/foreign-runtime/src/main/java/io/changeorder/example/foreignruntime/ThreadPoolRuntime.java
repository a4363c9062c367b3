package io.changeorder.example.foreignruntime;

import com.google.common.collect.Lists;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.runtime.Findings;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.plan.Proof;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Scales a pool of threads: an application is a crew, an instance is a worker, and the command of a revision is the name
 * of its task. The wish is the crew itself and the fence its mark, so both live as long as the pool. Thread-safe.
 */
public final class ThreadPoolRuntime implements ApplicationRuntime {
    private static final Comparator<Worker<Entry>> LAST_READY_FIRST =
            Comparator.comparing(worker -> worker.readySince().orElse(Instant.MAX), Comparator.reverseOrder());

    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final WorkerPool<Entry> pool;
    private final InstantSource clock;

    public ThreadPoolRuntime(WorkerPool<Entry> pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public Preparation prepare(Revision revision) {
        if (!pool.knows(Inspection.task(revision))) {
            return new Preparation.Unusable("Command", "The pool has no such task. Name one that it has.");
        }
        try {
            return new Preparation.Prepared(Inspection.pinned(revision));
        } catch (IOException | IllegalArgumentException e) {
            return new Preparation.Unusable("PackageUrl", "There is no such file. Name one that exists.");
        }
    }

    @Override
    public void release(ApplicationId application, Fence fence) {
        change(application, fence, crew -> {});
    }

    @Override
    public ScaleResult scale(ApplicationId application, Entry entry, Revision revision, int count, Fence fence) {
        return change(application, fence, crew -> {
            List<Worker<Entry>> there = crew.staying().stream()
                    .filter(worker -> worker.label().equals(Optional.of(entry)))
                    .toList();
            crew.setKept(true);
            for (int number = there.size(); number < count; number++) {
                crew.begin(Optional.of(entry), Inspection.task(revision));
            }
            Lists.reverse(there).stream()
                    .sorted(LAST_READY_FIRST)
                    .limit(Math.max(0, there.size() - count))
                    .forEach(Worker::leave);
        });
    }

    @Override
    public ScaleResult startAfresh(ApplicationId application, Set<InstanceId> replaced, Fence fence) {
        return change(
                application,
                fence,
                crew -> crew.staying().forEach(worker -> {
                    worker.forgetEnds();
                    if (replaced.contains(new InstanceId(worker.name()))) {
                        worker.leave();
                        if (crew.isKept() && worker.label().isPresent()) {
                            crew.begin(worker.label(), worker.assigned());
                        }
                    }
                }));
    }

    private ScaleResult change(ApplicationId application, Fence fence, Consumer<Crew<Entry>> change) {
        return crew(application).hold(crew -> {
            takeIn(fence, crew);
            if (fence.value() < crew.mark()) {
                return ScaleResult.STALE_FENCE;
            }
            change.accept(crew);
            return ScaleResult.INITIATED;
        });
    }

    /** A frozen call holds the crew: then nobody can say yet that it has no effect any more. */
    @Override
    public boolean raise(ApplicationId application, Fence fence, Duration limit) {
        return crew(application).tryToHold(limit, crew -> {
            takeIn(fence, crew);
            return true;
        });
    }

    /** A newer fence lets nothing grow any more, an older one does nothing. */
    private static void takeIn(Fence fence, Crew<Entry> crew) {
        if (fence.value() > crew.mark()) {
            crew.setMark(fence.value());
            crew.setKept(false);
        }
    }

    @Override
    public Observation observe(ApplicationId application) {
        return crew(application).hold(crew -> Inspection.observe(crew.workers(), clock.instant()));
    }

    @Override
    public Proof prove(
            ApplicationId application, Composition expected, Function<Entry, Revision> revisions, Duration readyFor) {
        return crew(application).hold(crew -> {
            List<Worker<Entry>> workers = crew.workers();
            Findings findings = new Findings(Inspection.observe(workers, clock.instant()), expected, readyFor);
            workers.forEach(worker -> Inspection.compare(worker, expected, revisions, findings));
            return findings.proof();
        });
    }

    private Crew<Entry> crew(ApplicationId application) {
        return pool.crew(application.value());
    }

    @Override
    public void onChange(Consumer<ApplicationId> listener) {
        Consumer<String> telling = crew -> listener.accept(new ApplicationId(crew));
        listeners.add(telling);
        pool.addListener(telling);
    }

    @Override
    public void close() {
        listeners.forEach(pool::removeListener);
    }
}
