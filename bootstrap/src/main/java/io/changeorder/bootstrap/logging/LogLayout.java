package io.changeorder.bootstrap.logging;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.LayoutBase;
import io.changeorder.bootstrap.terminal.Printable;

/**
 * One line for each event, which begins with the time, and below it what was thrown, further in. What is logged comes
 * from requests too: nobody makes up a line, or a colour, by what he sends.
 */
final class LogLayout extends LayoutBase<ILoggingEvent> {
    private static final String HEAD = "%d{HH:mm:ss.SSS} %-5level %-24.24thread %logger{0}: %nopex";
    private static final String FURTHER_IN = "    ";

    private final PatternLayout head = new PatternLayout();

    @Override
    public void setContext(Context context) {
        super.setContext(context);
        head.setContext(context);
    }

    @Override
    public void start() {
        head.setPattern(HEAD);
        head.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(head.doLayout(event))
                .append(Printable.line(String.valueOf(event.getFormattedMessage())))
                .append('\n');
        if (event.getThrowableProxy() != null) {
            Printable.lines(ThrowableProxyUtil.asString(event.getThrowableProxy()))
                    .lines()
                    .forEach(line -> text.append(FURTHER_IN).append(line).append('\n'));
        }
        return text.toString();
    }
}
