package io.changeorder.application.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OriginTest {
    private static final String LONGEST = "~".repeat(64);

    @Test
    void idsHaveAtMostSixtyFourVisibleCharacters() {
        Origin origin = new Origin(LONGEST, LONGEST, Optional.empty(), true);
        assertThat(origin.requestId()).isEqualTo(LONGEST);
        for (String wrong : new String[] {LONGEST + "x", "two words", "line\nbreak"}) {
            assertThatThrownBy(() -> new Origin(wrong, "", Optional.empty(), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("request id");
            assertThatThrownBy(() -> new Origin("", wrong, Optional.empty(), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("trace id");
        }
    }
}
