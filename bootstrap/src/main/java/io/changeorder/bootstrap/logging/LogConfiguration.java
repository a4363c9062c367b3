package io.changeorder.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Readable lines on standard error. Written as code because reading an XML file takes longer than the rest of the start
 * of logging; whoever sets {@code -Dlogback.configurationFile} gets that file instead.
 */
public final class LogConfiguration extends ContextAwareBase implements Configurator {
    private static final String LEVEL = "changeorder.log.level";

    /** Sets the level of everything that is logged later; without effect once something was logged. */
    public static void setLevel(LogLevel level) {
        System.setProperty(LEVEL, level.name());
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LogLayout layout = new LogLayout();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Level level = Level.toLevel(System.getProperty(LEVEL), Level.WARN);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(ofLibraries(level));
        root.addAppender(appender);
        context.getLogger("io.changeorder").setLevel(level);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** The libraries' news are news to nobody, unless one asks for everything. */
    private static Level ofLibraries(Level level) {
        if (level == Level.TRACE) {
            return Level.DEBUG;
        }
        return level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN;
    }
}
