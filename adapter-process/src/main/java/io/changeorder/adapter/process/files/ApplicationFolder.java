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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of one application.
 *
 * <pre>
 * applications/&lt;id&gt;/instances/&lt;instance&gt;/work/   where it runs
 *                   logs/&lt;instance&gt;.log          what it printed; outlives it
 *                   term-.../&lt;n&gt;/                see {@link Terms}
 *                      wish.json                   what should run
 *                      revisions/&lt;revision&gt;.json   what its instances run
 *                      instances/&lt;instance&gt;/instance.json
 *                                           run-&lt;n&gt;/   its newest start
 * </pre>
 *
 * What is in the term is read and written only while this node supervises the application; whatever returns without a
 * {@link SupersededException} was written before anybody took the application over, and is known to whoever does. Not
 * thread-safe.
 */
public final class ApplicationFolder {
    static final String INSTANCES = "instances";
    static final String REVISIONS = "revisions";
    static final String RUN = "run-";
    private static final int LOGS_KEPT_OF_GONE_INSTANCES = 20;
    private static final String ABANDONED = "abandoned";

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationFolder.class);

    private final ApplicationId id;
    private final Path path;
    private final Terms terms;
    private Optional<Term> term = Optional.empty();
    private Optional<Path> documents = Optional.empty();

    private ApplicationFolder(ApplicationId id, Path path, Terms terms) {
        this.id = id;
        this.path = path;
        this.terms = terms;
    }

    /** Every application of which something is kept. */
    public static List<ApplicationId> all(Path runtime) throws IOException {
        List<ApplicationId> all = new ArrayList<>();
        for (Path folder : Terms.list(runtime.resolve("applications"))) {
            String name = folder.getFileName().toString();
            if (!name.startsWith(DurableFiles.HALF_MADE) && !name.startsWith(DurableFiles.GONE)) {
                all.add(new ApplicationId(URLDecoder.decode(name, StandardCharsets.UTF_8)));
            }
        }
        return all;
    }

    /**
     * The folder of an application; it may not exist yet.
     *
     * @param node this one, by a name that no other ever has
     */
    public static ApplicationFolder of(Path runtime, ApplicationId id, String node) {
        // Ids may hold slashes, and dots that mean something to a file system.
        String name = URLEncoder.encode(id.value(), StandardCharsets.UTF_8).replace(".", "%2E");
        Path path = runtime.resolve("applications").resolve(name);
        return new ApplicationFolder(id, path, new Terms(path, node));
    }

    public ApplicationId id() {
        return id;
    }

    public boolean exists() {
        return Files.isDirectory(path);
    }

    public void make() throws IOException {
        if (!exists()) {
            terms.create();
        }
    }

    // ---- who supervises it

    /** The newest term, whoever's it is. */
    public Term newest() throws IOException {
        return terms.current();
    }

    /** Whether whoever began this term has taken in what there was before. */
    public boolean isComplete(Term begun) {
        return terms.isComplete(begun);
    }

    /** Whether this node has begun a term and does not know of its end. */
    public boolean isHeld() {
        return term.isPresent();
    }

    /** Whether the term that this node has begun goes on. */
    public boolean isCurrent() {
        return documents.filter(Files::isDirectory).isPresent();
    }

    /** The newest fence of this node's term. */
    public Fence fence() {
        return term.orElseThrow().fence();
    }

    /**
     * Begins a term of this node.
     *
     * @throws SupersededException another node was faster
     */
    public void takeOver(Term from, Fence by) throws IOException {
        letGo();
        begin(terms.takeOver(from, by));
    }

    /** Lets nothing with an older fence be written any more. */
    public void raise(Fence by) throws IOException {
        begin(terms.raise(term.orElseThrow(), by));
    }

    private void begin(Term begun) {
        term = Optional.of(begun);
        documents = Optional.of(terms.documents(begun));
    }

    /** Forgets the term of this node, which is over. */
    public void letGo() {
        term = Optional.empty();
        documents = Optional.empty();
    }

    /** The same folder to be read in the newest term, whoever's it is. */
    public ApplicationFolder asItIs() throws IOException {
        ApplicationFolder seen = new ApplicationFolder(id, path, terms);
        seen.documents = Optional.of(terms.latest(terms.current()));
        return seen;
    }

    /** Returns while what was written before is what whoever takes over finds. */
    public void confirm() throws SupersededException {
        if (!isCurrent()) {
            throw new SupersededException("another node supervises application " + id);
        }
    }

    private Path documents() throws SupersededException {
        return documents.orElseThrow(() -> new SupersededException("this node does not supervise application " + id));
    }

    // ---- what is kept

    public StandingWish readWish() throws IOException {
        Optional<byte[]> bytes = bytes(documents().resolve("wish.json"));
        return bytes.isPresent() ? Documents.readWish(bytes.get()) : StandingWish.NONE;
    }

    public void writeWish(StandingWish wish) throws IOException {
        DurableFiles.replace(documents().resolve("wish.json"), Documents.write(wish), true);
        confirm();
    }

    /** Keeps the content of a revision, so that its instances can be started again without asking anybody. */
    public void keep(RevisionId revision, Revision content) throws IOException {
        Path file = revisionFile(revision);
        if (revision(revision).isEmpty()) {
            DurableFiles.makeFolder(documents().resolve(REVISIONS));
            DurableFiles.replace(file, RevisionDocument.write(content), true);
            confirm();
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
        Set<String> names = new HashSet<>();
        revisions.forEach(revision -> names.add(nameOf(revision)));
        for (Path file : Terms.list(documents().resolve(REVISIONS))) {
            if (!names.contains(file.getFileName().toString())) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Makes the folder of an instance; it is there whole or not at all. */
    public void make(InstanceRecord instance) throws IOException {
        DurableFiles.makeFolders(work(instance.id()));
        DurableFiles.makeFolders(path.resolve("logs"));
        Path folder = instanceFolder(instance.id());
        Path halfMade = folder.resolveSibling(DurableFiles.HALF_MADE + instance.id());
        DurableFiles.makeFolder(documents().resolve(INSTANCES));
        DurableFiles.remove(halfMade);
        DurableFiles.makeFolder(halfMade);
        DurableFiles.replace(halfMade.resolve("instance.json"), Documents.write(instance), false);
        Files.move(halfMade, folder, StandardCopyOption.ATOMIC_MOVE);
        confirm();
    }

    public void save(InstanceRecord instance) throws IOException {
        DurableFiles.replace(instanceFolder(instance.id()).resolve("instance.json"), Documents.write(instance), false);
        confirm();
    }

    /** Notes that an instance of which nothing is known is to be ended. */
    public void abandon(InstanceId instance) throws IOException {
        DurableFiles.replace(instanceFolder(instance).resolve(ABANDONED), new byte[0], false);
        confirm();
    }

    public boolean isAbandoned(InstanceId instance) throws IOException {
        return Files.exists(instanceFolder(instance).resolve(ABANDONED));
    }

    /** The names of all instances that have a folder. */
    public Set<InstanceId> instanceIds() throws IOException {
        List<InstanceId> ids = new ArrayList<>();
        for (Path folder : Terms.list(documents().resolve(INSTANCES))) {
            String name = folder.getFileName().toString();
            if (!name.startsWith(DurableFiles.HALF_MADE) && !name.startsWith(DurableFiles.GONE)) {
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
        for (Path entry : Terms.list(instanceFolder(instance))) {
            if (entry.getFileName().toString().startsWith(RUN)) {
                new RunFolder(entry).taker().ifPresent(takers::add);
            }
        }
        return takers;
    }

    /** Forgets an instance that is gone. Its log is kept for a while: it may say why the instance had to go. */
    public void remove(InstanceId instance) throws IOException {
        DurableFiles.remove(instanceFolder(instance));
        DurableFiles.sweep(documents().resolve(INSTANCES));
        confirm();
        DurableFiles.remove(home(instance));
        Set<InstanceId> present = instanceIds();
        List<Path> ofGone = new ArrayList<>();
        for (Path file : Terms.list(path.resolve("logs"))) {
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
        for (Path entry : Terms.list(documents())) {
            DurableFiles.remove(entry);
        }
        confirm();
        for (Path entry : Terms.list(path)) {
            if (!entry.getFileName().toString().startsWith(Term.PREFIX)) {
                DurableFiles.remove(entry);
            }
        }
    }

    /** Whether the application is gone and {@link #forget} is due as soon as its instances are. */
    public boolean isReleased() throws IOException {
        return Files.exists(documents().resolve("released"));
    }

    public void setReleased(boolean released) throws IOException {
        if (released) {
            DurableFiles.replace(documents().resolve("released"), new byte[0], true);
        } else {
            Files.deleteIfExists(documents().resolve("released"));
        }
        confirm();
    }

    public Path work(InstanceId instance) {
        return home(instance).resolve("work");
    }

    public Path log(InstanceId instance) {
        return path.resolve("logs").resolve(instance.value() + ".log");
    }

    public RunFolder run(InstanceId instance, int number) throws IOException {
        return new RunFolder(instanceFolder(instance).resolve(RUN + number));
    }

    private Path home(InstanceId instance) {
        return path.resolve(INSTANCES).resolve(instance.value());
    }

    private Path instanceFolder(InstanceId instance) throws IOException {
        return documents().resolve(INSTANCES).resolve(instance.value());
    }

    private Path revisionFile(RevisionId revision) throws IOException {
        return documents().resolve(REVISIONS).resolve(nameOf(revision));
    }

    private static String nameOf(RevisionId revision) {
        return revision.value() + ".json";
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
}
