package io.changeorder.adapter.process.proof;

import io.changeorder.adapter.process.files.ApplicationFolder;
import io.changeorder.adapter.process.files.InstanceRecord;
import io.changeorder.adapter.process.files.SupersededException;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sees the instances of an application that another node supervises: from what that node keeps of them, and their
 * processes. It asks them nothing itself and changes nothing.
 */
public final class Onlooker {
    private static final int LOOKS = 100;

    private final ApplicationFolder application;
    private final Revision unknown;

    /**
     * @param unknown stands for the content of a revision that is not on disk
     */
    public Onlooker(ApplicationFolder application, Revision unknown) {
        this.application = application;
        this.unknown = unknown;
    }

    public List<Restoration.Subject> subjects() throws IOException {
        Optional<List<Restoration.Subject>> subjects = Optional.empty();
        for (int look = 1; subjects.isEmpty(); look++) {
            subjects = subjects(look == LOOKS);
        }
        return subjects.get();
    }

    /** Absent when the application was taken over meanwhile. */
    private Optional<List<Restoration.Subject>> subjects(boolean last) throws IOException {
        ApplicationFolder seen = application;
        try {
            seen = application.asItIs();
            List<Restoration.Subject> subjects = subjects(seen);
            seen.confirm();
            return Optional.of(subjects);
        } catch (IOException e) {
            boolean over = e instanceof SupersededException || !seen.isCurrent();
            if (last || !over) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private List<Restoration.Subject> subjects(ApplicationFolder seen) throws IOException {
        List<Restoration.Subject> subjects = new ArrayList<>();
        for (InstanceId id : seen.instanceIds()) {
            Optional<InstanceRecord> record = seen.instance(id);
            if (record.isPresent()) {
                subjects.add(subject(seen, record.get()));
            }
        }
        return subjects;
    }

    private Restoration.Subject subject(ApplicationFolder seen, InstanceRecord record) throws IOException {
        Optional<ProcessId> process = process(seen, record);
        boolean runs = process.isPresent() && !record.isStopping() && !record.isWaiting();
        return new Restoration.Subject(
                seen,
                record,
                seen.revision(record.entry().revision()).orElse(unknown),
                process,
                record.run().filter(run -> runs).flatMap(InstanceRecord.Run::readySince));
    }

    private static Optional<ProcessId> process(ApplicationFolder seen, InstanceRecord record) throws IOException {
        Optional<InstanceRecord.Run> run =
                record.run().filter(begun -> begun.boot().equals(ProcFs.boot()));
        return run.isEmpty()
                ? Optional.empty()
                : seen.run(record.id(), run.get().number()).taker().filter(ProcFs::isAlive);
    }

    /** A subject as it is observed. */
    public static Instance observed(Restoration.Subject subject) {
        InstanceRecord record = subject.record();
        Instance.State state = record.isStopping()
                ? Instance.State.STOPPING
                : record.exits().until().isPresent() ? Instance.State.BACKING_OFF : Instance.State.RUNNING;
        Instant countedFrom = record.exits().countedFrom();
        String detail = record.exits().detail().isEmpty()
                ? "as another node sees it"
                : record.exits().detail();
        return new Instance(
                record.id(),
                record.entry(),
                state,
                countedFrom,
                subject.readySince(),
                record.exits().count(),
                subject.readySince().isPresent() ? record.exits().detail() : detail);
    }
}
