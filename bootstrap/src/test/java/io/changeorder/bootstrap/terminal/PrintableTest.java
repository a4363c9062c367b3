package io.changeorder.bootstrap.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "größe 大小 😀", "a\\nb", "<&>\"'"})
    void whatIsSeenStaysAsItIs(String text) {
        assertThat(Printable.line(text)).isEqualTo(text);
        assertThat(Printable.lines(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, \\u0000",
        "0x08, \\u0008",
        "0x0D, \\u000d",
        "0x1B, \\u001b",
        "0x7F, \\u007f",
        "0x85, \\u0085",
        "0x9B, \\u009b",
        "0x200B, \\u200b",
        "0x2028, \\u2028",
        "0x2029, \\u2029",
        "0x202E, \\u202e",
        "0x2066, \\u2066",
        "0xFEFF, \\ufeff",
        "0xD800, \\ud800",
        "0xE0041, \\udb40\\udc41"
    })
    void whatIsObeyedOrNotSeenIsEscaped(String codePoint, String escape) {
        String text = "a" + Character.toString(Integer.decode(codePoint)) + "b";
        assertThat(Printable.line(text)).isEqualTo("a" + escape + "b");
        assertThat(Printable.lines(text)).isEqualTo("a" + escape + "b");
    }

    @Test
    void aLineIsOneLineAndLinesStayLines() {
        assertThat(Printable.line("a\n\tb")).isEqualTo("a\\u000a\\u0009b");
        assertThat(Printable.lines("a\n\tb")).isEqualTo("a\n\tb");
    }

    @Test
    void nothingOfUnicodeBreaksALine() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .mapToObj(each -> Printable.line("a" + Character.toString(each) + "b"))
                .forEach(line -> assertThat(line).doesNotContainPattern("\\R"));
    }
}
