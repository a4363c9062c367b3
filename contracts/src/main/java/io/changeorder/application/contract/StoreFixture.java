package io.changeorder.application.contract;

import io.changeorder.application.fake.ParkedCall;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.application.spi.store.CommitResult;
import java.util.Optional;

/** How the {@link ChangeOrderStoreContract} gets at an adapter and at the data behind it. */
public interface StoreFixture extends AutoCloseable {
    /** The store that is open now; at first an empty one. */
    ChangeOrderStore store();

    /** Closes the store and opens one again over the same data. */
    void reopen() throws Exception;

    /** Whether several stores may be open over the same data in one JVM; if not, {@link #openAnother} throws. */
    boolean isShared();

    /** Opens a second store over the same data, while the first one stays open. The caller closes it. */
    ChangeOrderStore openAnother() throws Exception;

    /** The next commit is held where everything of it is written, or might be, and it is not over. */
    ParkedCall holdNextCommit();

    /** How many writes wait for another that is not over. */
    int waiting();

    /**
     * Commits while the store dies, as with its process: right before this step of the commit, counted from 1; after the
     * answer when the commit has fewer steps. Nothing is asked of the store any more before it is reopened.
     *
     * @return the answer, if it lived to give one
     */
    Optional<CommitResult> commitDyingAt(int step, Commit commit);

    /** There is no room for anything more from now on. */
    void fill();

    /** There is room again. */
    void makeRoom();

    /** The data is out of the store's reach from now on, and as it was. */
    void takeAway() throws Exception;

    /** The data is within reach again, as it was. */
    void bringBack() throws Exception;

    /** Closes the store and damages the data, so that it does not go together any more. */
    void damage() throws Exception;

    /** Closes the store and leaves nothing behind. */
    @Override
    void close();
}
