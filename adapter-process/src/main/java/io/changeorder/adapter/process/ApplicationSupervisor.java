package io.changeorder.adapter.process;

import io.changeorder.adapter.process.files.ApplicationFolder;
import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.files.StandingWish;
import io.changeorder.adapter.process.files.SupersededException;
import io.changeorder.adapter.process.files.Term;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.adapter.process.proof.Onlooker;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the standing wish of one application for as long as this node supervises it, which is from its first call that
 * changes something, with a fence that is not too old, to the first such call of another node. In between, what is known
 * here is what is on disk. Whether it still is so is looked at before anything is done, and after everything that was
 * written; what was cut short is begun again from the start, and then finds its fence too old or takes the application
 * over anew. Thread-safe.
 */
final class ApplicationSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationSupervisor.class);
    private static final Duration PATIENCE_FOR_LOCK = Duration.ofSeconds(5);
    private static final Duration LOOKS_AGAIN_AFTER = Duration.ofMillis(100);
    private static final int MOST_TAKEOVERS = 100;

    private final ApplicationFolder folder;
    private final Surroundings around;
    private final Pulse pulse;
    private final Queue<Inbox.Task> inbox = new ConcurrentLinkedQueue<>();
    private final Roster roster;
    private final Rogues rogues;
    private final ReentrantLock lock = new ReentrantLock();
    /** Whether all that the newest fence asks for is done: what failed half-way is done again, not taken for done. */
    private boolean admitted;

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
            if (by.isOlderThan(newest())) {
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
        return changing(limit, now -> {
                    if (folder.isHeld()) {
                        if (!to.isOlderThan(folder.fence())) {
                            admit(to);
                        }
                        return true;
                    }
                    Term newest = folder.newest();
                    boolean isOver = folder.isComplete(newest);
                    if (to.isOlderThan(newest.fence())) {
                        return isOver;
                    }
                    // Whoever drives the application goes on supervising it when another node confirms its fence.
                    if (!to.equals(newest.fence()) || !isOver || isOrphan(newest)) {
                        admit(to);
                    }
                    return true;
                })
                .orElse(false);
    }

    ScaleResult startAfresh(Set<InstanceId> replaced, Fence by) {
        return changing(now -> {
            if (by.isOlderThan(newest())) {
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
            if (!by.isOlderThan(newest())) {
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
        Optional<Observation> own = whileHeld(now -> {
            look(now);
            return new Observation(
                    now, roster.all().stream().map(SupervisedInstance::observed).toList());
        });
        return own.orElseGet(() -> new Observation(
                around.now(), seen().stream().map(Onlooker::observed).toList()));
    }

    /** What a proof is to be made about: the instances as they are now, and who else carries their marks. */
    List<Restoration.Subject> subjects() {
        if (!folder.exists()) {
            return List.of();
        }
        Optional<List<Restoration.Subject>> own = whileHeld(now -> {
            look(now);
            return roster.all().stream()
                    .map(instance -> new Restoration.Subject(
                            folder, instance.record(), instance.revision(), instance.process(), instance.readySince()))
                    .toList();
        });
        return own.orElseGet(this::seen);
    }

    private List<Restoration.Subject> seen() {
        try {
            return new Onlooker(folder, SupervisedInstance.LOST).subjects();
        } catch (IOException e) {
            throw new RuntimeUnavailableException("application " + folder.id() + " can't be looked at: " + e, e);
        }
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
            admit(newest());
            wish = new StandingWish(folder.fence(), Composition.EMPTY);
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

    /** Supervises it from now on if nobody does. */
    void adoptOrphan() {
        changing(now -> {
            if (!folder.isHeld()) {
                Term newest = folder.newest();
                if (isOrphan(newest)) {
                    admit(newest.fence());
                }
            }
            return true;
        });
        pulse.wake();
    }

    private boolean isOrphan(Term term) {
        return !around.nodes().isAlive(term.supervisor());
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
            if (!folder.isHeld()) {
                return Optional.empty();
            }
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
    private void tend(SupervisedInstance instance, Instant now, ProcessList processes) throws IOException {
        try {
            instance.tend(now, folder.fence(), processes);
        } catch (IOException e) {
            folder.confirm();
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
        return wish.fence().isOlderThan(folder.fence());
    }

    private Fence newest() throws IOException {
        return folder.isHeld() ? folder.fence() : folder.newest().fence();
    }

    /** Takes in a fence that is not older than the newest, and the application if need be; a newer one stops growth. */
    private void admit(Fence by) throws IOException {
        if (!folder.isHeld()) {
            takeOver(by);
        }
        if (by.equals(folder.fence()) && admitted) {
            return;
        }
        admitted = false;
        List<SupervisedInstance> refused = new ArrayList<>();
        for (SupervisedInstance instance : roster.all()) {
            if (!instance.isStopping() && instance.refuseOlderThan(by)) {
                refused.add(instance);
            }
        }
        if (!by.equals(folder.fence())) {
            folder.raise(by);
        }
        for (SupervisedInstance instance : refused) {
            forget(instance);
        }
        roster.adoptUnknown();
        forgetGone(around.now());
        if (growthIsStopped()) {
            wish = wish.with(wish.composition().min(roster.present()));
        }
        admitted = true;
    }

    private void takeOver(Fence by) throws IOException {
        Term from = folder.newest();
        if (by.isOlderThan(from.fence())) {
            throw new SupersededException("fence " + by + " is older than that of " + from);
        }
        folder.takeOver(from, by);
        LOG.info("Application {} is supervised here, no more by {}", folder.id(), from.supervisor());
        load();
    }

    private void load() throws IOException {
        wish = folder.readWish();
        roster.adoptUnknown();
        loaded = true;
        Set<RevisionId> used = new HashSet<>();
        wish.composition().counts().keySet().forEach(entry -> used.add(entry.revision()));
        roster.all().forEach(instance -> used.add(instance.entry().revision()));
        folder.keepOnly(used);
    }

    private void letGo() {
        folder.letGo();
        roster.letGo();
        rogues.letGo();
        wish = StandingWish.NONE;
        admitted = false;
        loaded = false;
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

    private <T> Optional<T> whileHeld(Action<T> action) {
        return changing(now -> folder.isHeld() ? Optional.of(action.run(now)) : Optional.empty());
    }

    private <T> T changing(Action<T> action) {
        return changing(PATIENCE_FOR_LOCK, action)
                .orElseThrow(() -> new RuntimeUnavailableException(
                        "application " + folder.id() + " is held by a call that hangs"));
    }

    /** Empty when the limit passed first. */
    private <T> Optional<T> changing(Duration limit, Action<T> action) {
        if (!acquire(limit)) {
            return Optional.empty();
        }
        boolean news = false;
        try {
            folder.make();
            for (int cut = 1; ; cut++) {
                try {
                    return Optional.of(changed(action));
                } catch (IOException e) {
                    boolean superseded = e instanceof SupersededException || (folder.isHeld() && !folder.isCurrent());
                    if (!superseded || cut == MOST_TAKEOVERS) {
                        throw e;
                    }
                } finally {
                    news |= takeChanges();
                }
            }
        } catch (IOException e) {
            throw new RuntimeUnavailableException("application " + folder.id() + " can't be changed: " + e, e);
        } finally {
            lock.unlock();
            if (news) {
                pulse.changed();
                pulse.wake();
            }
        }
    }

    private <T> T changed(Action<T> action) throws IOException {
        if (folder.isHeld() && !folder.isCurrent()) {
            LOG.info("Application {} is supervised by another node", folder.id());
            letGo();
        }
        if (folder.isHeld() && !loaded) {
            load();
        }
        Instant now = around.now();
        drain(now);
        T result = action.run(now);
        if (folder.isHeld()) {
            folder.confirm();
        }
        return result;
    }

    private boolean takeChanges() {
        boolean news = false;
        for (SupervisedInstance instance : roster.all()) {
            news |= instance.takeChanged();
        }
        return news;
    }

    private boolean acquire(Duration limit) {
        try {
            return lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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
}
