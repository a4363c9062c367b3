package io.changeorder.application.contract;

import io.changeorder.application.spi.access.AccessStore;
import java.time.Duration;

/** How the {@link AccessStoreContract} gets at an adapter and at the data behind it. */
public interface AccessFixture extends AutoCloseable {
    /** The store that is open now; at first an empty one. */
    AccessStore store();

    /** Closes the store and opens one again over the same data. */
    void reopen() throws Exception;

    /** Opens a second store over the same data, while the first one stays open. The caller closes it. */
    AccessStore openAnother() throws Exception;

    /** For the nonces that are remembered by now so much time passes at once. */
    void letPass(Duration time) throws Exception;

    /** A nonce for which there is room with a key only if there is for {@code number} others of the same key before. */
    String crowdedNonce(int number);

    /** How many crowded nonces of one key there is room for; a few more do no harm. */
    int roomForCrowdedNonces();

    /** There is no room for anything more from now on. */
    void fill() throws Exception;

    /** There is room again. */
    void makeRoom() throws Exception;

    /** Closes the store and leaves nothing behind. */
    @Override
    void close();
}
