package io.changeorder.application.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EngineOptionsTest {
    private static final Duration LONGEST_RETENTION = Duration.ofDays(100_000);

    @Test
    void theOutermostOptionsArePossible() {
        EngineOptions least = EngineOptions.DEFAULT
                .withMaxReplicas(1)
                .withRaiseLimit(Duration.ZERO)
                .withLease(Duration.ofSeconds(1))
                .withRetention(Duration.ofDays(1));
        assertThat(least.maxReplicas()).isEqualTo(1);
        assertThat(least.raiseLimit()).isZero();
        assertThat(least.lease()).isEqualTo(Duration.ofSeconds(1));
        assertThat(least.retention()).isEqualTo(Duration.ofDays(1));
        assertThat(least.withRetention(LONGEST_RETENTION).retention()).isEqualTo(LONGEST_RETENTION);
    }

    @Test
    void whatLiesBeyondThemIsNot() {
        EngineOptions options = EngineOptions.DEFAULT;
        assertThatThrownBy(() -> options.withMaxReplicas(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withRaiseLimit(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withLease(Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withRetention(Duration.ofHours(23)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withRetention(LONGEST_RETENTION.plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
