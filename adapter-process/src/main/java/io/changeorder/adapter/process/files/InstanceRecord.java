package io.changeorder.adapter.process.files;

import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of one instance. It is written before what it says is done.
 *
 * @param id stable over its runs
 * @param entry what it is of
 * @param createdAt when it was wished for
 * @param run its newest run; absent before the first
 * @param exits how its runs ended
 * @param stoppingSince since when it is to go; absent while it is to stay
 */
public record InstanceRecord(
        InstanceId id,
        Entry entry,
        Instant createdAt,
        Optional<Run> run,
        Exits exits,
        Optional<Instant> stoppingSince) {

    /**
     * One start of the program.
     *
     * @param number counts the runs of an instance, from 1
     * @param fence under which it was started
     * @param port its {@code PORT}
     * @param startedAt when it was ordered
     * @param boot names the run of the kernel in which it was
     * @param java which {@code java} a jar was to be run with
     * @param searchPath its {@code PATH}
     * @param wasReady whether it was ever ready
     * @param readySince since when it is ready, for nodes that do not ask it themselves; absent while it is not
     * @param became what it ran once it had been ready for a moment; absent before
     */
    public record Run(
            int number,
            Fence fence,
            int port,
            Instant startedAt,
            String boot,
            String java,
            String searchPath,
            boolean wasReady,
            Optional<Instant> readySince,
            Optional<Identity> became) {
        public Run withReadySince(Optional<Instant> since) {
            boolean ever = wasReady || since.isPresent();
            return new Run(number, fence, port, startedAt, boot, java, searchPath, ever, since, became);
        }

        public Run withBecame(Identity identity) {
            return new Run(
                    number,
                    fence,
                    port,
                    startedAt,
                    boot,
                    java,
                    searchPath,
                    wasReady,
                    readySince,
                    Optional.of(identity));
        }
    }

    /**
     * What a process runs, as far as it shows.
     *
     * @param executable the file of its program
     * @param commandLine digest of its command line
     * @param environment digest of the environment it was started with
     */
    public record Identity(String executable, String commandLine, String environment) {}

    /**
     * How the runs of an instance ended by themselves.
     *
     * @param count how many did since it was last forgotten
     * @param nextBackOff how long to wait after the next one
     * @param countedFrom when patience with the instance began
     * @param until when it is started again; absent while it is not waiting for that
     * @param detail how the last one ended, for people; may be empty
     */
    public record Exits(int count, Duration nextBackOff, Instant countedFrom, Optional<Instant> until, String detail) {
        private static final Duration SHORTEST_BACK_OFF = Duration.ofSeconds(1);
        private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(60);

        public static Exits none(Instant countedFrom) {
            return new Exits(0, SHORTEST_BACK_OFF, countedFrom, Optional.empty(), "");
        }

        /** After another exit. */
        public Exits another(Instant at, String why) {
            return waiting(at, why, count + 1);
        }

        /** After a start that never came about; nothing exited. */
        public Exits startFailed(Instant at, String why) {
            return waiting(at, why, count);
        }

        private Exits waiting(Instant at, String why, int newCount) {
            Duration doubled = nextBackOff.multipliedBy(2);
            return new Exits(
                    newCount,
                    doubled.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : doubled,
                    countedFrom,
                    Optional.of(at.plus(nextBackOff)),
                    why);
        }

        public Exits startedAgain() {
            return new Exits(count, nextBackOff, countedFrom, Optional.empty(), detail);
        }

        /** To be started at this moment, though nothing exited. */
        public Exits startingAt(Instant at) {
            return new Exits(count, nextBackOff, countedFrom, Optional.of(at), detail);
        }

        public Exits countedFrom(Instant at) {
            return new Exits(count, nextBackOff, at, until, detail);
        }

        /** Forgotten, and no longer waited for. */
        public Exits afresh(Instant at) {
            return new Exits(0, SHORTEST_BACK_OFF, at, until.map(waiting -> at), "");
        }

        /** After it has run well for long. */
        public Exits forgotten() {
            return new Exits(0, SHORTEST_BACK_OFF, countedFrom, until, "");
        }
    }

    public static InstanceRecord created(InstanceId id, Entry entry, Instant at) {
        return new InstanceRecord(id, entry, at, Optional.empty(), Exits.none(at), Optional.empty());
    }

    public boolean isStopping() {
        return stoppingSince.isPresent();
    }

    /** It is to be started: for the first time, or again. */
    public boolean isWaiting() {
        return !isStopping() && (run.isEmpty() || exits.until().isPresent());
    }

    public InstanceRecord withRun(Run newRun) {
        return new InstanceRecord(id, entry, createdAt, Optional.of(newRun), exits, stoppingSince);
    }

    public InstanceRecord withExits(Exits newExits) {
        return new InstanceRecord(id, entry, createdAt, run, newExits, stoppingSince);
    }

    public InstanceRecord stopping(Instant since) {
        return new InstanceRecord(id, entry, createdAt, run, exits, Optional.of(since));
    }
}
