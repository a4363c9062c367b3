package io.changeorder.adapter.process;

import io.changeorder.adapter.process.files.ApplicationFolder;
import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.files.StandingWish;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.adapter.process.proof.Restoration;
import io.changeorder.adapter.process.proof.Rogues;
import io.changeorder.application.spi.runtime.ApplicationRuntime.ScaleResult;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Observation;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the standing wish of one application. What is on disk is the truth: whenever the fence there is another than
 * the one known here, another engine was at work and everything is read anew. Thread-safe.
 */
final class ApplicationSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationSupervisor.class);
    private static final Duration PATIENCE_FOR_LOCK = Duration.ofSeconds(5);
    private static final Duration LOOKS_AGAIN_AFTER = Duration.ofMillis(100);
    private final ApplicationFolder folder;
    private final Surroundings around;
    private final Pulse pulse;
    private final Queue<Inbox.Task> inbox = new ConcurrentLinkedQueue<>();
    private final Roster roster;
    private final Rogues rogues;
    private Fence fence = Fence.ZERO;
    /** Whether all that {@link #fence} asks for is done: what failed half-way is done again, not taken for done. */
    private boolean admitted = true;

    private StandingWish wish = StandingWish.NONE;
    private boolean loaded;

    ApplicationSupervisor(ApplicationFolder folder, Surroundings around, Pulse pulse) {
        this.folder = folder;
        this.around = around;
        this.pulse = pulse;
        this.roster = new Roster(folder, around, this::tell);
        this.rogues = new Rogues(folder.id(), around.launcher().marker());
    }

    ApplicationId id() {
        return folder.id();
    }

    /** What is done under the lock. */
    private interface Action<T> {
        T run(Instant now) throws IOException;
    }

    // ---- what is asked of it

    ScaleResult scale(Entry entry, Revision revision, int count, Fence by) {
        return changing(now -> {
            if (by.isOlderThan(fence)) {
                return ScaleResult.STALE_FENCE;
            }
            around.steps().at(Steps.Step.FENCE_CHECKED);
            admit(by);
            folder.keep(entry.revision(), revision);
            roster.all().stream()
                    .filter(instance -> instance.entry().equals(entry))
                    .forEach(instance -> instance.recover(revision));
            StandingWish next = wish.with(entry, count, by);
            if (!next.equals(wish)) {
                folder.writeWish(next);
                wish = next;
                around.steps().at(Steps.Step.WISH_WRITTEN);
            }
            folder.setReleased(false);
            fulfil(now);
            return ScaleResult.INITIATED;
        });
    }

    /** Whether no call with an older fence can have an effect any more; false when the limit passed first. */
    boolean raise(Fence to, Duration limit) {
        Optional<Boolean> raised = changing(limit, now -> {
            if (!to.isOlderThan(fence)) {
                admit(to);
            }
            return true;
        });
        return raised.isPresent();
    }

    ScaleResult startAfresh(Set<InstanceId> replaced, Fence by) {
        return changing(now -> {
            if (by.isOlderThan(fence)) {
                return ScaleResult.STALE_FENCE;
            }
            admit(by);
            for (SupervisedInstance instance : roster.all()) {
                if (!instance.isStopping()) {
                    instance.startAfresh(now);
                    if (replaced.contains(instance.id())) {
                        instance.stop(now);
                    }
                }
            }
            rogues.end(replaced, now);
            mendArtifacts();
            pulse.wake();
            fulfil(now);
            return ScaleResult.INITIATED;
        });
    }

    /** What was changed behind our back is pinned anew, if the very bytes can still be had where they came from. */
    private void mendArtifacts() throws IOException {
        for (Entry entry : wish.composition().counts().keySet()) {
            Optional<Artifact> artifact = folder.revision(entry.revision()).flatMap(Revision::artifact);
            if (artifact.isPresent()) {
                try {
                    around.pins().pin(artifact.get());
                } catch (ArtifactPins.Unpinnable e) {
                    LOG.warn("The artifact of {} of application {} stays as it is: {}", entry, folder.id(), e.why());
                }
            }
        }
    }

    void release(Fence by) {
        changing(now -> {
            if (!by.isOlderThan(fence)) {
                admit(by);
                folder.setReleased(true);
                forgetWhenReleased();
            }
            return true;
        });
    }

    Observation observe() {
        if (!folder.exists()) {
            return new Observation(around.now(), List.of());
        }
        return changing(now -> {
            look(now);
            return new Observation(
                    now, roster.all().stream().map(SupervisedInstance::observed).toList());
        });
    }

    /** What a proof is to be made about: the instances as they are now, and who else carries their marks. */
    List<Restoration.Subject> subjects() {
        if (!folder.exists()) {
            return List.of();
        }
        return changing(now -> {
            look(now);
            return roster.all().stream()
                    .map(instance -> new Restoration.Subject(
                            folder, instance.record(), instance.revision(), instance.process(), instance.readySince()))
                    .toList();
        });
    }

    /** Found twice: what was being started at one look is on record at the other. */
    List<Rogues.Rogue> rogues() {
        List<Rogues.Rogue> suspects = rogues.find(subjects());
        if (suspects.isEmpty()) {
            return suspects;
        }
        Set<ProcessId> processes = new HashSet<>();
        suspects.forEach(suspect -> processes.add(suspect.process()));
        return rogues.find(subjects()).stream()
                .filter(found -> processes.contains(found.process()))
                .toList();
    }

    /** Wishes for nothing any more and ends what there is. */
    void endAll() {
        changing(now -> {
            wish = new StandingWish(fence, Composition.EMPTY);
            folder.writeWish(wish);
            fulfil(now);
            return true;
        });
    }

    boolean isEmpty() {
        return observe().instances().isEmpty();
    }

    void killAll() {
        changing(now -> {
            List<ProcFs.Stat> processes = ProcFs.all();
            roster.all().forEach(instance -> instance.kill(processes));
            return true;
        });
    }

    void close() throws IOException {
        folder.lock().close();
    }

    /** To be done under the lock soon. */
    void tell(Inbox.Task task) {
        inbox.add(task);
        pulse.wake();
    }

    // ---- what happens by itself

    /** Takes everything as far as it can go now; the answer is when to look again. */
    Optional<Instant> tend() {
        if (!folder.exists()) {
            return Optional.empty();
        }
        Optional<Optional<Instant>> next = changing(LOOKS_AGAIN_AFTER, now -> {
            fulfil(now);
            ProcessList processes = new ProcessList();
            for (SupervisedInstance instance : roster.all()) {
                tend(instance, now, processes);
            }
            forgetGone(now);
            fulfil(now);
            rogues.tend(now);
            forgetWhenReleased();
            return nextMoment(now);
        });
        return next.orElseGet(() -> Optional.of(around.now().plus(LOOKS_AGAIN_AFTER)));
    }

    private Optional<Instant> nextMoment(Instant now) {
        List<Instant> moments = new ArrayList<>();
        rogues.nextMoment(now).ifPresent(moments::add);
        for (SupervisedInstance instance : roster.all()) {
            // What was due now has just been tried: if it is due still, something is in its way.
            instance.nextMoment(now)
                    .map(at -> at.isAfter(now) || instance.record().run().isEmpty() ? at : now.plus(LOOKS_AGAIN_AFTER))
                    .ifPresent(moments::add);
        }
        return moments.stream().min(Comparator.naturalOrder());
    }

    /** The trouble of one instance must not keep the others from being tended. */
    private void tend(SupervisedInstance instance, Instant now, ProcessList processes) {
        try {
            instance.tend(now, fence, processes);
        } catch (IOException e) {
            LOG.warn("Instance {} of application {} can't be tended now", instance.id(), folder.id(), e);
        }
    }

    private void look(Instant now) throws IOException {
        for (SupervisedInstance instance : roster.all()) {
            instance.look(now);
        }
        forgetGone(now);
    }

    /** What is to go and has gone; and, while growth is stopped, what would have to be started. */
    private void forgetGone(Instant now) throws IOException {
        for (SupervisedInstance instance : roster.all()) {
            if (instance.isWaiting() && growthIsStopped()) {
                instance.stop(now);
            }
            if (instance.isStopping() && instance.isGone()) {
                forget(instance);
            }
        }
    }

    private void forget(SupervisedInstance instance) throws IOException {
        roster.forget(instance);
        pulse.changed();
    }

    private void forgetWhenReleased() throws IOException {
        if (roster.all().isEmpty() && folder.isReleased()) {
            folder.forget();
            wish = StandingWish.NONE;
        }
    }

    // ---- the wish

    private boolean growthIsStopped() {
        return wish.fence().isOlderThan(fence);
    }

    /** Takes in a fence that is not older than the newest; a newer one stops growth. */
    private void admit(Fence by) throws IOException {
        if (by.equals(fence) && admitted) {
            // The fence of a new application is no news, and yet the launcher looks for it.
            if (fence.equals(Fence.ZERO) && Files.notExists(folder.fenceFile())) {
                folder.writeFence(by);
            }
            return;
        }
        admitted = false;
        folder.writeFence(by);
        fence = by;
        for (SupervisedInstance instance : roster.all()) {
            if (!instance.isStopping() && instance.refuseOlderThan(by)) {
                forget(instance);
            }
        }
        // Another engine may have begun what is not known here.
        roster.adoptUnknown();
        forgetGone(around.now());
        wish = wish.with(wish.composition().min(roster.present()));
        admitted = true;
    }

    private void fulfil(Instant now) throws IOException {
        if (growthIsStopped()) {
            wish = wish.with(wish.composition().min(roster.present()));
            return;
        }
        Composition present = roster.present();
        for (Entry entry : wish.composition().plus(present).counts().keySet()) {
            int missing = wish.composition().count(entry) - present.count(entry);
            if (missing > 0) {
                roster.add(entry, missing);
            }
            for (SupervisedInstance instance : roster.firstToGo(entry, Math.max(0, -missing))) {
                instance.stop(now);
            }
        }
    }

    /** All processes of the host, listed once for everybody who wants them. */
    private static final class ProcessList implements Supplier<List<ProcFs.Stat>> {
        private Optional<List<ProcFs.Stat>> listed = Optional.empty();

        @Override
        public List<ProcFs.Stat> get() {
            List<ProcFs.Stat> processes = listed.orElseGet(ProcFs::all);
            listed = Optional.of(processes);
            return processes;
        }
    }

    // ---- the lock and the disk

    private <T> T changing(Action<T> action) {
        return changing(PATIENCE_FOR_LOCK, action)
                .orElseThrow(() -> new RuntimeUnavailableException(
                        "application " + folder.id() + " is held by another engine or by a call that hangs"));
    }

    private <T> Optional<T> changing(Duration limit, Action<T> action) {
        boolean news = false;
        try {
            folder.make();
            if (!folder.lock().acquire(limit)) {
                return Optional.empty();
            }
            try {
                Instant now = around.now();
                refresh();
                drain(now);
                return Optional.of(action.run(now));
            } finally {
                for (SupervisedInstance instance : roster.all()) {
                    news |= instance.takeChanged();
                }
                folder.lock().release();
            }
        } catch (IOException e) {
            throw new RuntimeUnavailableException("application " + folder.id() + " can't be changed: " + e, e);
        } finally {
            if (news) {
                pulse.changed();
                pulse.wake();
            }
        }
    }

    private void drain(Instant now) throws IOException {
        Queue<Inbox.Task> told = new ArrayDeque<>();
        for (Inbox.Task task = inbox.poll(); task != null; task = inbox.poll()) {
            told.add(task);
        }
        for (Inbox.Task task : told) {
            task.run(now);
        }
    }

    private void refresh() throws IOException {
        Fence newest = folder.readFence();
        if (loaded && newest.equals(fence)) {
            return;
        }
        loaded = false;
        fence = newest;
        wish = folder.readWish();
        roster.readAnew();
        loaded = true;
        Set<RevisionId> used = new HashSet<>();
        wish.composition().counts().keySet().forEach(entry -> used.add(entry.revision()));
        roster.all().forEach(instance -> used.add(instance.entry().revision()));
        folder.keepOnly(used);
    }
}
