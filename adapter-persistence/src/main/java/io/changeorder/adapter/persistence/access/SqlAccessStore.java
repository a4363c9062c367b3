package io.changeorder.adapter.persistence.access;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.changeorder.adapter.persistence.document.Documents;
import io.changeorder.adapter.persistence.document.UnreadableDocumentException;
import io.changeorder.adapter.persistence.sql.SqlRows;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Keeps access keys as documents, and of nonces the beginning of their SHA-256. That of a nonce begins with its slot;
 * each slot of a key has room for so many, so that one look at a few rows tells whether there is room for another, and
 * no row is counted in that all requests of a key would have to change one after the other. Nonces are random or made
 * up as if they were, so that slots fill evenly: the first is full when about two thirds of all is taken.
 */
public abstract class SqlAccessStore implements AccessStore {
    private static final int SLOTS = 1 << 12;
    /** With room for those that are written at once and do not see each other. */
    private static final int MOST_IN_A_SLOT = MOST_NONCES / SLOTS - 16;

    private static final int DIGEST_BYTES = 16;

    private final int mostInASlot;
    private final String remember;
    private final String isRemembered;
    private final String forget;

    /**
     * Over a database that has this dialect.
     *
     * @param now the present moment by the clock of the database, in milliseconds since 1970
     * @param lock what is put after a choice of rows, so that nobody else chooses them meanwhile
     * @param mostInASlot how many nonces a slot has room for
     */
    protected SqlAccessStore(String now, String lock, int mostInASlot) {
        this.mostInASlot = mostInASlot;
        this.remember = AccessSql.remember(now);
        this.isRemembered = AccessSql.isRemembered(now);
        this.forget = AccessSql.forget(now, lock);
    }

    protected SqlAccessStore(String now, String lock) {
        this(now, lock, MOST_IN_A_SLOT);
    }

    /** Sees everything that was answered before it is called. */
    protected abstract <T> T read(SqlRows.Use<T> use);

    /**
     * Durable when it returns.
     *
     * @param subject what it changes
     */
    protected abstract <T> T write(String subject, SqlRows.Use<T> use);

    @Override
    public Optional<AccessKey> findKey(Actor id) {
        return read(reader -> reader.first(AccessSql.FIND, row -> row.getString(1), id.name()))
                .map(SqlAccessStore::readable);
    }

    @Override
    public boolean hasKeys() {
        return read(reader -> reader.first(AccessSql.FIND_ANY, row -> true)).isPresent();
    }

    @Override
    public List<AccessKey> listKeys() {
        return read(reader -> reader.list(AccessSql.LIST, row -> row.getString(1))).stream()
                .map(SqlAccessStore::readable)
                .toList();
    }

    @Override
    public boolean createKey(AccessKey key) {
        String document = Documents.of(key);
        return write(
                key.id().name(),
                writing -> writing.update(
                                AccessSql.CREATE,
                                key.id().name(),
                                key.createdAt().toEpochMilli(),
                                document)
                        == 1);
    }

    @Override
    public boolean changeKey(AccessKey expected, AccessKey key) {
        if (!expected.id().equals(key.id()) || !expected.createdAt().equals(key.createdAt())) {
            throw new IllegalArgumentException("a key changes neither its id nor when it was created");
        }
        String id = key.id().name();
        String document = Documents.of(key);
        return write(id, writing -> {
            Optional<String> stored = writing.first(AccessSql.FIND, row -> row.getString(1), id);
            return stored.isPresent()
                    && readable(stored.get()).equals(expected)
                    && writing.update(AccessSql.CHANGE, document, id, stored.get()) == 1;
        });
    }

    @Override
    public boolean deleteKey(Actor id) {
        return write(id.name(), writing -> writing.update(AccessSql.DELETE, id.name()) == 1);
    }

    @Override
    public boolean rememberNonce(Actor key, String nonce, Duration length) {
        String id = key.name();
        HashCode hash = Hashing.sha256().hashString(nonce, StandardCharsets.UTF_8);
        int slot = Math.floorMod(hash.asInt(), SLOTS);
        byte[] digest = Arrays.copyOf(hash.asBytes(), DIGEST_BYTES);
        return write(id + " " + hash, writing -> {
            int remembered = writing.update(
                    remember, id, slot, digest, length.toMillis(), id, slot, mostInASlot, id, slot, digest);
            if (remembered == 0
                    && writing.first(isRemembered, row -> true, id, slot, digest)
                            .isEmpty()) {
                throw new StoreUnavailableException(
                        "The key " + key + " has signed so many requests lately that there is no room for another;"
                                + " nothing was changed. Let it wait some minutes.");
            }
            return remembered == 1;
        });
    }

    @Override
    public int forgetNonces(int limit) {
        return write("nonces", writing -> writing.update(forget, limit));
    }

    private static AccessKey readable(String document) {
        try {
            return Documents.accessKey(document);
        } catch (UnreadableDocumentException unreadable) {
            throw new StoreUnavailableException(
                    "A stored access key can't be read: it is damaged, or a newer Changeorder wrote it. Restore a"
                            + " backup, or use that Changeorder.",
                    unreadable);
        }
    }
}
