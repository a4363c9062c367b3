package io.changeorder.application.contract.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.contract.AccessFixture;
import io.changeorder.application.contract.AccessStoreContract;
import io.changeorder.application.fake.InMemoryAccessStore;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.Actor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A contract that a store passes by doing nothing would be none, and one that bad stores pass would be a weak one. */
class AccessStoreContractTest {
    private static final Map<Class<?>, Object> NOTHING =
            Map.of(Optional.class, Optional.empty(), List.class, List.of(), boolean.class, true, int.class, 0);

    @Test
    void aStoreThatDoesNothingFailsEveryTest() {
        assertThat(brokenBy(store -> answering(NOTHING))).isEqualTo(Trial.testsOf(AccessStoreContract.class));
    }

    @Test
    void aStoreThatRefusesEverythingFailsEveryTest() {
        assertThat(brokenBy(store -> answering(Map.of(
                        Optional.class, Optional.empty(), List.class, List.of(), boolean.class, false, int.class, 0))))
                .isEqualTo(Trial.testsOf(AccessStoreContract.class));
    }

    @Test
    void aStoreThatKeepsItBreaksNone() {
        assertThat(brokenBy(UnaryOperator.identity())).isEmpty();
    }

    @Test
    void aStoreThatChangesWhateverThereIsIsFoundOut() {
        assertThat(brokenBy(store -> with(store, "changeKey", arguments -> {
                    AccessKey key = (AccessKey) arguments[1];
                    return store.changeKey(store.findKey(key.id()).orElse(key), key);
                })))
                .contains("aKeyThatIsAnotherByNowIsNotChanged", "ofManyWhoChangeOneKeyOneDoes");
    }

    @Test
    void aStoreWhoseKeysShareNoncesIsFoundOut() {
        assertThat(brokenBy(store -> with(
                        store,
                        "rememberNonce",
                        arguments ->
                                store.rememberNonce(new Actor("all"), (String) arguments[1], (Duration) arguments[2]))))
                .containsExactly(
                        "aKeyThatHasNoRoomForNoncesIsRefusedAndNothingOfItIsForgotten", "aNonceIsGoodOnceForEachKey");
    }

    @Test
    void aStoreThatForgetsEarlyIsFoundOut() {
        assertThat(brokenBy(store -> with(
                        store,
                        "rememberNonce",
                        arguments -> store.rememberNonce(
                                (Actor) arguments[0], (String) arguments[1], ((Duration) arguments[2]).dividedBy(2)))))
                .containsExactly("aNonceIsGoodAgainWhenItsTimeIsOver", "whatIsOverIsForgottenInSteps");
    }

    @Test
    void aStoreThatForgetsAllAtOnceIsFoundOut() {
        assertThat(brokenBy(store -> with(store, "forgetNonces", arguments -> store.forgetNonces(Integer.MAX_VALUE))))
                .containsExactly("whatIsOverIsForgottenInSteps");
    }

    @Test
    void aStoreThatSaysYesToWhatItHasNoRoomForIsFoundOut() {
        assertThat(brokenBy(store -> with(store, "rememberNonce", arguments -> {
                    try {
                        return store.rememberNonce(
                                (Actor) arguments[0], (String) arguments[1], (Duration) arguments[2]);
                    } catch (StoreUnavailableException full) {
                        return true;
                    }
                })))
                .contains("aNonceForWhichThereWasNoRoomIsGoodOnceThereIs");
    }

    private static Iterable<String> brokenBy(UnaryOperator<AccessStore> flaw) {
        return Trial.brokenTests(() -> new Contract(() -> new Fixture(flaw)));
    }

    private static AccessStore answering(Map<Class<?>, Object> answers) {
        return proxy((proxy, method, arguments) -> answers.get(method.getReturnType()));
    }

    private interface Call {
        Object on(Object[] arguments);
    }

    private static AccessStore with(AccessStore store, String name, Call call) {
        return proxy((proxy, method, arguments) ->
                method.getName().equals(name) ? call.on(arguments) : invoke(store, method, arguments));
    }

    private static AccessStore proxy(InvocationHandler handler) {
        return (AccessStore)
                Proxy.newProxyInstance(AccessStore.class.getClassLoader(), new Class<?>[] {AccessStore.class}, handler);
    }

    private static Object invoke(AccessStore store, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    /** Private, so that nobody runs it as a test of its own. */
    private static final class Contract extends AccessStoreContract {
        private final Supplier<AccessFixture> fixtures;

        Contract(Supplier<AccessFixture> fixtures) {
            this.fixtures = fixtures;
        }

        @Override
        protected AccessFixture makeFixture() {
            return fixtures.get();
        }
    }

    private static final class Fixture implements AccessFixture {
        private static final int ROOM = 16;
        private static final Set<String> GROWING = Set.of("createKey", "changeKey", "rememberNonce");

        private final SettableClock clock = new SettableClock();
        private final InMemoryAccessStore.Data data = new InMemoryAccessStore.Data(clock, ROOM);
        private final UnaryOperator<AccessStore> flaw;
        private volatile boolean full;
        private AccessStore store;

        Fixture(UnaryOperator<AccessStore> flaw) {
            this.flaw = flaw;
            this.store = openAnother();
        }

        @Override
        public AccessStore store() {
            return store;
        }

        @Override
        public void reopen() {
            store.close();
            store = openAnother();
        }

        @Override
        public AccessStore openAnother() {
            return flaw.apply(limited(new InMemoryAccessStore(data)));
        }

        private AccessStore limited(AccessStore store) {
            return proxy((proxy, method, arguments) -> {
                if (full && GROWING.contains(method.getName())) {
                    throw new StoreUnavailableException("The memory is full; nothing was changed. Make some room.");
                }
                return invoke(store, method, arguments);
            });
        }

        @Override
        public void letPass(Duration time) {
            clock.advance(time);
        }

        @Override
        public String crowdedNonce(int number) {
            return "nonce-" + number;
        }

        @Override
        public int roomForCrowdedNonces() {
            return ROOM;
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
        public void close() {
            store.close();
        }
    }
}
