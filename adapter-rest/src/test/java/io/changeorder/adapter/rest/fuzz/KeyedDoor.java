package io.changeorder.adapter.rest.fuzz;

import io.changeorder.adapter.access.key.Draft;
import io.changeorder.adapter.access.key.KeyDesk;
import io.changeorder.adapter.access.key.KeyRing;
import io.changeorder.adapter.access.key.NewSecret;
import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.authentication.CheckedSignatures;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.authentication.Secret;
import io.changeorder.adapter.rest.authentication.SigningKey;
import io.changeorder.adapter.rest.fixture.TestSigner;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.application.fake.InMemoryAccessStore;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.domain.id.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** A door with a real key ring: one key that may sign in both ways. Each is as if nobody had come through it yet. */
final class KeyedDoor implements RequestAuthentication {
    static final Instant NOW = SettableClock.START.truncatedTo(ChronoUnit.SECONDS);

    private static final InstantSource CLOCK = () -> NOW;
    private static final KeyRing RING = ring();
    /** Opening the store anew for each input would only make the same key with other letters. */
    private static final InMemoryAccessStore.Data KEYS = new InMemoryAccessStore.Data(CLOCK, 1);

    private static final NewSecret KEY = new KeyDesk(new InMemoryAccessStore(KEYS), CLOCK)
            .create(RING, new Draft(List.of("FullAccess"), "of the fuzz test", true, Optional.empty()));

    private final CheckedSignatures signatures =
            new CheckedSignatures(KeyedDoor::find, (key, nonce, length) -> true, CLOCK);
    private Optional<Caller> last = Optional.empty();

    private static KeyRing ring() {
        try {
            Path folder = Files.createTempDirectory("changeorder-fuzz-");
            Path file = folder.resolve("access.key");
            KeyRing ring = KeyRing.openOrMake(file);
            Files.delete(file);
            Files.delete(folder);
            return ring;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<SigningKey> find(String id) {
        Optional<AccessKey> found = new InMemoryAccessStore(KEYS).findKey(new Actor(id));
        if (found.isEmpty()) {
            RING.openNothing();
        }
        return found.map(key -> new SigningKey(
                key.id(),
                RING.open(key, NOW).signing().stream().map(Secret::new).toList(),
                Optional.empty(),
                key.hmacSha1Allowed(),
                key.isGoodAt(NOW)));
    }

    static String keyId() {
        return KEY.key().id().name();
    }

    /** Who has the secret. */
    static TestSigner owner() {
        return new TestSigner(keyId(), KEY.secret());
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        Caller caller = signatures.authenticate(request);
        last = Optional.of(caller);
        return caller;
    }

    /** Who was let in. */
    Optional<Actor> admitted() {
        return last.flatMap(caller -> caller.match(known -> Optional.of(known.actor()), refused -> Optional.empty()));
    }
}
