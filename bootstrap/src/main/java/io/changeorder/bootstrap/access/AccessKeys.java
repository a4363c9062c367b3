package io.changeorder.bootstrap.access;

import io.changeorder.adapter.access.key.KeyFileException;
import io.changeorder.adapter.access.key.KeyRing;
import io.changeorder.adapter.access.policy.Policies;
import io.changeorder.adapter.access.policy.PolicyAuthorizer;
import io.changeorder.adapter.rest.authentication.CheckedSignatures;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.authentication.Secret;
import io.changeorder.adapter.rest.authentication.SignaturesOnceKeysExist;
import io.changeorder.adapter.rest.authentication.SigningKey;
import io.changeorder.adapter.rest.limit.LimitedKeys;
import io.changeorder.adapter.rest.limit.RequestRate;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.Actor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a running server asks about access keys, for every request and of the store itself, so that what an operator does
 * counts at once. As long as there is no key everybody is believed; when the first one was seen only signatures are,
 * until the server ends, also when that key is deleted: a door that opens by itself would be worse than one that a
 * restart opens. Safe from any thread.
 */
public final class AccessKeys implements AutoCloseable {
    private final AccessStore store;
    private final Path keyFile;
    private final InstantSource clock;
    private final NoncePruning pruning;
    private final AtomicBoolean required = new AtomicBoolean();
    private volatile Optional<KeyRing> ring;

    private AccessKeys(AccessStore store, Path keyFile, InstantSource clock, Optional<KeyRing> ring) {
        this.ring = ring;
        this.store = store;
        this.keyFile = keyFile;
        this.clock = clock;
        this.pruning = NoncePruning.start(store);
    }

    /**
     * Over an open store, which is closed with it.
     *
     * @param keyFile what secrets are sealed with; it need not be there before there is a key
     * @throws KeyFileException when there are keys, and the file does not open the oldest
     */
    public static AccessKeys over(AccessStore store, Path keyFile, InstantSource clock) {
        Optional<AccessKey> oldest = store.listKeys().stream().findFirst();
        Optional<KeyRing> opened = oldest.map(key -> {
            KeyRing found = KeyRing.open(keyFile);
            found.open(key, clock.instant());
            return found;
        });
        return new AccessKeys(store, keyFile, clock, opened);
    }

    /** Whether every request has to be signed. */
    public boolean areRequired() {
        if (!required.get() && store.hasKeys()) {
            required.set(true);
        }
        return required.get();
    }

    /**
     * Who calls.
     *
     * @param rate of each key
     */
    public RequestAuthentication authentication(RequestRate rate) {
        CheckedSignatures checked = new CheckedSignatures(this::find, store::rememberNonce, clock);
        return new SignaturesOnceKeysExist(
                this::areRequired, new LimitedKeys(checked, rate), List.of(Policies.FULL_ACCESS));
    }

    /**
     * Who may do what: what was found by {@link #authentication} when it let the request in, by the same look at the
     * store, so that a request is that of one moment as a whole. What came by another way may do nothing.
     *
     * @param file what a file says; it takes away and adds nothing: both have to permit
     */
    public static Authorizer authorizer(Optional<Authorizer> file) {
        PolicyAuthorizer policies = new PolicyAuthorizer(
                access -> access.policies().orElse(List.of()),
                PolicyAuthorizer.DEFAULT_REGION,
                PolicyAuthorizer.DEFAULT_ACCOUNT);
        Authorizer others = file.orElse(Authorizer.ALLOW_ALL);
        return access -> others.permits(access) && policies.permits(access);
    }

    private Optional<SigningKey> find(String id) {
        Optional<AccessKey> found = store.findKey(new Actor(id));
        try {
            KeyRing opening = ring();
            if (found.isEmpty()) {
                opening.openNothing();
                return Optional.empty();
            }
            return found.map(key -> signing(key, opening));
        } catch (KeyFileException unusable) {
            throw new StoreUnavailableException(
                    String.valueOf(unusable.getMessage()), "The server can't open its access keys.", unusable);
        }
    }

    private SigningKey signing(AccessKey key, KeyRing opening) {
        Instant now = clock.instant();
        KeyRing.Opened opened = opening.open(key, now);
        return new SigningKey(
                key.id(),
                opened.signing().stream().map(Secret::new).toList(),
                opened.securityToken().map(Secret::new),
                key.hmacSha1Allowed(),
                key.isGoodAt(now),
                Optional.of(key.policies()));
    }

    /** The file may have been made only with the first key. */
    private KeyRing ring() {
        Optional<KeyRing> known = ring;
        if (known.isPresent()) {
            return known.get();
        }
        KeyRing opened = KeyRing.open(keyFile);
        ring = Optional.of(opened);
        return opened;
    }

    @Override
    public void close() {
        pruning.close();
        store.close();
    }
}
