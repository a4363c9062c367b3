package io.changeorder.adapter.process;

import io.changeorder.adapter.process.files.ApplicationFolder;
import io.changeorder.adapter.process.files.InstanceRecord;
import io.changeorder.adapter.process.files.RunFolder;
import io.changeorder.adapter.process.os.Prober;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.adapter.process.proof.Identities;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One instance: what is kept of it, and its newest run. It is waiting for its next start, running, or stopping; each
 * {@link #tend} takes it as far as it can go at that moment. Guarded by its application's lock.
 */
final class SupervisedInstance {
    private static final Duration FORGETS_EXITS_AFTER = Duration.ofMinutes(10);
    /** After so long a command has replaced itself by what it is to run, if it does that. */
    private static final Duration SETTLES_AFTER = Duration.ofSeconds(1);
    /** How often to look at what tells nothing by itself: a process that is not our child, a session. */
    private static final Duration LOOKS_EVERY = Duration.ofMillis(100);

    private static final Duration LOOKS_FOR_CLAIM_EVERY = Duration.ofMillis(5);

    /** Stands for the content of a revision that is not on disk any more: such an instance goes on, but can't start. */
    static final Revision LOST = Revision.command("lost");

    private final ApplicationFolder folder;
    private final Surroundings around;
    private final Inbox inbox;

    private Revision revision;

    private InstanceRecord record;
    private Optional<Attempt> attempt = Optional.empty();
    private Optional<Health> health = Optional.empty();
    /** Since when its processes have been asked to end. */
    private Optional<Instant> endingSince = Optional.empty();

    private boolean changed = true;

    private SupervisedInstance(
            ApplicationFolder folder, Surroundings around, InstanceRecord record, Revision revision, Inbox inbox) {
        this.folder = folder;
        this.around = around;
        this.record = record;
        this.revision = revision;
        this.inbox = inbox;
    }

    /** Makes another one. It is started when it is tended next. */
    static SupervisedInstance make(
            ApplicationFolder folder, Surroundings around, Entry entry, Revision revision, Inbox inbox)
            throws IOException {
        InstanceRecord record =
                InstanceRecord.created(new InstanceId(around.ids().next().toString()), entry, around.now());
        folder.make(record);
        around.steps().at(Steps.Step.INSTANCE_MADE);
        return new SupervisedInstance(folder, around, record, revision, inbox);
    }

    /** Takes over one that was made before, whatever became of it meanwhile. */
    static SupervisedInstance adopt(
            ApplicationFolder folder, Surroundings around, InstanceRecord record, Revision revision, Inbox inbox)
            throws IOException {
        SupervisedInstance instance = new SupervisedInstance(folder, around, record, revision, inbox);
        if (record.run().isPresent()) {
            instance.adopt(record.run().get(), around.now());
        }
        return instance;
    }

    private void adopt(InstanceRecord.Run run, Instant now) throws IOException {
        Attempt adopted = Attempt.adopt(folder, record, run);
        attempt = Optional.of(adopted);
        if (isStopping() || isWaiting()) {
            return;
        }
        if (!adopted.isTaken()) {
            // It never became the program: nothing exited, and it may be started at once.
            save(record.withExits(record.exits().startingAt(now)));
        } else if (adopted.isDead()) {
            exited(now);
        } else {
            health = Optional.of(Health.adopted(revision.probes(), run.wasReady(), run.startedAt(), now));
            if (run.wasReady()) {
                // Whether it was ready all the time can't be known: patience begins anew.
                save(record.withExits(record.exits().countedFrom(now)));
            }
            rememberReadiness();
        }
    }

    // ---- what it is

    InstanceRecord record() {
        return record;
    }

    InstanceId id() {
        return record.id();
    }

    Entry entry() {
        return record.entry();
    }

    Revision revision() {
        return revision;
    }

    boolean isStopping() {
        return record.isStopping();
    }

    /** It is to be started: for the first time, or again. */
    boolean isWaiting() {
        return record.isWaiting();
    }

    Optional<Instant> readySince() {
        return isStopping() || isWaiting() ? Optional.empty() : health.flatMap(Health::readySince);
    }

    /** The process that runs it, while there is one. */
    Optional<ProcessId> process() {
        return attempt.flatMap(Attempt::process);
    }

    /** Whether no process of it exists or is on its way. */
    boolean isGone() {
        return attempt.filter(begun -> !begun.isGone()).isEmpty();
    }

    /** Whether something worth telling has changed since this was asked last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    Instance observed() {
        Instance.State state = isStopping()
                ? Instance.State.STOPPING
                : record.exits().until().isPresent() ? Instance.State.BACKING_OFF : Instance.State.RUNNING;
        return new Instance(
                id(),
                entry(),
                state,
                record.exits().countedFrom(),
                readySince(),
                record.exits().count(),
                detail(state));
    }

    private String detail(Instance.State state) {
        String last = record.exits().detail();
        return switch (state) {
            case STOPPING -> "told to go";
            case BACKING_OFF -> last;
            case RUNNING -> {
                String complaint = health.map(Health::complaint).orElse("being started");
                yield complaint.isEmpty() || last.isEmpty() ? complaint : complaint + "; before, it " + last;
            }
        };
    }

    // ---- what is asked of it

    /** Begins its end. */
    void stop(Instant now) throws IOException {
        if (!isStopping()) {
            save(record.stopping(now));
            around.steps().at(Steps.Step.STOP_RECORDED);
            endingSince = Optional.empty();
            if (attempt.isPresent()) {
                attempt.get().refuse();
            }
            changed = true;
        }
    }

    /** Whether its run under an older fence did not come about and now never will. */
    boolean refuseOlderThan(Fence fence) throws IOException {
        boolean older =
                record.run().filter(run -> run.fence().isOlderThan(fence)).isPresent();
        return older && attempt.isPresent() && attempt.get().refuse() == RunFolder.Claim.REFUSED;
    }

    void startAfresh(Instant now) throws IOException {
        save(record.withExits(record.exits().afresh(now)));
        changed = true;
    }

    /** What its revision says is known again. */
    void recover(Revision content) {
        if (revision.equals(LOST)) {
            revision = content;
        }
    }

    /** What is told of it from now on is of no interest. */
    void letGo() {
        health = Optional.empty();
        attempt = Optional.empty();
    }

    void kill(List<ProcFs.Stat> processes) {
        attempt.ifPresent(begun -> begun.kill(processes));
    }

    // ---- what happens to it

    /**
     * @param fence under which a start is made
     * @param processes all processes of the host; asked for only when somebody is to be ended
     */
    void tend(Instant now, Fence fence, Supplier<List<ProcFs.Stat>> processes) throws IOException {
        if (isStopping()) {
            if (!isGone()) {
                end(record.stoppingSince().orElseThrow(), now, processes);
            }
        } else if (isWaiting()) {
            tendWaiting(now, fence, processes);
        } else {
            tendRunning(now);
        }
    }

    /** When it is to be tended next if nothing is heard of it before. */
    Optional<Instant> nextMoment(Instant now) {
        if (attempt.filter(Attempt::isUnderWay).isPresent()) {
            return Optional.empty();
        }
        if (isStopping() || (isWaiting() && !isGone())) {
            Instant overdue =
                    record.stoppingSince().or(() -> endingSince).orElse(now).plus(grace());
            return Optional.of(
                    attempt.filter(Attempt::isChild).isPresent() && overdue.isAfter(now)
                            ? overdue
                            : now.plus(LOOKS_EVERY));
        }
        if (isWaiting()) {
            return Optional.of(record.exits().until().orElse(now));
        }
        if (attempt.filter(Attempt::isTaken).isEmpty()) {
            return Optional.of(now.plus(LOOKS_FOR_CLAIM_EVERY));
        }
        return Stream.of(
                        health.flatMap(Health::nextMoment),
                        attempt.filter(Attempt::isChild).isPresent()
                                ? Optional.<Instant>empty()
                                : Optional.of(now.plus(LOOKS_EVERY)),
                        forgetsExitsAt(),
                        settlesAt())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** Notices right now what became of its process. */
    void look(Instant now) throws IOException {
        if (isStopping() || isWaiting()) {
            return;
        }
        Attempt running = attempt.orElseThrow();
        Optional<String> failure = running.failure();
        if (failure.isPresent() && running.refuse() != RunFolder.Claim.TAKEN) {
            wait(record.exits().startFailed(now, "could not be started: " + failure.get()));
            return;
        }
        boolean dead = running.isDead();
        // A launcher claims its run before it ends: what is dead and not taken by now never will be.
        if (running.lookForClaim()) {
            InstanceRecord.Run run = record.run().orElseThrow();
            save(record.withExits(record.exits().countedFrom(run.startedAt())));
            health = Optional.of(Health.started(revision.probes(), run.startedAt()));
            changed = true;
            rememberReadiness();
            around.steps().at(Steps.Step.CONFIRMED);
        }
        if (dead && running.isTaken()) {
            exited(now);
        } else if (dead) {
            running.refuse();
            wait(record.exits()
                    .startFailed(now, "could not be started: its launcher gave up, see " + folder.log(id())));
        }
    }

    private void tendRunning(Instant now) throws IOException {
        look(now);
        if (isWaiting() || attempt.filter(Attempt::isTaken).isEmpty()) {
            return;
        }
        if (forgetsExitsAt().filter(at -> !at.isAfter(now)).isPresent()) {
            save(record.withExits(record.exits().forgotten()));
            changed = true;
        }
        InstanceRecord.Run run = record.run().orElseThrow();
        if (settlesAt().filter(at -> !at.isAfter(now)).isPresent()) {
            Optional<InstanceRecord.Identity> identity = process().flatMap(process -> Identities.of(process.pid()));
            if (identity.isPresent()) {
                save(record.withRun(run.withBecame(identity.get())));
            }
        }
        health.ifPresent(asked -> asked.due(now).forEach((kind, probe) -> ask(asked, kind, probe)));
    }

    private void ask(Health asked, Health.Kind kind, Probe probe) {
        InstanceRecord.Run run = record.run().orElseThrow();
        Prober.Target target = new Prober.Target(
                run.port(), folder.work(id()), around.launcher().probeEnvironment(folder, record, revision, run));
        try {
            around.probers().execute(() -> {
                Optional<String> complaint = complaint(probe, target);
                inbox.tell(now -> answered(asked, kind, complaint, now));
            });
        } catch (RuntimeException | Error e) {
            // Where no thread can be made that is an Error; the next try may find room again.
            inbox.tell(now -> answered(asked, kind, Optional.of("can't be asked: " + e), now));
        }
    }

    private Optional<String> complaint(Probe probe, Prober.Target target) {
        try {
            return around.prober().complaint(probe, target);
        } catch (RuntimeException | Error e) {
            return Optional.of("can't be asked: " + e);
        }
    }

    private void answered(Health asked, Health.Kind kind, Optional<String> complaint, Instant now) throws IOException {
        if (health.filter(asked::equals).isEmpty() || isStopping() || isWaiting()) {
            return;
        }
        boolean wasReady = readySince().isPresent();
        asked.answered(kind, complaint, now);
        if (asked.isDead()) {
            wait(record.exits().another(now, asked.complaint()));
        } else if (wasReady && readySince().isEmpty()) {
            save(record.withExits(record.exits().countedFrom(now)));
            rememberReadiness();
            changed = true;
        } else if (!wasReady && readySince().isPresent()) {
            rememberReadiness();
            changed = true;
        }
    }

    private void rememberReadiness() throws IOException {
        InstanceRecord.Run run = record.run().orElseThrow();
        InstanceRecord.Run now = run.withReadySince(readySince());
        if (!now.equals(run)) {
            save(record.withRun(now));
        }
    }

    private void exited(Instant now) throws IOException {
        InstanceRecord.Run run = record.run().orElseThrow();
        boolean ranLong = !now.isBefore(run.startedAt().plus(FORGETS_EXITS_AFTER));
        InstanceRecord.Exits before = ranLong ? record.exits().forgotten() : record.exits();
        OptionalInt code = attempt.orElseThrow().exitCode();
        String how = code.isPresent() ? "exited with code " + code.getAsInt() : "exited while nobody saw its code";
        // What it left behind must not go on beside its next run.
        kill(ProcFs.all());
        wait(before.another(now, how + ", see " + folder.log(id())));
    }

    private void wait(InstanceRecord.Exits exits) throws IOException {
        health = Optional.empty();
        endingSince = Optional.empty();
        changed = true;
        save(record.withExits(exits));
    }

    private void tendWaiting(Instant now, Fence fence, Supplier<List<ProcFs.Stat>> processes) throws IOException {
        if (!isGone()) {
            // It was taken for dead and still runs, or it left processes behind.
            end(endingSince.orElse(now), now, processes);
        } else if (!record.exits().until().orElse(now).isAfter(now)) {
            start(now, fence);
        }
    }

    private void end(Instant since, Instant now, Supplier<List<ProcFs.Stat>> processes) {
        if (endingSince.isEmpty()) {
            endingSince = Optional.of(now);
            List<ProcFs.Stat> listed = processes.get();
            around.steps().at(Steps.Step.ABOUT_TO_SIGNAL);
            attempt.ifPresent(begun -> begun.terminate(listed));
        }
        if (!now.isBefore(since.plus(grace()))) {
            kill(processes.get());
        }
    }

    private void start(Instant now, Fence fence) throws IOException {
        if (revision.equals(LOST)) {
            wait(record.exits().startFailed(now, "could not be started: what its revision says is lost"));
            return;
        }
        int previousPort = record.run().map(InstanceRecord.Run::port).orElse(0);
        OptionalInt port = around.ports().free(tried -> tried == previousPort);
        if (port.isEmpty()) {
            wait(record.exits().startFailed(now, "could not be started: no port is free"));
            return;
        }
        int previous = record.run().map(InstanceRecord.Run::number).orElse(0);
        InstanceRecord.Run run = new InstanceRecord.Run(
                previous + 1,
                fence,
                port.getAsInt(),
                now,
                ProcFs.boot(),
                around.launcher().java(),
                around.launcher().searchPath(),
                false,
                Optional.empty(),
                Optional.empty());
        folder.run(id(), run.number()).make(around.launcher().script(folder, record, revision, run));
        around.steps().at(Steps.Step.RUN_MADE);
        save(record.withRun(run).withExits(record.exits().startedAgain()));
        around.steps().at(Steps.Step.RUN_RECORDED);
        folder.run(id(), previous).remove();
        attempt = Optional.of(Attempt.begin(folder, around, record, run, revision, inbox));
        changed = true;
    }

    private Optional<Instant> forgetsExitsAt() {
        return record.exits().count() > 0
                ? record.run().map(run -> run.startedAt().plus(FORGETS_EXITS_AFTER))
                : Optional.empty();
    }

    private Optional<Instant> settlesAt() {
        return record.run().filter(run -> run.became().isPresent()).isPresent()
                ? Optional.empty()
                : readySince().map(since -> since.plus(SETTLES_AFTER));
    }

    private Duration grace() {
        return Duration.ofSeconds(revision.terminationGraceSeconds());
    }

    /**
     * Written first, believed afterwards: what could not be written is not so. Signals are sent only for what is written,
     * and can't be taken back, since whoever takes the application over meanwhile reads it and sends them as well.
     */
    private void save(InstanceRecord next) throws IOException {
        folder.save(next);
        record = next;
    }
}
