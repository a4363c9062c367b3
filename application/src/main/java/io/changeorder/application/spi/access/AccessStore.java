package io.changeorder.application.spi.access;

import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps access keys, and which of their requests were seen. Safe from any thread, and shared by everybody who has a
 * store over the same data: the nodes of a server, and its operator at the command line. Nothing is kept in between, so
 * that a key that was disabled by one is disabled for all. Every method may throw {@link StoreUnavailableException};
 * what throws it was not done, unless the exception says that it is unknown.
 *
 * <p>What it guarantees, each sentence with tests of its own in the {@code AccessStoreContract} of
 * {@code changeorder-contracts}:
 *
 * <ol>
 *   <li><b>What was written is found</b>: equal to what was written, by its id and in the list, and nothing else.
 *   <li><b>Keys are listed by creation</b>: the oldest first; of the same moment, by their ids.
 *   <li><b>Ids are unique</b>: a key whose id is taken is not created, and changes nothing.
 *   <li><b>A change follows what it expects</b>: of a key that is another by now, or gone, nothing is changed.
 *   <li><b>Of rivals one wins</b>: of creations, changes or deletions at once that exclude each other one is done and
 *       every other one told so.
 *   <li><b>Answered is durable</b>: what was answered is there when the store is opened again, nonces included.
 *   <li><b>Every answer is seen at once</b>: through every store over the same data.
 *   <li><b>A nonce is good once</b>: for each key by itself, whoever else asks at once, through whichever store.
 *   <li><b>A nonce is remembered for its time</b>: by the clock of the store; it is good again only after that.
 *   <li><b>Only what is over is forgotten</b>: what is over the longest first, and no more at once than was asked for.
 *   <li><b>Room for nonces is bounded</b>: for each key by itself; one that has no room left is refused, and nothing of
 *       it is forgotten before its time.
 *   <li><b>Trouble loses nothing</b>: while there is no room for more, what needs some is refused with
 *       {@link StoreUnavailableException}, and nothing of it was done, as its message says in these words: what is
 *       {@code full}, and that {@code nothing was changed}. What was answered is there, and afterwards it goes on.
 *   <li><b>The end is clean</b>: after it nothing is answered.
 * </ol>
 */
public interface AccessStore extends AutoCloseable {
    /** The most nonces that are remembered of one key. */
    int MOST_NONCES = 1 << 20;

    /** A key, whatever became of it short of its deletion. */
    Optional<AccessKey> findKey(Actor id);

    /** Whether there is any key, good for something or not. */
    boolean hasKeys();

    /** All keys, by creation. */
    List<AccessKey> listKeys();

    /** Creates a key; false when the id is taken. */
    boolean createKey(AccessKey key);

    /**
     * Puts a key in the place of the one that is expected there.
     *
     * @param expected as it was found
     * @param key with the same id and moment of creation
     * @return false when it was changed meanwhile, or is gone
     * @throws IllegalArgumentException when the two are not the same key
     */
    boolean changeKey(AccessKey expected, AccessKey key);

    /** Deletes a key, for good; false when there is none. Its nonces are remembered for their time all the same. */
    boolean deleteKey(Actor id);

    /**
     * Remembers a nonce, durably when this returns.
     *
     * @param key whose it is; nobody looks whether there is such a key
     * @param nonce any text
     * @param length for how long, by the clock of the store
     * @return false when it is remembered already
     * @throws StoreUnavailableException also when so many of this key are remembered that there is no room for another,
     *     at most {@link #MOST_NONCES}, those that are over and not forgotten yet included
     */
    boolean rememberNonce(Actor key, String nonce, Duration length);

    /**
     * Forgets nonces whose time is over, at most {@code limit}.
     *
     * @return how many
     */
    int forgetNonces(int limit);

    /** Releases everything; used once. */
    @Override
    void close();
}
