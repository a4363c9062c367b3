package io.changeorder.adapter.process;

import io.changeorder.adapter.process.files.ApplicationFolder;
import io.changeorder.adapter.process.files.InstanceRecord;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.adapter.process.os.Session;
import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.revision.Revision;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instances of one application, as far as there is a folder of them. Guarded by the application's lock. */
final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
    private static final Comparator<SupervisedInstance> NEWEST_FIRST =
            Comparator.<SupervisedInstance, Instant>comparing(
                            instance -> instance.record().createdAt())
                    .thenComparing(SupervisedInstance::id)
                    .reversed();
    /** Not ready first, then what became ready last, then the newest. */
    private static final Comparator<SupervisedInstance> FIRST_TO_GO = Comparator.<SupervisedInstance, Boolean>comparing(
                    instance -> instance.readySince().isPresent())
            .thenComparing(instance -> instance.readySince().orElse(Instant.MIN), Comparator.reverseOrder())
            .thenComparing(NEWEST_FIRST);

    private final ApplicationFolder folder;
    private final Surroundings around;
    private final Inbox inbox;
    private final Map<InstanceId, SupervisedInstance> instances = new TreeMap<>();

    Roster(ApplicationFolder folder, Surroundings around, Inbox inbox) {
        this.folder = folder;
        this.around = around;
        this.inbox = inbox;
    }

    /** All of them, also those that are stopping, in the order in which they were made. */
    List<SupervisedInstance> all() {
        return List.copyOf(instances.values());
    }

    /** How many of which entry are meant to stay. */
    Composition present() {
        Map<Entry, Integer> counts = new TreeMap<>();
        instances.values().stream()
                .filter(instance -> !instance.isStopping())
                .forEach(instance -> counts.merge(instance.entry(), 1, Integer::sum));
        return new Composition(counts);
    }

    /** So many of an entry as are to go first. */
    List<SupervisedInstance> firstToGo(Entry entry, int count) {
        return instances.values().stream()
                .filter(instance -> instance.entry().equals(entry) && !instance.isStopping())
                .sorted(FIRST_TO_GO)
                .limit(count)
                .toList();
    }

    /** Makes so many more of an entry; they are started when they are tended. */
    void add(Entry entry, int count) throws IOException {
        Revision revision = folder.revision(entry.revision())
                .orElseThrow(() -> new IOException("what revision " + entry.revision() + " says is lost"));
        for (int i = 0; i < count; i++) {
            SupervisedInstance made = SupervisedInstance.make(folder, around, entry, revision, inbox);
            instances.put(made.id(), made);
        }
    }

    void forget(SupervisedInstance instance) throws IOException {
        folder.remove(instance.id());
        instances.remove(instance.id());
    }

    /** Leaves them to whoever supervises the application now. */
    void letGo() {
        instances.values().forEach(SupervisedInstance::letGo);
        instances.clear();
    }

    void adoptUnknown() throws IOException {
        for (InstanceId id : folder.instanceIds()) {
            if (!instances.containsKey(id)) {
                Optional<InstanceRecord> record = record(id);
                if (record.isPresent()) {
                    Revision revision =
                            folder.revision(record.get().entry().revision()).orElse(SupervisedInstance.LOST);
                    instances.put(id, SupervisedInstance.adopt(folder, around, record.get(), revision, inbox));
                } else {
                    abandon(id);
                }
            }
        }
    }

    private Optional<InstanceRecord> record(InstanceId id) {
        try {
            return folder.isAbandoned(id) ? Optional.empty() : folder.instance(id);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("What was kept of instance {} of application {} can't be read: {}", id, folder.id(), e.toString());
            return Optional.empty();
        }
    }

    /** What nobody can say of what it is must not go on; the standing wish replaces it. */
    private void abandon(InstanceId id) throws IOException {
        LOG.warn("Instance {} of application {} is ended, since nothing is known of it", id, folder.id());
        // Whoever takes the application over meanwhile ends it as well.
        folder.abandon(id);
        for (ProcessId taker : folder.takers(id)) {
            new Session(taker, id.value()).kill(ProcFs.all());
        }
        folder.remove(id);
    }
}
