package io.changeorder.application.spi.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.application.spi.access.AccessKey.SealedSecret;
import io.changeorder.domain.id.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessKeyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void isGoodUntilTheMomentAtWhichItExpires() {
        AccessKey key = key(true, "", Optional.of(NOW));
        assertThat(key.isGoodAt(NOW.minusMillis(1))).isTrue();
        assertThat(key.isGoodAt(NOW)).isFalse();
        assertThat(key(true, "", Optional.empty()).isGoodAt(NOW)).isTrue();
    }

    @Test
    void isGoodForNothingWhileItIsDisabled() {
        assertThat(key(false, "", Optional.empty()).isGoodAt(NOW)).isFalse();
    }

    @Test
    void isDescribedInOneLineThatIsNotTooLong() {
        String longest = "x".repeat(AccessKey.MAX_DESCRIPTION);
        assertThat(key(true, longest, Optional.empty()).description()).isEqualTo(longest);
        assertThatThrownBy(() -> key(true, longest + "x", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> key(true, "two\nlines", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSealedSecretIsPrintableAndDoesNotPrintItself() {
        assertThat(new SealedSecret("v1:abc")).hasToString("SealedSecret[...]");
        assertThatThrownBy(() -> new SealedSecret("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SealedSecret("a b")).isInstanceOf(IllegalArgumentException.class);
    }

    private static AccessKey key(boolean enabled, String description, Optional<Instant> expiresAt) {
        return new AccessKey(
                new Actor("key-1"),
                new SealedSecret("v1:abc"),
                Optional.empty(),
                Optional.empty(),
                false,
                enabled,
                List.of(),
                description,
                NOW.minusSeconds(60),
                expiresAt);
    }
}
