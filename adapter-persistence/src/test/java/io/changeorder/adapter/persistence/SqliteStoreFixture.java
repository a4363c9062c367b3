package io.changeorder.adapter.persistence;

import io.changeorder.application.contract.StoreFixture;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.domain.id.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A real store in a folder. */
final class SqliteStoreFixture implements StoreFixture {
    private final AtomicReference<Optional<ParkedCall>> holding = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Dying>> dying = new AtomicReference<>(Optional.empty());
    private final Path root;
    private Path folder;
    private SqliteChangeOrderStore store;

    SqliteStoreFixture(Path root) {
        this.root = root;
        this.folder = root.resolve("data");
        this.store = Stores.open(folder, this::before);
    }

    private void before(String sql) {
        dying.get().ifPresent(death -> death.before(sql));
        if (sql.equals(SqliteSql.COMMIT)) {
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
        folder = dying.getAndSet(Optional.empty()).map(Dying::left).orElse(folder);
        store = Stores.open(folder, this::before);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public ChangeOrderStore openAnother() {
        return SqliteChangeOrderStore.open(folder, new NodeId("second"));
    }

    @Override
    public ParkedCall holdNextCommit() {
        ParkedCall held = new ParkedCall();
        holding.set(Optional.of(held));
        return held;
    }

    @Override
    public int waiting() {
        return store.queued();
    }

    @Override
    public Optional<CommitResult> commitDyingAt(int step, Commit commit) {
        Stores.spillEarly(store);
        Dying death = new Dying(folder, root.resolve("left-" + step), step);
        dying.set(Optional.of(death));
        return death.answered(() -> store.commit(commit));
    }

    @Override
    public void fill() {
        Stores.tune(store, Stores.FULL_DISK);
    }

    @Override
    public void makeRoom() {
        Stores.tune(store, Stores.DISK_WITH_SPACE);
    }

    @Override
    public void takeAway() throws IOException {
        Files.move(Stores.file(folder), root.resolve("away"));
    }

    @Override
    public void bringBack() throws IOException {
        Files.move(root.resolve("away"), Stores.file(folder));
    }

    @Override
    public void damage() throws IOException {
        store.close();
        Stores.overwrite(Stores.file(folder), 0, 100);
    }

    @Override
    public void close() {
        store.close();
    }
}
