package io.changeorder.application.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void pagesCountFromOneAndHaveARowOrMore() {
        assertThat(Page.offset(1, 1)).isZero();
        assertThat(Page.offset(3, 10)).isEqualTo(20);
        assertThatThrownBy(() -> Page.offset(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Page.offset(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPageBeyondWhatCanBeCountedIsTheLastThatCan() {
        assertThat(Page.offset(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }
}
