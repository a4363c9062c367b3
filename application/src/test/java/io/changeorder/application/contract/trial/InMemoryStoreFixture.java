package io.changeorder.application.contract.trial;

import io.changeorder.application.contract.StoreFixture;
import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.fake.InMemoryDatabase;
import io.changeorder.application.fake.InMemoryDatabase.Step;
import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Stores in memory, one after the other or at once over the same database. */
final class InMemoryStoreFixture implements StoreFixture {
    private final Supplier<InMemoryDatabase> databases;
    private final AtomicReference<Optional<ParkedCall>> holding = new AtomicReference<>(Optional.empty());
    private final AtomicInteger stepsToLive = new AtomicInteger(Integer.MAX_VALUE);
    private InMemoryDatabase database;
    private InMemoryChangeOrderStore store;
    private volatile boolean full;
    private volatile boolean away;

    /** @param databases what a store is opened over; the same one each time, unless it is a bad one */
    InMemoryStoreFixture(Supplier<InMemoryDatabase> databases) {
        this.databases = databases;
        this.database = watched();
        this.store = new InMemoryChangeOrderStore(database);
    }

    /** A database that is kept while stores come and go. */
    static InMemoryStoreFixture over(InMemoryDatabase kept) {
        return new InMemoryStoreFixture(() -> kept);
    }

    /** What a store that died ends its calls with. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died() {
            super("this store died", null, false, false);
        }
    }

    private InMemoryDatabase watched() {
        InMemoryDatabase opened = databases.get();
        opened.atEachStep(this::at);
        return opened;
    }

    private void at(Step step) {
        if (step == Step.BEGUN && away) {
            throw new StoreUnavailableException("The memory is away; nothing was changed. Bring it back.");
        }
        if (step == Step.JUDGED && full) {
            throw new StoreUnavailableException("The memory is full; nothing was changed. Make some room.");
        }
        if (stepsToLive.decrementAndGet() <= 0) {
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
        stepsToLive.set(Integer.MAX_VALUE);
        database = watched();
        store = new InMemoryChangeOrderStore(database);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public ChangeOrderStore openAnother() {
        return new InMemoryChangeOrderStore(database);
    }

    @Override
    public ParkedCall holdNextCommit() {
        ParkedCall held = new ParkedCall();
        holding.set(Optional.of(held));
        return held;
    }

    @Override
    public int waiting() {
        return database.waiting();
    }

    @Override
    public Optional<CommitResult> commitDyingAt(int step, Commit commit) {
        stepsToLive.set(step);
        try {
            return Optional.of(store.commit(commit));
        } catch (Died beforeItAnswered) {
            return Optional.empty();
        }
    }

    @Override
    public void fill() {
        full = true;
    }

    @Override
    public void makeRoom() {
        full = false;
    }

    @Override
    public void takeAway() {
        away = true;
    }

    @Override
    public void bringBack() {
        away = false;
    }

    @Override
    public void damage() {
        store.close();
        database.loseOrders();
    }

    @Override
    public void close() {
        store.close();
    }
}
