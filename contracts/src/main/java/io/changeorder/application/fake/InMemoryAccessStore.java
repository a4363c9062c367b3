package io.changeorder.application.fake;

import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps access keys as long as the data object lives; several stores may be open over one. Thread-safe. */
public final class InMemoryAccessStore implements AccessStore {
    private final Data data;
    private volatile boolean closed;

    /** Over this data. */
    public InMemoryAccessStore(Data data) {
        this.data = data;
    }

    /** What stores share. Guarded by itself. */
    public static final class Data {
        private final InstantSource clock;
        private final int mostNonces;
        private final Map<String, AccessKey> keys = new TreeMap<>();
        private final Map<Nonce, Instant> nonces = new LinkedHashMap<>();

        /**
         * Empty.
         *
         * @param mostNonces of one key
         */
        public Data(InstantSource clock, int mostNonces) {
            this.clock = clock;
            this.mostNonces = mostNonces;
        }
    }

    private record Nonce(Actor key, String text) {}

    @Override
    public Optional<AccessKey> findKey(Actor id) {
        synchronized (open()) {
            return Optional.ofNullable(data.keys.get(id.name()));
        }
    }

    @Override
    public boolean hasKeys() {
        synchronized (open()) {
            return !data.keys.isEmpty();
        }
    }

    @Override
    public List<AccessKey> listKeys() {
        synchronized (open()) {
            return data.keys.values().stream()
                    .sorted(Comparator.comparing(AccessKey::createdAt))
                    .toList();
        }
    }

    @Override
    public boolean createKey(AccessKey key) {
        synchronized (open()) {
            return data.keys.putIfAbsent(key.id().name(), key) == null;
        }
    }

    @Override
    public boolean changeKey(AccessKey expected, AccessKey key) {
        if (!expected.id().equals(key.id()) || !expected.createdAt().equals(key.createdAt())) {
            throw new IllegalArgumentException("a key changes neither its id nor when it was created");
        }
        synchronized (open()) {
            return data.keys.replace(key.id().name(), expected, key);
        }
    }

    @Override
    public boolean deleteKey(Actor id) {
        synchronized (open()) {
            return data.keys.remove(id.name()) != null;
        }
    }

    @Override
    public boolean rememberNonce(Actor key, String nonce, Duration length) {
        synchronized (open()) {
            Instant now = data.clock.instant();
            Nonce asked = new Nonce(key, nonce);
            Instant until = data.nonces.get(asked);
            if (until != null && now.isBefore(until)) {
                return false;
            }
            long remembered = data.nonces.keySet().stream()
                    .filter(each -> each.key().equals(key))
                    .count();
            if (until == null && remembered >= data.mostNonces) {
                throw new StoreUnavailableException("The key " + key + " has no room for another nonce.");
            }
            data.nonces.put(asked, now.plus(length));
            return true;
        }
    }

    @Override
    public int forgetNonces(int limit) {
        synchronized (open()) {
            Instant now = data.clock.instant();
            List<Nonce> over = data.nonces.entrySet().stream()
                    .filter(each -> !now.isBefore(each.getValue()))
                    .sorted(Map.Entry.comparingByValue())
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .toList();
            over.forEach(data.nonces::remove);
            return over.size();
        }
    }

    private Data open() {
        if (closed) {
            throw new StoreUnavailableException("The store is closed.");
        }
        return data;
    }

    @Override
    public void close() {
        closed = true;
    }
}
