package io.changeorder.adapter.access.key;

import io.changeorder.adapter.access.key.KeyRing.Purpose;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessKey.Retiring;
import io.changeorder.application.spi.access.AccessKey.SealedSecret;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.domain.id.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What an operator does with keys. Whoever else does something with the same key at once, both are done one after the
 * other. Safe from any thread. What neither makes a secret nor needs one works without the key file.
 */
public final class KeyDesk {
    /** How long the secret from before a rotation is good, unless told otherwise. */
    public static final Duration USUAL_OVERLAP = Duration.ofHours(24);

    private final AccessStore store;
    private final InstantSource clock;
    private final RandomTexts random = new RandomTexts();

    /** Over this store. */
    public KeyDesk(AccessStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Creates a key, enabled.
     *
     * @throws KeyFileException when there are keys and the ring does not open the oldest; nothing is created then
     */
    public NewSecret create(KeyRing ring, Draft draft) {
        store.listKeys().stream().findFirst().ifPresent(oldest -> ring.open(oldest, now()));
        while (true) {
            Actor id = new Actor(random.id());
            Instant now = now();
            String secret = random.secret();
            Optional<String> token = draft.temporaryFor().map(length -> random.secret());
            AccessKey key = new AccessKey(
                    id,
                    ring.seal(id, Purpose.SIGNING, secret),
                    Optional.empty(),
                    token.map(text -> ring.seal(id, Purpose.SECURITY_TOKEN, text)),
                    draft.hmacSha1Allowed(),
                    true,
                    draft.policies(),
                    draft.description(),
                    now,
                    draft.temporaryFor().map(now::plus).map(KeyDesk::toTheMillisecond));
            if (store.createKey(key)) {
                return new NewSecret(key, secret, token);
            }
        }
    }

    /** All keys, the oldest first. */
    public List<AccessKey> list() {
        return store.listKeys();
    }

    /** The key is good for nothing from now on; empty when there is none. */
    public Optional<AccessKey> disable(Actor id) {
        return change(id, key -> with(key, key.secret(), key.retiring(), false));
    }

    /** The key is good again, as it was; empty when there is none. */
    public Optional<AccessKey> enable(Actor id) {
        return change(id, key -> with(key, key.secret(), key.retiring(), true));
    }

    /**
     * Gives a key another secret; a security token stays as it is.
     *
     * @param overlap how long the present secret stays good beside the new one; the one before it is not any more
     * @return empty when there is no such key
     * @throws KeyFileException when the ring does not open the key; nothing is changed then
     */
    public Optional<NewSecret> rotate(KeyRing ring, Actor id, Duration overlap) {
        String secret = random.secret();
        SealedSecret sealed = ring.seal(id, Purpose.SIGNING, secret);
        return change(id, key -> {
                    Instant now = now();
                    ring.open(key, now);
                    Optional<Retiring> retiring = overlap.isZero()
                            ? Optional.empty()
                            : Optional.of(new Retiring(key.secret(), toTheMillisecond(now.plus(overlap))));
                    return with(key, sealed, retiring, key.enabled());
                })
                .map(key -> new NewSecret(key, secret, Optional.empty()));
    }

    /** Deletes a key, for good; false when there is none. */
    public boolean delete(Actor id) {
        return store.deleteKey(id);
    }

    private Optional<AccessKey> change(Actor id, UnaryOperator<AccessKey> change) {
        while (true) {
            Optional<AccessKey> found = store.findKey(id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            AccessKey changed = change.apply(found.get());
            if (changed.equals(found.get()) || store.changeKey(found.get(), changed)) {
                return Optional.of(changed);
            }
        }
    }

    private static AccessKey with(AccessKey key, SealedSecret secret, Optional<Retiring> retiring, boolean enabled) {
        return new AccessKey(
                key.id(),
                secret,
                retiring,
                key.securityToken(),
                key.hmacSha1Allowed(),
                enabled,
                key.policies(),
                key.description(),
                key.createdAt(),
                key.expiresAt());
    }

    private Instant now() {
        return toTheMillisecond(clock.instant());
    }

    private static Instant toTheMillisecond(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MILLIS);
    }
}
