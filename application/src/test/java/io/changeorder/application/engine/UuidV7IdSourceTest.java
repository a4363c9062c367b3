package io.changeorder.application.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.fake.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** RFC 9562, section 5.7. */
class UuidV7IdSourceTest {
    private static final int TIME_SHIFT = 16;

    private final SettableClock clock = new SettableClock();
    private final UuidV7IdSource ids = new UuidV7IdSource(clock);

    private static long millis(UUID id) {
        return id.getMostSignificantBits() >>> TIME_SHIFT;
    }

    @Test
    void everyIdHasVersionSevenAndTheVariantOfTheStandard() {
        assertThat(Stream.generate(ids::next).limit(1_000)).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        });
    }

    @Test
    void theFirstFortyEightBitsAreTheTimeInMilliseconds() {
        assertThat(millis(ids.next())).isEqualTo(clock.instant().toEpochMilli());
        clock.set(Instant.ofEpochMilli((1L << 48) - 1));
        assertThat(millis(ids.next())).isEqualTo((1L << 48) - 1);
    }

    @Test
    void laterIdsSortAfterEarlierOnes() {
        List<String> made = Stream.generate(() -> {
                    clock.advance(Duration.ofMillis(1));
                    return ids.next().toString();
                })
                .limit(1_000)
                .toList();
        assertThat(made).isSorted();
    }

    @Test
    void aClockThatJumpsBackKeepsTheLatestTime() {
        long before = millis(ids.next());
        clock.advance(Duration.ofHours(-1));
        assertThat(millis(ids.next())).isEqualTo(before);
        clock.advance(Duration.ofHours(2));
        assertThat(millis(ids.next())).isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void everyRandomBitIsUsed() {
        long high = 0;
        long low = 0;
        for (UUID id : Stream.generate(ids::next).limit(1_000).toList()) {
            high |= id.getMostSignificantBits() & 0x0fff;
            low |= id.getLeastSignificantBits() & 0x3fff_ffff_ffff_ffffL;
        }
        assertThat(high).isEqualTo(0x0fff);
        assertThat(low).isEqualTo(0x3fff_ffff_ffff_ffffL);
    }

    @Test
    void noTwoAreEqualFromManyThreads() {
        Set<UUID> made = Collections.synchronizedSet(new HashSet<>());
        CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> {
                            for (int i = 0; i < 1_000; i++) {
                                made.add(ids.next());
                            }
                        }))
                        .limit(8)
                        .toArray(CompletableFuture[]::new))
                .join();
        assertThat(made).hasSize(8_000);
    }
}
