package io.changeorder.adapter.process;

import io.changeorder.adapter.process.files.ApplicationFolder;
import io.changeorder.adapter.process.files.InstanceRecord;
import io.changeorder.adapter.process.files.RunFolder;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.adapter.process.os.Session;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** The process side of one run of an instance, from its launch to the end of its last process. Guarded by the lock. */
final class Attempt {
    private final InstanceId instance;
    private final ApplicationFolder application;
    private final int number;
    /** Whether a process that claimed the run is not yet the program. */
    private final Predicate<ProcessId> becoming;

    private boolean underWay;
    private boolean taken;
    private Optional<String> failure = Optional.empty();
    private Optional<Process> child = Optional.empty();
    private Optional<Session> session = Optional.empty();

    private Attempt(InstanceId instance, ApplicationFolder application, int number, Predicate<ProcessId> becoming) {
        this.instance = instance;
        this.application = application;
        this.number = number;
        this.becoming = becoming;
    }

    /** Begins a run that was made and recorded. What becomes of it is told to the inbox. */
    static Attempt begin(
            ApplicationFolder folder,
            Surroundings around,
            InstanceRecord record,
            InstanceRecord.Run run,
            Revision revision,
            Inbox inbox)
            throws IOException {
        // Where it is now: once the term is over, or has another fence, nothing is to be found there.
        Path script = folder.run(record.id(), run.number()).script();
        Attempt attempt = new Attempt(
                record.id(),
                folder,
                run.number(),
                process -> around.launcher().isBecoming(script, folder, record, revision, run, process));
        attempt.underWay = true;
        around.workers().execute(() -> attempt.launch(script, around, record, revision, inbox));
        return attempt;
    }

    /** Takes over a run that was begun before; if it did not come about by now, it never will. */
    static Attempt adopt(ApplicationFolder folder, InstanceRecord record, InstanceRecord.Run run) throws IOException {
        Attempt attempt = new Attempt(record.id(), folder, run.number(), process -> false);
        attempt.taken = attempt.refuse() == RunFolder.Claim.TAKEN;
        if (!run.boot().equals(ProcFs.boot())) {
            attempt.session = Optional.empty();
        }
        return attempt;
    }

    /** Without the lock: nobody waits for a large artifact to be read or a process to be made. */
    private void launch(Path script, Surroundings around, InstanceRecord record, Revision revision, Inbox inbox) {
        try {
            Optional<Artifact> artifact = revision.artifact();
            Optional<String> damage = artifact.isPresent() ? around.pins().mend(artifact.get()) : Optional.empty();
            if (damage.isPresent()) {
                inbox.tell(now -> failed(damage.get()));
                return;
            }
            around.steps().at(Steps.Step.ABOUT_TO_SPAWN);
            Process process = around.launcher().spawn(script, application, record);
            around.steps().at(Steps.Step.SPAWNED);
            inbox.tell(now -> launched(process));
            var unused = process.onExit().thenRun(() -> inbox.tell(Inbox.Task.LOOK));
        } catch (IOException | RuntimeException | Error e) {
            // Where no process or thread can be made that is an Error; the next try may find room again.
            inbox.tell(now -> failed(e.toString()));
        }
    }

    private void launched(Process process) {
        underWay = false;
        child = Optional.of(process);
    }

    private void failed(String why) {
        underWay = false;
        failure = Optional.of(why);
    }

    /** It is not known yet whether there is a process. */
    boolean isUnderWay() {
        return underWay;
    }

    /** The launcher has become the program. */
    boolean isTaken() {
        return taken;
    }

    /** Why there is no process, for people. */
    Optional<String> failure() {
        return failure;
    }

    Optional<Session> session() {
        return session;
    }

    /** Whether it is our child, so that we are told of its end. */
    boolean isChild() {
        return child.filter(Process::isAlive).isPresent();
    }

    /** Sees to it that the run does not come about any more, unless it has. */
    RunFolder.Claim refuse() throws IOException {
        if (taken) {
            return RunFolder.Claim.TAKEN;
        }
        RunFolder.Claim claim = run().refuse();
        session = run().taker().map(this::sessionOf);
        return claim;
    }

    /** Whether the launcher has become the program since this was asked last. */
    boolean lookForClaim() throws IOException {
        if (taken) {
            return false;
        }
        session = run().taker().map(this::sessionOf);
        taken = session.filter(claimed -> !becoming.test(claimed.leader())).isPresent();
        return taken;
    }

    boolean isDead() {
        if (underWay) {
            return false;
        }
        return child.isPresent()
                ? !child.get().isAlive()
                : session.filter(Session::isLed).isEmpty();
    }

    /** Absent when nobody was there to see it. */
    OptionalInt exitCode() {
        return child.isPresent() ? OptionalInt.of(child.get().exitValue()) : OptionalInt.empty();
    }

    /** Whether no process of it exists or is on its way. */
    boolean isGone() {
        return isDead() && session.filter(left -> !left.isEmpty()).isEmpty();
    }

    void terminate(List<ProcFs.Stat> processes) {
        child.filter(process -> session.isEmpty()).ifPresent(Process::destroy);
        session.ifPresent(own -> own.terminate(processes));
    }

    void kill(List<ProcFs.Stat> processes) {
        child.filter(process -> session.isEmpty()).ifPresent(Process::destroyForcibly);
        session.ifPresent(own -> own.kill(processes));
    }

    /** The process that was launched, while it runs. */
    Optional<ProcessId> process() {
        return session.map(Session::leader).filter(ProcFs::isAlive);
    }

    private RunFolder run() throws IOException {
        return application.run(instance, number);
    }

    private Session sessionOf(ProcessId leader) {
        return new Session(leader, instance.value());
    }
}
