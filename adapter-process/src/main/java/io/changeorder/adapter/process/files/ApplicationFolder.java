package io.changeorder.adapter.process.files;

import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.revision.Revision;
import io.changeorder.domain.revision.RevisionId;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of one application.
 *
 * <pre>
 * applications/&lt;id&gt;/fence                            the newest fence that was seen
 *                   wish.json                        what should run
 *                   lock                             held by whoever changes anything here
 *                   revisions/&lt;revision&gt;.json        what its instances run
 *                   instances/&lt;instance&gt;/instance.json
 *                                        work/       where it runs
 *                                        run-&lt;n&gt;/    its newest start
 *                   logs/&lt;instance&gt;.log              what it printed; outlives it
 * </pre>
 *
 * Not thread-safe: whoever calls it holds {@link #lock()}.
 */
public final class ApplicationFolder {
    private static final int LOGS_KEPT_OF_GONE_INSTANCES = 20;
    private static final String HALF_MADE = ".new-";
    private static final String RUN = "run-";

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationFolder.class);

    private final ApplicationId id;
    private final Path path;
    private final FenceFile fence;
    private final ApplicationLock lock;

    private ApplicationFolder(ApplicationId id, Path path) {
        this.id = id;
        this.path = path;
        this.fence = new FenceFile(path.resolve("fence"));
        this.lock = new ApplicationLock(path.resolve("lock"));
    }

    /** Every application of which something is kept. */
    public static List<ApplicationId> all(Path runtime) throws IOException {
        List<ApplicationId> all = new ArrayList<>();
        for (Path folder : list(runtime.resolve("applications"))) {
            all.add(new ApplicationId(URLDecoder.decode(folder.getFileName().toString(), StandardCharsets.UTF_8)));
        }
        return all;
    }

    /** The folder of an application; it may not exist yet. */
    public static ApplicationFolder of(Path runtime, ApplicationId id) {
        // Ids may hold slashes, and dots that mean something to a file system.
        String name = URLEncoder.encode(id.value(), StandardCharsets.UTF_8).replace(".", "%2E");
        return new ApplicationFolder(id, runtime.resolve("applications").resolve(name));
    }

    public ApplicationId id() {
        return id;
    }

    public ApplicationLock lock() {
        return lock;
    }

    public boolean exists() {
        return Files.isDirectory(path);
    }

    public void make() throws IOException {
        if (!exists()) {
            DurableFiles.makeFolders(path);
            DurableFiles.forceFolder(path.resolveSibling("."));
        }
    }

    public Fence readFence() throws IOException {
        return fence.read();
    }

    public void writeFence(Fence newFence) throws IOException {
        fence.write(newFence);
    }

    public Path fenceFile() {
        return fence.path();
    }

    public StandingWish readWish() throws IOException {
        Optional<byte[]> bytes = bytes(path.resolve("wish.json"));
        return bytes.isPresent() ? Documents.readWish(bytes.get()) : StandingWish.NONE;
    }

    public void writeWish(StandingWish wish) throws IOException {
        DurableFiles.replace(path.resolve("wish.json"), Documents.write(wish), true);
    }

    /** Keeps the content of a revision, so that its instances can be started again without asking anybody. */
    public void keep(RevisionId revision, Revision content) throws IOException {
        Path file = revisionFile(revision);
        if (revision(revision).isEmpty()) {
            DurableFiles.makeFolders(path.resolve("revisions"));
            DurableFiles.replace(file, RevisionDocument.write(content), true);
        }
    }

    /** Absent also when what is there is not the content that the revision's digest names. */
    public Optional<Revision> revision(RevisionId revision) throws IOException {
        Optional<byte[]> bytes = bytes(revisionFile(revision));
        try {
            return bytes.isPresent()
                    ? Optional.of(RevisionDocument.read(bytes.get()))
                            .filter(content -> content.id().equals(revision))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("What was kept of revision {} of application {} can't be read: {}", revision, id, e.toString());
            return Optional.empty();
        }
    }

    /** Forgets the content of every other revision. */
    public void keepOnly(Set<RevisionId> revisions) throws IOException {
        for (Path file : list(path.resolve("revisions"))) {
            if (revisions.stream().noneMatch(revision -> revisionFile(revision).equals(file))) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Makes the folder of an instance; it is there whole or not at all. */
    public void make(InstanceRecord instance) throws IOException {
        Path folder = instanceFolder(instance.id());
        Path halfMade = folder.resolveSibling(HALF_MADE + instance.id());
        DurableFiles.remove(halfMade);
        DurableFiles.makeFolders(halfMade.resolve("work"));
        DurableFiles.replace(halfMade.resolve("instance.json"), Documents.write(instance), false);
        DurableFiles.makeFolders(path.resolve("logs"));
        Files.move(halfMade, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    public void save(InstanceRecord instance) throws IOException {
        DurableFiles.replace(instanceFolder(instance.id()).resolve("instance.json"), Documents.write(instance), false);
    }

    /** The names of all instances that have a folder. */
    public Set<InstanceId> instanceIds() throws IOException {
        List<InstanceId> ids = new ArrayList<>();
        for (Path folder : list(path.resolve("instances"))) {
            String name = folder.getFileName().toString();
            if (!name.startsWith(HALF_MADE) && !name.startsWith(DurableFiles.GONE)) {
                ids.add(new InstanceId(name));
            }
        }
        return Set.copyOf(ids);
    }

    /** Absent when it has no folder any more. */
    public Optional<InstanceRecord> instance(InstanceId instance) throws IOException {
        Optional<byte[]> bytes = bytes(instanceFolder(instance).resolve("instance.json"));
        return bytes.isPresent() ? Optional.of(Documents.readInstance(bytes.get())) : Optional.empty();
    }

    /** Whoever took any of its runs. */
    public List<ProcessId> takers(InstanceId instance) throws IOException {
        List<ProcessId> takers = new ArrayList<>();
        for (Path entry : list(instanceFolder(instance))) {
            if (entry.getFileName().toString().startsWith(RUN)) {
                new RunFolder(entry).taker().ifPresent(takers::add);
            }
        }
        return takers;
    }

    /** Forgets an instance that is gone. Its log is kept for a while: it may say why the instance had to go. */
    public void remove(InstanceId instance) throws IOException {
        DurableFiles.remove(instanceFolder(instance));
        DurableFiles.sweep(path.resolve("instances"));
        Set<InstanceId> present = instanceIds();
        List<Path> ofGone = new ArrayList<>();
        for (Path file : list(path.resolve("logs"))) {
            if (present.stream().noneMatch(id -> log(id).equals(file))) {
                ofGone.add(file);
            }
        }
        if (ofGone.size() > LOGS_KEPT_OF_GONE_INSTANCES) {
            ofGone.sort(Comparator.comparing(ApplicationFolder::lastWritten));
            for (Path file : ofGone.subList(0, ofGone.size() - LOGS_KEPT_OF_GONE_INSTANCES)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Forgets everything but the fence. */
    public void forget() throws IOException {
        for (Path entry : list(path)) {
            if (!entry.equals(fence.path()) && !entry.equals(path.resolve("lock"))) {
                DurableFiles.remove(entry);
            }
        }
    }

    /** Whether the application is gone and {@link #forget} is due as soon as its instances are. */
    public boolean isReleased() {
        return Files.exists(path.resolve("released"));
    }

    public void setReleased(boolean released) throws IOException {
        if (released) {
            DurableFiles.replace(path.resolve("released"), new byte[0], true);
        } else {
            Files.deleteIfExists(path.resolve("released"));
        }
    }

    public Path work(InstanceId instance) {
        return instanceFolder(instance).resolve("work");
    }

    public Path log(InstanceId instance) {
        return path.resolve("logs").resolve(instance.value() + ".log");
    }

    public RunFolder run(InstanceId instance, int number) {
        return new RunFolder(instanceFolder(instance).resolve(RUN + number));
    }

    private Path instanceFolder(InstanceId instance) {
        return path.resolve("instances").resolve(instance.value());
    }

    private Path revisionFile(RevisionId revision) {
        return path.resolve("revisions").resolve(revision.value() + ".json");
    }

    private static FileTime lastWritten(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static Optional<byte[]> bytes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return entries;
    }
}
