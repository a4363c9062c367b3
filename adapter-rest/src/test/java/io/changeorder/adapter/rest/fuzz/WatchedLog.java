package io.changeorder.adapter.rest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open. */
final class WatchedLog implements AutoCloseable {
    private final ch.qos.logback.classic.Logger root =
            ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    WatchedLog() {
        appender.start();
        root.addAppender(appender);
    }

    /** In a world where nothing is broken there is nothing to warn of. */
    void assertHasNoTrouble() {
        assertThat(appender.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }
}
