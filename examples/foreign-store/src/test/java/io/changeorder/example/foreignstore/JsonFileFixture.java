package io.changeorder.example.foreignstore;

import io.changeorder.application.contract.StoreFixture;
import io.changeorder.application.fake.InMemoryDatabase.Step;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.domain.id.NodeId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A file in a folder, which can be moved away, cut short and written over. */
final class JsonFileFixture implements StoreFixture {
    private static final NodeId NODE = new NodeId("node-1");

    private final AtomicReference<Optional<ParkedCall>> holding = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Step>> dying = new AtomicReference<>(Optional.empty());
    private final Path path;
    private JsonFile file;
    private ChangeOrderStore store;

    JsonFileFixture(Path folder) {
        this.path = folder.resolve("orders.json");
        this.file = open();
        this.store = file.store();
    }

    /** What a store that died ends its calls with. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died() {
            super("this store died", null, false, false);
        }
    }

    private JsonFile open() {
        JsonFile opened = JsonFile.open(path, NODE);
        opened.atEachStep(this::at);
        return opened;
    }

    private void at(Step step) {
        if (dying.get().filter(step::equals).isPresent()) {
            throw new Died();
        }
        if (step == Step.JUDGED) {
            holding.getAndSet(Optional.empty()).ifPresent(ParkedCall::pass);
        }
    }

    @Override
    public ChangeOrderStore store() {
        return store;
    }

    @Override
    public void reopen() {
        store.close();
        dying.set(Optional.empty());
        file = open();
        store = file.store();
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public ChangeOrderStore openAnother() {
        return JsonFile.open(path, new NodeId("second")).store();
    }

    @Override
    public ParkedCall holdNextCommit() {
        ParkedCall held = new ParkedCall();
        holding.set(Optional.of(held));
        return held;
    }

    @Override
    public int waiting() {
        return file.waiting();
    }

    /** Before anything is written; with half of the line on the disk, or all but its end; before the answer. */
    @Override
    public Optional<CommitResult> commitDyingAt(int step, Commit commit) {
        try {
            long before = Files.size(path);
            switch (step) {
                case 1 -> die(Step.BEGUN, commit);
                case 2 -> die(Step.JUDGED, commit);
                case 3 -> {
                    die(Step.WRITTEN, commit);
                    cut((before + Files.size(path)) / 2);
                }
                case 4 -> {
                    die(Step.WRITTEN, commit);
                    cut(Files.size(path) - 1);
                }
                case 5 -> die(Step.WRITTEN, commit);
                default -> {
                    return Optional.of(store.commit(commit));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void die(Step step, Commit commit) {
        dying.set(Optional.of(step));
        try {
            CommitResult answer = store.commit(commit);
            throw new AssertionError("it lived on and answered " + answer);
        } catch (Died asWanted) {
            dying.set(Optional.empty());
        }
    }

    private void cut(long length) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    @Override
    public void fill() {
        try {
            file.limit(Files.size(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void makeRoom() {
        file.limit(Long.MAX_VALUE);
    }

    @Override
    public void takeAway() throws IOException {
        Files.move(path, path.resolveSibling("away"));
    }

    @Override
    public void bringBack() throws IOException {
        Files.move(path.resolveSibling("away"), path);
    }

    @Override
    public void damage() throws IOException {
        store.close();
        try (RandomAccessFile data = new RandomAccessFile(path.toFile(), "rw")) {
            data.write("no longer what it was".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
