package io.changeorder.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.bootstrap.client.ServerUnreachableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What a failure says may come from a server, a file or an argument. */
class FailuresTest {
    private static final String FORGED = "gone\nchangeorder: all is well\r\u001B[2J";

    private final StringWriter err = new StringWriter();
    private final CommandLine line =
            new CommandLine(CommandLine.Model.CommandSpec.create()).setErr(new PrintWriter(err));

    @Test
    void noMessageOfAFailureForgesALine() {
        for (Exception failure : List.of(
                new IllegalStateException(FORGED, new IllegalArgumentException(FORGED)),
                new ServerUnreachableException(FORGED),
                new StoreUnavailableException(FORGED, new IllegalStateException(FORGED)))) {
            new Failures().handleExecutionException(failure, line, line.parseArgs());
        }
        new Failures().handleParseException(new ParameterException(line, FORGED), new String[0]);

        assertThat(err.toString().lines()).isNotEmpty().noneMatch(each -> each.startsWith("changeorder: all"));
        assertThat(err.toString()).doesNotContainPattern("[\\p{Cc}&&[^\n\t]]").contains("gone");
    }

    @Test
    void whatNobodyExpectedIsShownWithItsTraceAndFails() {
        int exit = new Failures().handleExecutionException(new IllegalStateException("x"), line, line.parseArgs());

        assertThat(exit).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("This should not have happened:")
                .contains("    java.lang.IllegalStateException: x")
                .contains("at " + FailuresTest.class.getName());
    }
}
