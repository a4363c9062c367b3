package io.changeorder.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.google.common.base.Splitter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of the log as it is configured. */
class LogConfigurationTest {
    private static final String FORGED = "12:00:00.000 ERROR main  Engine: everything is lost";

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void anEventIsALineThatBeginsWithTheTime() {
        assertThat(lines("all is {}", null, "well"))
                .singleElement()
                .asString()
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  \\S+ +Speaker: all is well");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029", "\u000B", "\f"})
    void noArgumentMakesUpALine(String lineBreak) {
        assertThat(lines("agent {}", null, "x" + lineBreak + FORGED))
                .singleElement()
                .asString()
                .contains("Speaker: agent x\\u")
                .contains(FORGED);
    }

    @Test
    void noArgumentIsObeyedByATerminalOrTurnsTheLineAround() {
        assertThat(lines("key {}", null, "\u001B[2J\u001B]0;title\u0007\u009B1A\0\b\u202E\u2066\u200F"))
                .singleElement()
                .asString()
                .endsWith("key \\u001b[2J\\u001b]0;title\\u0007\\u009b1A\\u0000\\u0008\\u202e\\u2066\\u200f");
    }

    @Test
    void whatWasThrownIsToldFurtherInWhateverItsMessageIs() {
        Exception thrown =
                new IllegalStateException("bad\n" + FORGED, new IllegalArgumentException("\u001B[2J\r" + FORGED));
        List<String> lines = lines("it failed", thrown);
        assertThat(lines.get(0)).endsWith("Speaker: it failed");
        assertThat(lines.subList(1, lines.size()))
                .hasSizeGreaterThan(4)
                .allSatisfy(line -> assertThat(line).startsWith("    ").doesNotContain("\u001B", "\r"))
                .anySatisfy(line -> assertThat(line).isEqualTo("    " + FORGED))
                .anySatisfy(
                        line -> assertThat(line).contains("Caused by: java.lang.IllegalArgumentException: \\u001b[2J"));
    }

    private List<String> lines(String message, @Nullable Throwable thrown, Object... arguments) {
        new LogConfiguration().configure(context);
        Logger speaker = context.getLogger("io.changeorder.Speaker");
        ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("stderr");
        byte[] encoded = appender.getEncoder()
                .encode(new LoggingEvent(getClass().getName(), speaker, Level.WARN, message, thrown, arguments));
        return Splitter.on('\n').omitEmptyStrings().splitToList(new String(encoded, StandardCharsets.UTF_8));
    }
}
