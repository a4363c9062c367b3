package io.changeorder.bootstrap.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.changeorder.application.fake.InMemoryAccessStore;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.Actor;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class NoncePruningTest {
    private static final Actor KEY = new Actor("COKEY");
    private static final Duration LENGTH = Duration.ofMinutes(30);
    /** More than two steps. */
    private static final int ROOM = 1_100;

    private final SettableClock clock = new SettableClock();
    private final AccessStore store = new InMemoryAccessStore(new InMemoryAccessStore.Data(clock, ROOM));

    @Test
    void whatIsOverIsForgottenInAsManyStepsAsItTakes() {
        fill();
        clock.advance(LENGTH);
        NoncePruning pruning = NoncePruning.start(store, Duration.ofMillis(1));
        try {
            await().until(this::hasRoomForAll);
        } finally {
            pruning.close();
        }
    }

    @Test
    void whatIsNotOverIsNotForgottenAndAStoreThatFailsOnceIsAskedAgain() {
        fill();
        AtomicBoolean failed = new AtomicBoolean();
        AtomicBoolean askedAgain = new AtomicBoolean();
        AccessStore flaky = (AccessStore) Proxy.newProxyInstance(
                AccessStore.class.getClassLoader(), new Class<?>[] {AccessStore.class}, (proxy, method, arguments) -> {
                    if (!failed.getAndSet(true)) {
                        throw new StoreUnavailableException("away");
                    }
                    int forgotten = store.forgetNonces((int) arguments[0]);
                    askedAgain.set(true);
                    return forgotten;
                });
        NoncePruning pruning = NoncePruning.start(flaky, Duration.ofMillis(1));
        try {
            await().until(askedAgain::get);
        } finally {
            pruning.close();
        }
        assertThat(store.rememberNonce(KEY, "nonce-0", LENGTH)).isFalse();
        clock.advance(LENGTH);
        assertThat(store.forgetNonces(Integer.MAX_VALUE)).isEqualTo(ROOM);
    }

    private void fill() {
        for (int number = 0; number < ROOM; number++) {
            assertThat(store.rememberNonce(KEY, "nonce-" + number, LENGTH)).isTrue();
        }
    }

    private boolean hasRoomForAll() {
        try {
            for (int number = 0; number < ROOM; number++) {
                store.rememberNonce(KEY, "new-" + number, LENGTH);
            }
            return true;
        } catch (StoreUnavailableException noRoom) {
            return false;
        }
    }
}
