package io.changeorder.adapter.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.fake.InMemoryAccessStore;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.domain.id.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyDeskTest {
    private static final Actor NOBODY = new Actor("CONOBODY");

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private final AccessStore store = new InMemoryAccessStore(new InMemoryAccessStore.Data(clock, 1));
    private final KeyDesk desk = new KeyDesk(store, clock);
    private KeyRing ring;

    @BeforeEach
    void makeARing() {
        ring = KeyRing.openOrMake(folder.resolve("access.key"));
    }

    @Test
    void aKeyIsCreatedWithASecretThatIsToldOnceAndStoredSealed() {
        NewSecret made =
                desk.create(ring, new Draft(List.of("ReadOnly"), "of the night shift", true, Optional.empty()));
        AccessKey stored = store.findKey(made.key().id()).orElseThrow();
        assertThat(stored).isEqualTo(made.key());
        assertThat(stored.id().name()).matches("CO[A-Z2-7]{20}");
        assertThat(made.secret()).matches("[A-Za-z0-9]{43}");
        assertThat(made.securityToken()).isEmpty();
        assertThat(stored.secret().text()).doesNotContain(made.secret());
        assertThat(ring.open(stored, clock.instant()).signing()).containsExactly(made.secret());
        assertThat(stored.policies()).containsExactly("ReadOnly");
        assertThat(stored.description()).isEqualTo("of the night shift");
        assertThat(stored.hmacSha1Allowed()).isTrue();
        assertThat(stored.isGoodAt(Instant.MAX)).isTrue();
        assertThat(desk.list()).containsExactly(stored);
    }

    @Test
    void noTwoKeysHaveAnythingInCommon() {
        Set<String> seen = new HashSet<>();
        for (int each = 0; each < 50; each++) {
            NewSecret made = desk.create(ring, new Draft(List.of(), "", false, Optional.of(Duration.ofHours(1))));
            seen.addAll(List.of(
                    made.key().id().name(), made.secret(), made.securityToken().orElseThrow()));
        }
        assertThat(seen).hasSize(150);
    }

    @Test
    void aTemporaryKeyHasASecurityTokenAndIsGoodForItsTime() {
        NewSecret made = desk.create(ring, new Draft(List.of(), "", false, Optional.of(Duration.ofHours(1))));
        Instant start = clock.instant();
        assertThat(ring.open(made.key(), start).securityToken()).isEqualTo(made.securityToken());
        assertThat(made.securityToken()).isPresent().get().isNotEqualTo(made.secret());
        assertThat(made.key().isGoodAt(start.plus(Duration.ofHours(1)).minusMillis(1)))
                .isTrue();
        assertThat(made.key().isGoodAt(start.plus(Duration.ofHours(1)))).isFalse();
        assertThatThrownBy(() -> new Draft(List.of(), "", false, Optional.of(Duration.ZERO)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDisabledKeyIsGoodForNothingUntilItIsEnabled() {
        AccessKey made = aKey().key();
        assertThat(desk.disable(made.id()).orElseThrow().isGoodAt(clock.instant()))
                .isFalse();
        assertThat(store.findKey(made.id()).orElseThrow().enabled()).isFalse();
        assertThat(desk.disable(made.id())).as("once more").isPresent();
        assertThat(desk.enable(made.id())).contains(made);
        assertThat(store.findKey(made.id())).contains(made);
    }

    @Test
    void aRotatedKeyHasBothSecretsForTheOverlapAndThenTheNewOne() {
        NewSecret made = aKey();
        NewSecret rotated =
                desk.rotate(ring, made.key().id(), Duration.ofHours(24)).orElseThrow();
        AccessKey stored = store.findKey(made.key().id()).orElseThrow();
        assertThat(stored).isEqualTo(rotated.key());
        assertThat(rotated.secret()).isNotEqualTo(made.secret());
        assertThat(ring.open(stored, clock.instant()).signing()).containsExactly(rotated.secret(), made.secret());
        clock.advance(Duration.ofHours(24));
        assertThat(ring.open(stored, clock.instant()).signing()).containsExactly(rotated.secret());
    }

    @Test
    void aKeyThatIsRotatedTwiceHasItsTwoLatestSecrets() {
        NewSecret first = aKey();
        NewSecret second =
                desk.rotate(ring, first.key().id(), KeyDesk.USUAL_OVERLAP).orElseThrow();
        NewSecret third =
                desk.rotate(ring, first.key().id(), KeyDesk.USUAL_OVERLAP).orElseThrow();
        assertThat(ring.open(third.key(), clock.instant()).signing()).containsExactly(third.secret(), second.secret());
    }

    @Test
    void aKeyThatIsRotatedWithoutOverlapHasItsNewSecretAlone() {
        NewSecret made = aKey();
        NewSecret rotated = desk.rotate(ring, made.key().id(), Duration.ZERO).orElseThrow();
        assertThat(ring.open(rotated.key(), clock.instant()).signing()).containsExactly(rotated.secret());
    }

    @Test
    void aDeletedKeyIsGone() {
        AccessKey made = aKey().key();
        assertThat(desk.delete(made.id())).isTrue();
        assertThat(desk.delete(made.id())).isFalse();
        assertThat(desk.list()).isEmpty();
    }

    @Test
    void whatThereIsNotIsNotChanged() {
        assertThat(desk.disable(NOBODY)).isEmpty();
        assertThat(desk.enable(NOBODY)).isEmpty();
        assertThat(desk.rotate(ring, NOBODY, Duration.ZERO)).isEmpty();
        assertThat(desk.list()).isEmpty();
    }

    @Test
    void withAnotherKeyFileNothingIsCreatedOrRotatedAndTheRestWorks() {
        NewSecret made = aKey();
        KeyRing other = KeyRing.openOrMake(folder.resolve("other.key"));
        assertThatThrownBy(() -> desk.create(other, new Draft(List.of(), "", false, Optional.empty())))
                .isInstanceOf(KeyFileException.class);
        assertThatThrownBy(() -> desk.rotate(other, made.key().id(), Duration.ZERO))
                .isInstanceOf(KeyFileException.class);
        assertThat(desk.list()).containsExactly(made.key());
        assertThat(desk.disable(made.key().id())).isPresent();
    }

    private NewSecret aKey() {
        return desk.create(ring, new Draft(List.of("FullAccess"), "", false, Optional.empty()));
    }
}
