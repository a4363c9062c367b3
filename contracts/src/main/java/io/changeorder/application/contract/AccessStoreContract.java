package io.changeorder.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessKey.Retiring;
import io.changeorder.application.spi.access.AccessKey.SealedSecret;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AccessStore} does. An adapter's test is a subclass that makes a fixture. */
public abstract class AccessStoreContract {
    private static final int RACERS = 8;
    private static final int MOST_WRITES = 1_000;
    private static final String LARGE = "x".repeat(10_000);
    private static final Instant NOW = SettableClock.START;
    private static final Actor ALICE = new Actor("COALICE");
    private static final Actor BOB = new Actor("COBOB");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private AccessFixture fixture;
    private AccessStore store;
    private ExecutorService callers;

    /** A fixture over data of its own, with an open store. */
    protected abstract AccessFixture makeFixture() throws Exception;

    @BeforeEach
    final void makeTheFixture() throws Exception {
        callers = Executors.newCachedThreadPool();
        fixture = makeFixture();
        store = fixture.store();
    }

    @AfterEach
    final void closeTheFixture() {
        callers.shutdownNow();
        fixture.close();
    }

    @Test
    @Guarantee("What was written is found")
    void aKeyIsFoundAsItWasCreatedAndNoOtherOneIs() {
        assertThat(store.findKey(ALICE)).isEmpty();
        assertThat(store.hasKeys()).isFalse();
        assertThat(store.listKeys()).isEmpty();
        AccessKey key = keyWithEverything(ALICE);
        assertThat(store.createKey(key)).isTrue();
        assertThat(store.findKey(ALICE)).contains(key);
        assertThat(store.hasKeys()).isTrue();
        assertThat(store.listKeys()).containsExactly(key);
        assertThat(store.findKey(BOB)).isEmpty();
        assertThat(store.findKey(new Actor("coalice"))).isEmpty();
    }

    @Test
    @Guarantee("What was written is found")
    void aKeyIsFoundAsItWasChangedAndOthersAsTheyWere() {
        AccessKey key = created(keyWithEverything(ALICE));
        AccessKey other = created(bareKey(BOB, NOW));
        AccessKey changed = withDescription(key, "another");
        assertThat(store.changeKey(key, changed)).isTrue();
        assertThat(store.findKey(ALICE)).contains(changed);
        assertThat(store.findKey(BOB)).contains(other);
    }

    @Test
    @Guarantee("What was written is found")
    void aKeyThatWasDeletedIsNotFound() {
        created(bareKey(ALICE, NOW));
        AccessKey other = created(bareKey(BOB, NOW));
        assertThat(store.deleteKey(ALICE)).isTrue();
        assertThat(store.findKey(ALICE)).isEmpty();
        assertThat(store.listKeys()).containsExactly(other);
        assertThat(store.deleteKey(ALICE)).isFalse();
        assertThat(store.listKeys()).containsExactly(other);
    }

    @Test
    @Guarantee("Keys are listed by creation")
    void theOldestKeyIsListedFirst() {
        AccessKey second = created(bareKey(new Actor("COB"), NOW));
        AccessKey third = created(bareKey(new Actor("COC"), NOW));
        AccessKey first = created(bareKey(new Actor("COD"), NOW.minusMillis(1)));
        AccessKey last = created(bareKey(new Actor("COA"), NOW.plusMillis(1)));
        assertThat(store.listKeys()).containsExactly(first, second, third, last);
    }

    @Test
    @Guarantee("Ids are unique")
    void aKeyWhoseIdIsTakenIsNotCreated() {
        AccessKey first = created(keyWithEverything(ALICE));
        assertThat(store.createKey(bareKey(ALICE, NOW.plusSeconds(1)))).isFalse();
        assertThat(store.findKey(ALICE)).contains(first);
        assertThat(store.listKeys()).containsExactly(first);
    }

    @Test
    @Guarantee("A change follows what it expects")
    void aKeyThatIsAnotherByNowIsNotChanged() {
        AccessKey old = created(bareKey(ALICE, NOW));
        AccessKey newer = withDescription(old, "newer");
        assertThat(store.changeKey(old, newer)).isTrue();
        assertThat(store.changeKey(old, withDescription(old, "late"))).isFalse();
        assertThat(store.findKey(ALICE)).contains(newer);
    }

    @Test
    @Guarantee("A change follows what it expects")
    void aKeyThatIsGoneIsNotChanged() {
        AccessKey key = created(bareKey(ALICE, NOW));
        store.deleteKey(ALICE);
        assertThat(store.changeKey(key, withDescription(key, "late"))).isFalse();
        assertThat(store.findKey(ALICE)).isEmpty();
    }

    @Test
    @Guarantee("A change follows what it expects")
    void aKeyDoesNotBecomeAnotherOne() {
        AccessKey key = created(bareKey(ALICE, NOW));
        assertThatThrownBy(() -> store.changeKey(key, bareKey(BOB, NOW))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.changeKey(key, bareKey(ALICE, NOW.plusSeconds(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.listKeys()).containsExactly(key);
    }

    @Test
    @Guarantee("Of rivals one wins")
    void ofManyWhoCreateOneIdOneDoes() throws Exception {
        assertThat(winners(number -> store.createKey(withDescription(bareKey(ALICE, NOW), "by " + number))))
                .singleElement()
                .satisfies(winner -> assertThat(found().description()).isEqualTo("by " + winner));
    }

    @Test
    @Guarantee("Of rivals one wins")
    void ofManyWhoChangeOneKeyOneDoes() throws Exception {
        AccessKey key = created(bareKey(ALICE, NOW));
        assertThat(winners(number -> store.changeKey(key, withDescription(key, "by " + number))))
                .singleElement()
                .satisfies(winner -> assertThat(found().description()).isEqualTo("by " + winner));
    }

    @Test
    @Guarantee("Of rivals one wins")
    void ofManyWhoDeleteOneKeyOneDoes() throws Exception {
        created(bareKey(ALICE, NOW));
        assertThat(winners(number -> store.deleteKey(ALICE))).hasSize(1);
        assertThat(store.findKey(ALICE)).isEmpty();
    }

    @Test
    @Guarantee("Answered is durable")
    void whatWasAnsweredIsThereAfterAReopening() throws Exception {
        AccessKey kept = created(keyWithEverything(ALICE));
        AccessKey changed = created(bareKey(BOB, NOW));
        created(bareKey(new Actor("COGONE"), NOW));
        AccessKey newer = withDescription(changed, "newer");
        assertThat(store.changeKey(changed, newer)).isTrue();
        assertThat(store.deleteKey(new Actor("COGONE"))).isTrue();
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isTrue();
        fixture.reopen();
        store = fixture.store();
        assertThat(store.listKeys()).containsExactly(kept, newer);
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isFalse();
    }

    @Test
    @Guarantee("Every answer is seen at once")
    void whatOneStoreWasAnsweredEveryOtherOneSees() throws Exception {
        try (AccessStore other = fixture.openAnother()) {
            AccessKey key = created(bareKey(ALICE, NOW));
            assertThat(other.hasKeys()).isTrue();
            assertThat(other.findKey(ALICE)).contains(key);
            AccessKey changed = withDescription(key, "changed by the other");
            assertThat(other.changeKey(key, changed)).isTrue();
            assertThat(store.findKey(ALICE)).contains(changed);
            assertThat(store.listKeys()).containsExactly(changed);
            assertThat(store.deleteKey(ALICE)).isTrue();
            assertThat(other.findKey(ALICE)).isEmpty();
            assertThat(other.hasKeys()).isFalse();
        }
    }

    @Test
    @Guarantee("A nonce is good once")
    void aNonceIsGoodOnceForEachKey() {
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isTrue();
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isFalse();
        assertThat(store.rememberNonce(BOB, "n", HALF_AN_HOUR)).isTrue();
        assertThat(store.rememberNonce(ALICE, "N", HALF_AN_HOUR)).isTrue();
        assertThat(store.rememberNonce(ALICE, "n ", HALF_AN_HOUR)).isTrue();
        assertThat(store.rememberNonce(ALICE, "\u00fc'".repeat(1000), HALF_AN_HOUR))
                .isTrue();
        assertThat(store.rememberNonce(ALICE, "\u00fc'".repeat(1000), HALF_AN_HOUR))
                .isFalse();
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isFalse();
    }

    @Test
    @Guarantee("A nonce is good once")
    void ofManyWhoHaveOneNonceOneIsBelievedThroughWhicheverStore() throws Exception {
        try (AccessStore other = fixture.openAnother()) {
            for (int round = 0; round < 10; round++) {
                String nonce = "nonce-" + round;
                assertThat(winners(
                                number -> (number % 2 == 0 ? store : other).rememberNonce(ALICE, nonce, HALF_AN_HOUR)))
                        .hasSize(1);
            }
        }
    }

    @Test
    @Guarantee("A nonce is good once")
    void aNonceIsRememberedWhateverBecomesOfItsKey() {
        created(bareKey(ALICE, NOW));
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isTrue();
        store.deleteKey(ALICE);
        created(bareKey(ALICE, NOW));
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isFalse();
    }

    @Test
    @Guarantee("A nonce is remembered for its time")
    void aNonceIsGoodAgainWhenItsTimeIsOver() throws Exception {
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isTrue();
        fixture.letPass(HALF_AN_HOUR.minusMinutes(1));
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isFalse();
        fixture.letPass(Duration.ofMinutes(1));
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isTrue();
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isFalse();
        fixture.letPass(HALF_AN_HOUR.minusMinutes(1));
        assertThat(store.rememberNonce(ALICE, "n", HALF_AN_HOUR)).isFalse();
    }

    @Test
    @Guarantee("Only what is over is forgotten")
    void whatIsOverIsForgottenInSteps() throws Exception {
        for (int number = 0; number < 5; number++) {
            assertThat(store.rememberNonce(ALICE, "old-" + number, HALF_AN_HOUR))
                    .isTrue();
        }
        fixture.letPass(Duration.ofMinutes(20));
        assertThat(store.rememberNonce(BOB, "new", HALF_AN_HOUR)).isTrue();
        assertThat(store.forgetNonces(100)).isZero();
        fixture.letPass(Duration.ofMinutes(20));
        assertThat(store.rememberNonce(ALICE, "old-0", HALF_AN_HOUR)).isTrue();
        assertThat(store.forgetNonces(3)).isEqualTo(3);
        assertThat(store.forgetNonces(3)).isEqualTo(1);
        assertThat(store.forgetNonces(3)).isZero();
        assertThat(store.rememberNonce(BOB, "new", HALF_AN_HOUR)).isFalse();
        assertThat(store.rememberNonce(ALICE, "old-0", HALF_AN_HOUR)).isFalse();
    }

    @Test
    @Guarantee("Room for nonces is bounded")
    void aKeyThatHasNoRoomForNoncesIsRefusedAndNothingOfItIsForgotten() throws Exception {
        int room = fixture.roomForCrowdedNonces();
        for (int number = 0; number < room; number++) {
            assertThat(store.rememberNonce(ALICE, fixture.crowdedNonce(number), HALF_AN_HOUR))
                    .isTrue();
        }
        String further = fixture.crowdedNonce(room);
        assertThatThrownBy(() -> store.rememberNonce(ALICE, further, HALF_AN_HOUR))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(ALICE.name());
        assertThat(store.rememberNonce(BOB, further, HALF_AN_HOUR)).isTrue();
        assertThat(store.rememberNonce(ALICE, fixture.crowdedNonce(0), HALF_AN_HOUR))
                .isFalse();
        fixture.letPass(HALF_AN_HOUR);
        assertThatThrownBy(() -> store.rememberNonce(ALICE, further, HALF_AN_HOUR))
                .as("what is over and not forgotten takes its room")
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(store.rememberNonce(ALICE, fixture.crowdedNonce(0), HALF_AN_HOUR))
                .as("one that is over needs no more room than it has")
                .isTrue();
        assertThat(store.forgetNonces(room + 1)).isEqualTo(room);
        assertThat(store.rememberNonce(ALICE, further, HALF_AN_HOUR)).isTrue();
    }

    @Test
    @Guarantee("Trouble loses nothing")
    void whereThereIsNoRoomNoKeyIsCreatedOrChangedAndNoneIsLost() throws Exception {
        List<AccessKey> answered = new ArrayList<>(List.of(created(bareKey(ALICE, NOW))));
        fixture.fill();
        StoreUnavailableException full = untilRefused(number -> {
            AccessKey large = withPolicy(bareKey(new Actor("COLARGE" + number), NOW.plusSeconds(number + 1)), LARGE);
            answered.add(created(large));
        });
        assertThat(full).hasMessageContaining("full").hasMessageContaining("nothing was changed");
        assertThat(store.listKeys()).isEqualTo(answered);
        AccessKey larger = withPolicy(answered.get(0), LARGE.repeat(answered.size() + 1));
        assertThatThrownBy(() -> store.changeKey(answered.get(0), larger))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("full");
        assertThat(store.listKeys()).isEqualTo(answered);
        fixture.makeRoom();
        assertThat(store.changeKey(answered.get(0), larger)).isTrue();
        assertThat(store.findKey(ALICE)).contains(larger);
        created(bareKey(BOB, NOW));
    }

    @Test
    @Guarantee("Trouble loses nothing")
    void aNonceForWhichThereWasNoRoomIsGoodOnceThereIs() throws Exception {
        List<String> answered = new ArrayList<>(List.of("before"));
        assertThat(store.rememberNonce(ALICE, "before", HALF_AN_HOUR)).isTrue();
        fixture.fill();
        StoreUnavailableException full = untilRefused(number -> {
            String nonce = "nonce-" + number;
            assertThat(store.rememberNonce(ALICE, nonce, HALF_AN_HOUR)).isTrue();
            answered.add(nonce);
        });
        assertThat(full).hasMessageContaining("full").hasMessageContaining("nothing was changed");
        fixture.makeRoom();
        assertThat(store.rememberNonce(ALICE, "nonce-" + (answered.size() - 1), HALF_AN_HOUR))
                .as("the one that was refused")
                .isTrue();
        assertThat(answered).noneMatch(nonce -> store.rememberNonce(ALICE, nonce, HALF_AN_HOUR));
    }

    /** What a store may still have room for in places that it has already. */
    private static StoreUnavailableException untilRefused(IntConsumer writing) {
        for (int number = 0; number < MOST_WRITES; number++) {
            try {
                writing.accept(number);
            } catch (StoreUnavailableException refused) {
                return refused;
            }
        }
        throw new AssertionError("there is always room");
    }

    @Test
    @Guarantee("The end is clean")
    void nothingIsAnsweredAfterTheEnd() {
        AccessKey key = created(bareKey(ALICE, NOW));
        store.close();
        assertClosed(() -> store.findKey(ALICE));
        assertClosed(store::hasKeys);
        assertClosed(store::listKeys);
        assertClosed(() -> store.createKey(bareKey(BOB, NOW)));
        assertClosed(() -> store.changeKey(key, withDescription(key, "late")));
        assertClosed(() -> store.deleteKey(ALICE));
        assertClosed(() -> store.rememberNonce(ALICE, "n", HALF_AN_HOUR));
        assertClosed(() -> store.forgetNonces(1));
    }

    private static void assertClosed(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(StoreUnavailableException.class);
    }

    private AccessKey created(AccessKey key) {
        assertThat(store.createKey(key)).isTrue();
        return key;
    }

    private AccessKey found() {
        return store.findKey(ALICE).orElseThrow();
    }

    private static AccessKey bareKey(Actor id, Instant createdAt) {
        return new AccessKey(
                id,
                new SealedSecret("sealed"),
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                List.of(),
                "",
                createdAt,
                Optional.empty());
    }

    private static AccessKey keyWithEverything(Actor id) {
        return new AccessKey(
                id,
                new SealedSecret("v1:current~!"),
                Optional.of(new Retiring(new SealedSecret("v1:before"), NOW.plusSeconds(1))),
                Optional.of(new SealedSecret("v1:token")),
                true,
                false,
                List.of("ReadOnly", "{\"Version\":\"1\",\"Statement\":[\"\u00fc'\\\"\"]}"),
                "of the night shift \u4ee5 '\"%_",
                NOW,
                Optional.of(NOW.plusSeconds(2)));
    }

    private static AccessKey withDescription(AccessKey key, String description) {
        return with(key, key.policies(), description);
    }

    private static AccessKey withPolicy(AccessKey key, String policy) {
        return with(key, List.of(policy), key.description());
    }

    private static AccessKey with(AccessKey key, List<String> policies, String description) {
        return new AccessKey(
                key.id(),
                key.secret(),
                key.retiring(),
                key.securityToken(),
                key.hmacSha1Allowed(),
                key.enabled(),
                policies,
                description,
                key.createdAt(),
                key.expiresAt());
    }

    /** The numbers of those who were told yes, of many at once. */
    private List<Integer> winners(IntPredicate racer) throws Exception {
        List<Boolean> told = Races.run(callers, RACERS, racer::test);
        return IntStream.range(0, RACERS).filter(told::get).boxed().toList();
    }
}
