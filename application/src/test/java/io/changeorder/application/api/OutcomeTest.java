package io.changeorder.application.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.domain.decision.Refusal;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void whoExpectsNoRefusalGetsTheAnswerOrIsToldWhy() {
        assertThat(Outcome.accepted("answer").orElseThrow()).isEqualTo("answer");
        Outcome<String> refused = Outcome.refused(Refusal.of(Refusal.Reason.NOT_PERMITTED));
        assertThatThrownBy(refused::orElseThrow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NOT_PERMITTED");
    }
}
