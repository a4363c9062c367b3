package io.changeorder.bootstrap.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final StringWriter written = new StringWriter();
    private final Terminal terminal = new Terminal(new PrintWriter(written), true);

    @Test
    void aBlockIsDrawnInThePlaceOfTheOneBefore() {
        terminal.draw(List.of("one", "two"));
        terminal.draw(List.of("three"));

        assertThat(written.toString())
                .isEqualTo("\u001b[?7lone\ntwo\n\u001b[?7h\u001b[2A\u001b[J\u001b[?7lthree\n\u001b[?7h");
    }

    @Test
    void aLineLeavesTheBlockAboveItAsItIs() {
        terminal.draw(List.of("block"));
        terminal.line("line");
        terminal.draw(List.of("next"));

        assertThat(written.toString()).isEqualTo("\u001b[?7lblock\n\u001b[?7hline\n\u001b[?7lnext\n\u001b[?7h");
    }

    @Test
    void aBarFillsWithWhatIsDone() {
        assertThat(Terminal.bar(0, 4)).isEqualTo("[------------------------]");
        assertThat(Terminal.bar(1, 4)).isEqualTo("[######------------------]");
        assertThat(Terminal.bar(4, 4)).isEqualTo("[########################]");
        assertThat(Terminal.bar(9, 4)).isEqualTo(Terminal.bar(4, 4));
        assertThat(Terminal.bar(-1, 4)).isEqualTo(Terminal.bar(0, 4));
        assertThat(Terminal.bar(1, 0)).isEqualTo(Terminal.bar(0, 4));
    }

    @Test
    void columnsAreAsWideAsTheyMustBe() {
        Table table = new Table("A", "LONG", "C");
        table.add("wide cell", "x", "");

        assertThat(table.toString()).isEqualTo("A          LONG  C\nwide cell  x");
    }

    @Test
    void whatACellHoldsIsOneCellOfOneRow() {
        Table table = new Table("A", "B");
        table.add("x\ny\u001B[2J", "z");

        assertThat(table.toString()).isEqualTo("A                  B\nx\\u000ay\\u001b[2J  z");
    }

    @Test
    void nothingButLineBreaksOfATextIsObeyed() {
        terminal.line("a\n\u001B[2Jb");
        terminal.lines("c\n\u009B2Jd");
        terminal.draw(List.of("e\nf\u202E"));

        assertThat(written.toString())
                .isEqualTo("a\\u000a\\u001b[2Jb\nc\n\\u009b2Jd\n\u001b[?7le\\u000af\\u202e\n\u001b[?7h");
    }
}
