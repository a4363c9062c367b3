package io.changeorder.application.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.domain.id.Actor;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final Actor BOB = new Actor("bob");

    @Test
    void aHostAsksInSomebodysNameWithNothingElse() {
        assertThat(Request.by(BOB)).isEqualTo(new Request(BOB, Optional.empty(), false, Origin.NONE));
    }

    @Test
    void aTokenIsOneToSixtyFourVisibleCharacters() {
        assertThat(Request.isToken("!")).isTrue();
        assertThat(Request.isToken("~".repeat(64))).isTrue();
        assertThat(Request.isToken("")).isFalse();
        assertThat(Request.isToken("x".repeat(65))).isFalse();
        assertThat(Request.isToken("two words")).isFalse();
    }
}
