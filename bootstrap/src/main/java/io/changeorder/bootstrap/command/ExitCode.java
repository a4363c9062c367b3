package io.changeorder.bootstrap.command;

import io.changeorder.bootstrap.watch.OrderFacts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the process ends with. Documented in the help of every command. */
public final class ExitCode {
    public static final int DONE = 0;
    /** The order failed or was aborted; or a server or the demo could not do its work. */
    public static final int FAILED = 1;

    public static final int USAGE = 2;
    public static final int REFUSED = 3;
    public static final int UNREACHABLE = 4;
    public static final int NEEDS_PERSON = 5;
    public static final int TIME_IS_UP = 6;

    /** In words, for the help of commands that talk to a server. */
    public static final Map<String, String> HELP = Collections.unmodifiableMap(words());

    private ExitCode() {}

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put(" 0", "done; an order that was waited for has succeeded");
        words.put(" 1", "the order that was waited for has failed or was aborted");
        words.put(" 2", "the command line can't be understood");
        words.put(" 3", "the server refused it; standard error says why and what to do");
        words.put(" 4", "no server answered");
        words.put(" 5", "the order that was waited for needs a person");
        words.put(" 6", "the time to wait is up; the order goes on");
        return words;
    }

    /** By what became of an order. */
    public static int of(OrderFacts order) {
        if (order.isLive()) {
            return order.needsPerson() ? NEEDS_PERSON : DONE;
        }
        return order.hasSucceeded() ? DONE : FAILED;
    }
}
